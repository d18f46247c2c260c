import { z } from 'zod';

const Texts = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);

const Address = z.url({ protocol: /^rediss?$/ }).refine(
  (text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    return url === undefined || (url.username === '' && url.password === '');
  },
  { error: 'Name credentials with username and passwordFrom, not in the URL' },
);

/** What stands under `declared:` or `observed:` of a source with a Redis or Valkey server. */
export const RedisSettings = z
  .strictObject({
    files: Texts.optional().describe('Configuration files (redis.conf), later ones win. Paths or globs.'),
    aclFiles: Texts.optional().describe('ACL files (users.acl) beside them. Paths or globs.'),
    url: Address.optional().describe('Address of the server: redis://host:6379, or rediss:// for TLS'),
    name: z.string().min(1).default('redis').describe('What the server is called in every environment: orders-cache.'),
    username: z.string().min(1).optional().describe('ACL user; the default user when left out.'),
    passwordFrom: z.string().min(1).optional().describe('Environment variable with the password.'),
    trust: Texts.optional().describe('PEM files of private authorities that are trusted beside the public ones.'),
    timeout: z.number().positive().max(120).default(10).describe('Seconds the whole conversation may take.'),
  })
  .refine((settings) => (settings.files === undefined) !== (settings.url === undefined), {
    error: 'Give either "files" or "url"',
  })
  .refine((settings) => settings.username === undefined || settings.passwordFrom !== undefined, {
    error: '"username" needs "passwordFrom"',
  });
export type RedisSettings = z.infer<typeof RedisSettings>;
