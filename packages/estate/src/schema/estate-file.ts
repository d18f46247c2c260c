import { z } from 'zod';
import { approvedSections } from './approved.ts';
import { environmentSections } from './environment.ts';
import { policySections } from './policy.ts';
import { sourceSections } from './source.ts';
import { duration, name, text } from './values.ts';
import { workloadSections } from './workload.ts';

const sections = {
  ...environmentSections,
  ...workloadSections,
  ...sourceSections,
  ...approvedSections,
  ...policySections,
};

const schemaLink = { $schema: z.string().optional().describe('Where editors find the schema of this file.') };

/** leeway.yaml itself. */
export const estateFile = z
  .strictObject({
    ...schemaLink,
    estate: name.describe('Name of the estate; part of every fingerprint, so it never changes.'),
    title: text.optional().describe('What people call it; the name by default.'),
    include: z
      .array(text)
      .optional()
      .meta({
        title: 'a list of paths or globs',
        description:
          'Files that hold further sections. By default environments/*.yaml, workloads/*.yaml, sources/*.yaml and approved/*.yaml.',
        examples: ["['approved/*.yaml']"],
      }),
    expiryWarning: duration
      .optional()
      .describe('How long before its end an approved difference is announced; 14d by default.'),
    concurrency: z
      .int()
      .min(1)
      .max(256)
      .optional()
      .meta({
        title: 'a whole number from 1 to 256',
        description: 'How many readings run at the same time; 8 by default.',
        examples: [16],
      }),
    asOf: text.optional().meta({
      title: 'a moment with its zone',
      description: 'Freezes the clock of an example estate; real estates leave it out.',
      examples: ['2026-12-31T23:59:00Z'],
    }),
    ...sections,
  })
  .meta({ title: 'a map of sections' });
export type EstateFile = z.infer<typeof estateFile>;

/** A file beside it: the same sections, without what there is only one of. */
export const partFile = z.strictObject({ ...schemaLink, ...sections }).meta({ title: 'a map of sections' });
export type PartFile = z.infer<typeof partFile>;

/** Sections whose entries have names. */
export const namedSections = ['environments', 'templates', 'workloads', 'sources', 'approved'] as const;
export type NamedSection = (typeof namedSections)[number];

/** Where further sections are looked for unless `include` says otherwise. */
export const defaultInclude = ['environments/*.yaml', 'workloads/*.yaml', 'sources/*.yaml', 'approved/*.yaml'];
