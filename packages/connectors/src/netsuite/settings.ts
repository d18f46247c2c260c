import { httpAddress } from '@leeway/connector-kit/sign-in.ts';
import { z } from 'zod';

const Name = z.string().min(1);

const OAuth2 = z.strictObject({
  clientId: Name.describe('Client ID of the integration record'),
  certificateId: Name.describe('Certificate ID of the client credentials mapping'),
  privateKeyFrom: Name.describe('Environment variable with the private key in PEM: RSA of 3072 bits or more, or EC'),
});

const Tba = z.strictObject({
  consumerKeyFrom: Name.describe('Environment variable with the consumer key'),
  consumerSecretFrom: Name,
  tokenFrom: Name.describe('Environment variable with the token ID'),
  tokenSecretFrom: Name,
});

const Query = z.strictObject({
  sql: z
    .string()
    .min(8)
    .max(10_000)
    .regex(/^\s*select\s/i, 'a SELECT statement')
    .describe('SuiteQL that gives the records'),
  key: z.array(Name).min(1).describe('Columns that name a record in every account'),
  ignore: z.array(Name).optional().describe('Columns not to compare'),
});
export type Query = z.infer<typeof Query>;

/** What stands under `declared:` or `observed:` of a source with NetSuite. */
export const NetSuiteSettings = z
  .strictObject({
    account: z.string().regex(/^\w+$/).describe('Account ID, as it stands in the address: 1234567 or 1234567_SB1'),
    url: httpAddress.optional().describe('Address of the account; made from "account" when absent'),
    oauth2: OAuth2.optional().describe('Client credentials with a certificate (preferred)'),
    tba: Tba.optional().describe('Token-based authentication'),
    preferences: httpAddress
      .optional()
      .describe('Address of a RESTlet that gives the preferences: the script stands on the page of this connector'),
    kinds: z.array(Name).min(1).optional().describe('Only these kinds, * as wildcard; all when absent'),
    exceptKinds: z.array(Name).optional().describe('Kinds not to read, * as wildcard'),
    queries: z
      .record(z.string().regex(/^[a-z][\w-]*$/), Query)
      .optional()
      .describe('Further records to read as netsuite.<name>: custom records, preferences of bundles'),
  })
  .refine(({ oauth2, tba }) => (oauth2 === undefined) !== (tba === undefined), {
    error: 'Give either "oauth2" or "tba"',
  });
export type NetSuiteSettings = z.infer<typeof NetSuiteSettings>;
