import { z } from 'zod';
import { TerraformSettings } from '../terraform/settings.ts';

const Role = z.string().regex(/^arn:aws[\w-]*:iam::[\w{}]+:role\/\S+$/, { error: 'Expected the ARN of a role' });

const Account = z.strictObject({
  name: z.string().min(1).describe('Stands before the keys of what is read there.'),
  role: Role.optional().describe("Role to take on; the credentials' own account when absent."),
  externalIdFrom: z.string().min(1).optional().describe('Environment variable with the external id the role asks for.'),
});

const Region = z.string().regex(/^[a-z]{2}(?:-[a-z]+)+-\d$/, { error: 'Expected a region such as eu-west-1' });

/** What stands under `observed:` of a source that reads AWS. */
export const AwsSettings = z
  .strictObject({
    regions: z.array(Region).min(1).describe('Regions to read. Identity is read once an account.'),
    role: Role.optional().describe('Role to take on before reading, of one account.'),
    externalIdFrom: z.string().min(1).optional().describe('Environment variable with the external id of "role".'),
    accounts: z.array(Account).min(1).optional().describe('Several accounts: a name and a role each.'),
    accessKeyFrom: z.string().min(1).optional().describe('Environment variable with the access key id.'),
    secretKeyFrom: z.string().min(1).optional().describe('Environment variable with the secret access key.'),
    sessionTokenFrom: z
      .string()
      .min(1)
      .optional()
      .describe('Environment variable with the session token of temporary credentials.'),
    profile: z
      .string()
      .min(1)
      .optional()
      .describe('Profile of the AWS configuration files: keys, SSO, a process, another role.'),
    kinds: z
      .array(z.string().min(1))
      .min(1)
      .optional()
      .describe('Kinds to read, with `*`: `aws_iam_*`. Everything by default.'),
    skip: z.array(z.string().min(1)).optional().describe('Kinds not to read, with `*`.'),
    addresses: TerraformSettings.optional().describe(
      'Terraform states or plans whose addresses name what is read, so that it compares with them.',
    ),
    attribution: z
      .int()
      .min(0)
      .max(90)
      .default(7)
      .describe('Days CloudTrail is asked who changed what; 0 for not at all.'),
    concurrency: z.int().min(1).max(64).default(8).describe('Lists that are read at the same time.'),
    endpoint: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe('Address of a stand-in for all of AWS.'),
  })
  .refine(({ accessKeyFrom, secretKeyFrom }) => (accessKeyFrom === undefined) === (secretKeyFrom === undefined), {
    error: '"accessKeyFrom" and "secretKeyFrom" belong together',
  })
  .refine(({ accessKeyFrom, profile }) => accessKeyFrom === undefined || profile === undefined, {
    error: 'Give either "accessKeyFrom" or "profile"',
  })
  .refine(({ role, accounts }) => role === undefined || accounts === undefined, {
    error: 'Give either "role" or "accounts"',
  })
  .refine(({ accounts = [] }) => new Set(accounts.map(({ name }) => name)).size === accounts.length, {
    error: 'Two accounts have the same name',
    path: ['accounts'],
  });
export type AwsSettings = z.infer<typeof AwsSettings>;
