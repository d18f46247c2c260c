import { z } from 'zod';
import { TerraformSettings } from '../terraform/settings.ts';

/** Entra ID and the resource manager of each of Microsoft's clouds. */
export const clouds = {
  public: { login: 'https://login.microsoftonline.com', management: 'https://management.azure.com' },
  government: { login: 'https://login.microsoftonline.us', management: 'https://management.usgovcloudapi.net' },
  china: { login: 'https://login.chinacloudapi.cn', management: 'https://management.chinacloudapi.cn' },
} as const;

const Id = z.string().regex(/^(?:[\da-fA-F]{8}(?:-[\da-fA-F]{4}){3}-[\da-fA-F]{12}|\{[\w-]+\})$/, {
  error: 'Expected an id such as 00000000-0000-0000-0000-000000000000',
});
const variable = z.string().min(1).optional();

/** What stands under `observed:` of a source that reads Azure. */
export const AzureSettings = z
  .strictObject({
    subscriptions: z
      .record(z.string().min(1), Id)
      .refine((found) => Object.keys(found).length > 0, { error: 'Name at least one subscription' })
      .describe(
        'Subscriptions to read: a name of your own and the id each. The name stands before keys where there are several.',
      ),
    tenant: z.string().min(1).optional().describe('Tenant (id or domain) of "client".'),
    client: z
      .string()
      .min(1)
      .optional()
      .describe('Client id of an app registration, or of a user-assigned identity with "managedIdentity".'),
    clientSecretFrom: variable.describe('Environment variable with the secret of "client".'),
    managedIdentity: z.boolean().default(false).describe("Sign in as this machine's own identity."),
    tokenFrom: variable.describe(
      'Environment variable with an access token: az account get-access-token --query accessToken.',
    ),
    cloud: z.enum(['public', 'government', 'china']).default('public').describe("Which of Microsoft's clouds."),
    kinds: z.array(z.string().min(1)).min(1).optional().describe('Kinds to read, with `*`. Everything by default.'),
    skip: z.array(z.string().min(1)).optional().describe('Kinds not to read, with `*`.'),
    addresses: TerraformSettings.optional().describe('Terraform states or plans whose addresses name what is read.'),
    attribution: z
      .int()
      .min(0)
      .max(90)
      .default(7)
      .describe('Days the activity log is asked who changed what; 0 for not at all.'),
  })
  .refine(
    ({ tokenFrom, clientSecretFrom, managedIdentity }) =>
      [tokenFrom, clientSecretFrom, managedIdentity || undefined].filter((way) => way !== undefined).length === 1,
    { error: 'Sign in by one of "clientSecretFrom", "managedIdentity" and "tokenFrom"' },
  )
  .refine(({ clientSecretFrom, client, tenant }) => clientSecretFrom === undefined || (client && tenant), {
    error: '"clientSecretFrom" needs "client" and "tenant"',
  });
export type AzureSettings = z.infer<typeof AzureSettings>;
