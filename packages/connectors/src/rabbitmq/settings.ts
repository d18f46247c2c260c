import { httpAddress, signInFault, signInSettings } from '@leeway/connector-kit';
import { z } from 'zod';
import { kindNames } from './kinds.ts';

const Texts = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);

/** What stands under `declared:` or `observed:` of a source with a RabbitMQ cluster. */
export const RabbitmqSettings = z
  .strictObject({
    files: Texts.optional().describe('Definitions files (`rabbitmqctl export_definitions`). Paths or globs.'),
    url: httpAddress.optional().describe('Address of the management API, with its prefix: https://mq.example.com'),
    ...signInSettings,
    vhosts: Texts.optional().describe('Virtual hosts to read, `*` as wildcard; all when left out.'),
    kinds: z.array(z.enum(kindNames)).min(1).optional().describe('Kinds to read; all when left out.'),
    temporary: z
      .boolean()
      .default(false)
      .describe('Whether queues and exchanges that go when nobody uses them are read as well.'),
  })
  .refine((settings) => (settings.files === undefined) !== (settings.url === undefined), {
    error: 'Give either "files" or "url"',
  })
  .superRefine((settings, context) => {
    const message = signInFault(settings);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });
export type RabbitmqSettings = z.infer<typeof RabbitmqSettings>;
