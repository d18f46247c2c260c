import { z } from 'zod';
import { environmentFilter } from './environment.ts';
import { anything, duration, name, text } from './values.ts';
import { selectorEntry } from './workload.ts';

const connector = text.meta({ description: 'Connector that reads it: terraform, kubernetes, postgresql …' });

/** One plane: settings of its connector, with `{parameter}` parts filled in per environment. */
export const planeEntry = z
  .object({ connector: connector.optional() })
  .catchall(anything)
  .meta({
    title: "a map of the connector's settings",
    examples: ["{files: ['deploy/{stage}/*.yaml']}"],
  });
export type PlaneEntry = z.infer<typeof planeEntry>;

export const sourceEntry = z
  .strictObject({
    title: text.optional().describe('What people call it; the name by default.'),
    connector: connector.optional(),
    environments: environmentFilter.optional().meta({
      title: 'a name, a list of names, or a map of dimensions',
      description: 'Environments it is read for: names, patterns or dimensions. All of them by default.',
      examples: ['[production-eu, staging-*]', '{stage: production}'],
    }),
    declared: planeEntry.optional().meta({ description: 'What Git says: where the declaration lives.' }),
    applied: planeEntry
      .optional()
      .meta({ description: 'What was last deployed, where the system or a state file tells.' }),
    observed: planeEntry.optional().meta({ description: 'What is really there: how to reach the live system.' }),
    unmanaged: z.enum(['report', 'ignore']).optional().meta({
      title: '"report" or "ignore"',
      description: 'Whether resources that nothing declares are findings; report by default.',
    }),
    parity: z.boolean().optional().meta({
      title: 'true or false',
      description: 'Whether it takes part in comparing an environment with the one it mirrors; true by default.',
    }),
    freshness: duration.optional().describe('How old an observed reading may be before it counts as stale.'),
    deadline: duration.optional().describe('How long a reading may take; 60s by default.'),
    rate: z
      .number()
      .positive()
      .optional()
      .meta({ title: 'a number above 0', description: 'Requests a second, at most.' }),
    exclude: z
      .array(selectorEntry.omit({ source: true }).meta({ title: 'a map with kind, key or layer' }))
      .optional()
      .meta({
        title: 'a list of selectors',
        description: 'Resources of this source that are not looked at.',
        examples: ['[{kind: Event}]'],
      }),
  })
  .meta({ title: 'a map that describes a source' });
export type SourceEntry = z.infer<typeof sourceEntry>;

export const sourceSections = {
  sources: z.record(name, sourceEntry).optional().meta({
    title: 'a map of sources by name',
    description: 'Where to read: one entry a system, for many environments.',
  }),
};
