import { z } from 'zod';

const Address = z.url({ protocol: /^https?$/ }).refine((text) => !URL.canParse(text) || new URL(text).username === '', {
  error: 'Name credentials with user and passwordFrom, not in the URL',
});

const Name = z.string().min(1);
const ModelName = z.string().regex(/^[a-z][\w.-]*$/, 'a model such as party.category');

const ModelSettings = z.strictObject({
  key: z.array(Name).min(1).describe('Fields that name a record in every environment: [code], or [name, company]'),
  fields: z.array(Name).min(1).optional().describe('Fields to read; all that hold settings when absent'),
  domain: z.array(z.json()).optional().describe('Which records, as a Tryton domain: [["active", "=", true]]'),
});

/** What stands under `declared:` or `observed:` of a source with Tryton. */
export const TrytonSettings = z.strictObject({
  url: Address.describe('Address of the server: https://erp.example.com'),
  database: Name.describe('Name of the database, as in the client'),
  user: Name.describe('Login name of the reader'),
  passwordFrom: Name.describe('Environment variable with the password'),
  kinds: z.array(Name).min(1).optional().describe('Only these kinds, * as wildcard; all when absent'),
  exceptKinds: z.array(Name).optional().describe('Kinds not to read, * as wildcard'),
  models: z.record(ModelName, ModelSettings).optional().describe('Further models to read, by name'),
  writable: z.boolean().optional().describe('Whether Leeway may write a value when asked to; false when absent'),
});
export type TrytonSettings = z.infer<typeof TrytonSettings>;
export type ModelSettings = z.infer<typeof ModelSettings>;

/** JSON-RPC as trytond speaks it: errors come with status 200. The words of an error stand first, or in a list after its name. */
export const Answer = z.union([
  z.looseObject({ result: z.json() }),
  z.looseObject({ error: z.tuple([z.string()]).rest(z.json()) }),
]);

/** User id and session; later versions append the address of the bus. */
export const LoginAnswer = z.tuple([z.int(), z.string().min(1)]).rest(z.unknown());

export const Preferences = z.looseObject({
  company: z.int().nullish(),
  groups: z.array(z.int()).optional(),
});

export const TrytonRecord = z.looseObject({ id: z.int() });
export type TrytonRecord = Readonly<Record<string, z.core.util.JSONType>> & { readonly id: number };

/** What `fields_get` says of one field, as far as it is used here. */
export const FieldDefinition = z.looseObject({
  type: z.string(),
  relation: z.string().nullish(),
  readonly: z.boolean().nullish(),
});
export type FieldDefinition = z.infer<typeof FieldDefinition>;
export const FieldDefinitions = z.record(z.string(), FieldDefinition);

export const ModelAccess = z.record(z.string(), z.looseObject({ read: z.union([z.boolean(), z.int()]).nullish() }));
