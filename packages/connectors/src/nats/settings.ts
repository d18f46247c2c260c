import { httpAddress } from '@leeway/connector-kit';
import { z } from 'zod';

const Texts = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);
const Variable = z.string().min(1).optional();

const ClientAddress = z
  .url({ protocol: /^(?:nats|tls)$/ })
  .refine((text) => !URL.canParse(text) || new URL(text).username === '', {
    error: 'Name credentials with username and passwordFrom, tokenFrom or credentialsFrom, not in the URL',
  });

/** What stands under `declared:` or `observed:` of a source with a NATS server or account. */
export const NatsSettings = z
  .strictObject({
    files: Texts.optional().describe('Configuration files of the server (nats.conf). Paths or globs.'),
    streams: Texts.optional().describe(
      'JSON files of streams, as `nats stream info --json` writes them. Paths or globs.',
    ),
    monitor: httpAddress.optional().describe('Address of the monitoring port: http://nats.example.com:8222'),
    url: ClientAddress.optional().describe('Address for clients, to read streams of one account: nats://host:4222'),
    name: z.string().min(1).default('nats').describe('What the server is called in every environment.'),
    username: z.string().min(1).optional().describe('User, for "url".'),
    passwordFrom: Variable.describe('Environment variable with the password of "username".'),
    tokenFrom: Variable.describe('Environment variable with a token.'),
    credentialsFrom: Variable.describe('Environment variable with the text of a credentials file (JWT and seed).'),
    trust: Texts.optional().describe('PEM files of private authorities that are trusted beside the public ones.'),
    timeout: z.number().positive().max(120).default(20).describe('Seconds the conversation with "url" may take.'),
  })
  .refine(
    ({ files, streams, monitor, url }) =>
      (files !== undefined || streams !== undefined) !== (monitor !== undefined || url !== undefined),
    { error: 'Give either "files" and "streams", or "monitor" and "url"' },
  )
  .refine(({ username, passwordFrom }) => (username === undefined) === (passwordFrom === undefined), {
    error: '"username" and "passwordFrom" belong together',
  })
  .refine(
    ({ passwordFrom, tokenFrom, credentialsFrom }) =>
      [passwordFrom, tokenFrom, credentialsFrom].filter((each) => each !== undefined).length < 2,
    { error: 'Give one of "passwordFrom", "tokenFrom" and "credentialsFrom"' },
  );
export type NatsSettings = z.infer<typeof NatsSettings>;
