import { httpAddress, signInFault, signInSettings } from '@leeway/connector-kit/sign-in.ts';
import { z } from 'zod';

const Name = z.string().min(1);
const SetName = z.string().regex(/^[A-Za-z_][\w.]*$/, 'the name of an entity set, such as Plants');

const EntitySet = z.strictObject({
  key: z
    .array(Name)
    .min(1)
    .optional()
    .describe('Properties that name a record in every environment; the key of $metadata when absent'),
  select: z.array(Name).min(1).optional().describe('Properties to read ($select); all when absent'),
  filter: Name.optional().describe('Which records ($filter), in the spelling of the protocol version'),
  expand: z.array(Name).min(1).optional().describe('Navigation properties to read along ($expand)'),
  ignore: z
    .array(Name)
    .optional()
    .describe('Properties not to compare; Taxes/ID is the property ID of each of the Taxes'),
  pageSize: z
    .int()
    .min(1)
    .max(10_000)
    .optional()
    .describe('Records a request ($top, $skip), for services that do not page by themselves'),
});
export type EntitySet = z.infer<typeof EntitySet>;

const OAuth = z.strictObject({
  tokenUrl: httpAddress.describe(
    'Where tokens are issued: https://login.microsoftonline.com/<tenant>/oauth2/v2.0/token',
  ),
  clientId: Name,
  clientSecretFrom: Name.describe('Environment variable with the client secret'),
  scope: Name.optional().describe('https://<environment>.operations.dynamics.com/.default for Dynamics 365'),
});

/** What stands under `declared:` or `observed:` of a source with an OData service. */
export const ODataSettings = z
  .strictObject({
    url: httpAddress.describe('Root of the service, as its $metadata has it'),
    version: z
      .union([z.literal(2), z.literal(4)])
      .default(4)
      .describe('Version of the protocol'),
    entitySets: z.record(SetName, EntitySet).describe('Entity sets to read as parameters, by name'),
    query: z.record(Name, z.string()).optional().describe('Added to every request: sap-client, cross-company'),
    ...signInSettings,
    oauth: OAuth.optional().describe('Signing in with client credentials (OAuth 2)'),
    changedBy: Name.optional().describe('Property that names who changed a record last; common names are known'),
    changedAt: Name.optional().describe('Property with the time of the last change; common names are known'),
    writable: z.boolean().optional().describe('Whether Leeway may write a value when asked to; false when absent'),
  })
  .superRefine((settings, context) => {
    const both =
      settings.oauth && (settings.tokenFrom ?? settings.username) ? 'Give "oauth" or another credential' : undefined;
    const message = signInFault(settings) ?? both;
    if (message) context.addIssue({ code: 'custom', message });
  });
export type ODataSettings = z.infer<typeof ODataSettings>;
