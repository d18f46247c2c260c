import { z } from 'zod';
import { sampleKindNames } from './kinds/index.ts';

/** How a reading goes wrong. Documented in readme.md, one line each. */
export const faultNames = [
  'throws',
  'hangs',
  'partial',
  'denied',
  'throttled',
  'garbage',
  'hostile',
  'slow',
  'duplicates',
  'secrets',
] as const;
export type FaultName = (typeof faultNames)[number];

const kind = z.enum(sampleKindNames);

export const changeNames = ['changed', 'missing', 'unmanaged'] as const;

const fault = z.strictObject({
  fault: z.enum(faultNames),
  kind: kind.optional().describe('Kind it befalls; all when absent'),
  after: z.number().int().nonnegative().default(0).describe('Resources of the kind that come before it'),
  milliseconds: z.number().int().min(1).max(60_000).default(20).describe('Wait before each resource (slow)'),
});

/** What stands under a plane of a source that generates its resources. */
export const sampleSettings = z.strictObject({
  resources: z.number().int().nonnegative().max(10_000_000).default(600).describe('How many there are, of all kinds'),
  kinds: z
    .array(kind)
    .min(1)
    .default([...sampleKindNames]),
  seed: z.number().int().nonnegative().default(1).describe('The same seed is the same estate'),
  stage: z
    .string()
    .regex(/^[a-z][a-z0-9]*$/, 'write one word of small letters')
    .default('prod')
    .describe("The environment's own word, which names carry"),
  rendering: z.enum(['declared', 'observed']).default('observed').describe('As written, or as a server answers'),
  drift: z
    .union([
      z.number().min(0).max(1),
      z.array(
        z.strictObject({ index: z.number().int().nonnegative(), change: z.enum(changeNames).default('changed') }),
      ),
    ])
    .default(0)
    .describe('Part of the resources that drifted in this reading, or which ones'),
  driftSeed: z.number().int().nonnegative().default(1).describe('Which resources a part means'),
  bytes: z.number().int().min(0).max(1_000_000).default(1000).describe('Size of a resource as JSON, about'),
  faults: z.array(fault).default([]),
});

export type SampleSettings = z.infer<typeof sampleSettings>;
export type Fault = SampleSettings['faults'][number];
