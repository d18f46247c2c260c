import { httpAddress } from '@leeway/connector-kit/sign-in.ts';
import { z } from 'zod';

const Name = z.string().min(1);
const ModelName = z.string().regex(/^[a-z][\w.]*$/, 'a model such as product.category');

const Model = z.strictObject({
  key: z.array(Name).min(1).describe('Fields that name a record in every environment'),
  fields: z.array(Name).min(1).describe('Fields to compare'),
  domain: z.array(z.json()).optional().describe('Which records, as an Odoo domain'),
});

/** What stands under `declared:` or `observed:` of a source with Odoo. */
export const OdooSettings = z
  .strictObject({
    url: httpAddress.describe('Address of the server: https://erp.example.com'),
    database: Name,
    protocol: z.enum(['json-2', 'jsonrpc']).default('json-2').describe('json-2 from Odoo 19 on, jsonrpc up to Odoo 21'),
    user: Name.optional().describe('Login name; for jsonrpc only'),
    passwordFrom: Name.describe('Environment variable with the API key (jsonrpc: or the password)'),
    kinds: z.array(Name).min(1).optional().describe('Only these kinds, * as wildcard; all when absent'),
    exceptKinds: z.array(Name).optional().describe('Kinds not to read, * as wildcard'),
    models: z.record(ModelName, Model).optional().describe('Further models to read, by name'),
    writable: z.boolean().optional().describe('Whether Leeway may write a value when asked to; false when absent'),
  })
  .refine(({ protocol, user }) => (protocol === 'jsonrpc') === (user !== undefined), {
    error: '"user" belongs to the protocol jsonrpc; with json-2 the API key says who signs in',
  });
export type OdooSettings = z.infer<typeof OdooSettings>;
