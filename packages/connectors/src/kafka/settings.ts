import { z } from 'zod';

const Texts = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);

/** Parameters (`{domain}`) may still stand in it. */
const Broker = z.string().regex(/^(?:[\w.{}-]+|\[[\da-fA-F:]+\]):(?:\d{1,5}|\{\w+\})$/, 'write host:port');

/** What stands under `declared:` or `observed:` of a source with a Kafka cluster. */
export const KafkaSettings = z
  .strictObject({
    files: Texts.optional().describe(
      'YAML files of topics: KafkaTopic objects, or a map below `topics`. Paths or globs.',
    ),
    brokers: z
      .union([Broker.transform((one) => [one]), z.array(Broker).min(1)])
      .optional()
      .describe('Addresses to begin with, host:port.'),
    name: z.string().min(1).default('kafka').describe('What the cluster is called in every environment.'),
    mechanism: z
      .enum(['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512', 'OAUTHBEARER'])
      .optional()
      .describe('SASL mechanism; PLAIN where a user is named, OAUTHBEARER where a token is.'),
    username: z.string().min(1).optional().describe('User, for SASL.'),
    passwordFrom: z.string().min(1).optional().describe('Environment variable with the password of "username".'),
    tokenFrom: z.string().min(1).optional().describe('Environment variable with an OAuth token.'),
    tls: z.boolean().default(false).describe('Whether the brokers speak TLS.'),
    trust: Texts.optional().describe('PEM files of private authorities that are trusted beside the public ones.'),
    timeout: z.number().positive().max(120).default(20).describe('Seconds one request may take.'),
  })
  .refine((settings) => (settings.files === undefined) !== (settings.brokers === undefined), {
    error: 'Give either "files" or "brokers"',
  })
  .refine(({ username, passwordFrom }) => (username === undefined) === (passwordFrom === undefined), {
    error: '"username" and "passwordFrom" belong together',
  })
  .refine(({ username, tokenFrom }) => username === undefined || tokenFrom === undefined, {
    error: 'Give either "username" or "tokenFrom"',
  });
export type KafkaSettings = z.infer<typeof KafkaSettings>;
