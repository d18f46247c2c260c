import { z } from 'zod';
import { TerraformSettings } from '../terraform/settings.ts';

const variable = z.string().min(1).optional();

/** What stands under `observed:` of a source that reads Google Cloud. */
export const GcpSettings = z
  .strictObject({
    scope: z
      .string()
      .regex(/^(?:projects|folders|organizations)\/[\w.:{}-]+$/, {
        error: 'Expected projects/…, folders/… or organizations/…',
      })
      .describe('What to read: `projects/northwind-prod`, `folders/123`, `organizations/123`.'),
    keyFrom: variable.describe(
      'Environment variable with the key of a service account: its JSON, or the path of the file with it.',
    ),
    tokenFrom: variable.describe('Environment variable with an access token: gcloud auth print-access-token.'),
    machineIdentity: z.boolean().default(false).describe("Sign in as this machine's own service account."),
    quotaProject: z
      .string()
      .min(1)
      .optional()
      .describe("Project whose quota is used; the credentials' own when absent."),
    kinds: z.array(z.string().min(1)).min(1).optional().describe('Kinds to read, with `*`. Everything by default.'),
    skip: z.array(z.string().min(1)).optional().describe('Kinds not to read, with `*`.'),
    addresses: TerraformSettings.optional().describe('Terraform states or plans whose addresses name what is read.'),
    attribution: z
      .int()
      .min(0)
      .max(90)
      .default(7)
      .describe('Days the audit log is asked who changed what; 0 for not at all.'),
  })
  .refine(
    ({ keyFrom, tokenFrom, machineIdentity }) =>
      [keyFrom, tokenFrom, machineIdentity || undefined].filter((way) => way !== undefined).length === 1,
    { error: 'Sign in by one of "keyFrom", "tokenFrom" and "machineIdentity"' },
  );
export type GcpSettings = z.infer<typeof GcpSettings>;
