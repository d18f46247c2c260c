import { z } from 'zod';

const Globs = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);

const Address = z.url({ protocol: /^https?$/ }).refine((text) => !URL.canParse(text) || new URL(text).username === '', {
  error: 'Name credentials with tokenFrom or passwordFrom, not in the URL',
});

/** What stands under `declared:` or `observed:` of a source with Prometheus rules. */
export const PrometheusSettings = z
  .strictObject({
    files: Globs.optional().describe('Rule files, or manifests with PrometheusRule objects. Paths or globs.'),
    url: Address.optional().describe('Address of the server, with its prefix: https://prometheus.example.com'),
    tokenFrom: z.string().min(1).optional().describe('Environment variable with a bearer token.'),
    username: z.string().min(1).optional().describe('User name for basic authentication.'),
    passwordFrom: z.string().min(1).optional().describe('Environment variable with the password of "username".'),
  })
  .refine((settings) => (settings.files === undefined) !== (settings.url === undefined), {
    error: 'Give either "files" or "url"',
  })
  .refine((settings) => (settings.username === undefined) === (settings.passwordFrom === undefined), {
    error: '"username" and "passwordFrom" belong together',
  })
  .refine((settings) => settings.tokenFrom === undefined || settings.username === undefined, {
    error: 'Give either "tokenFrom" or "username"',
  });
export type PrometheusSettings = z.infer<typeof PrometheusSettings>;
