import { layers } from '@leeway/core';
import { z } from 'zod';
import { duration, name, pattern, text } from './values.ts';

const selectorFields = {
  source: pattern.optional().describe('Source it was read by; "*" as wildcard.'),
  kind: pattern.optional().meta({ description: 'Kind, "*" as wildcard.', examples: ['apps/Deployment'] }),
  key: pattern.optional().meta({
    description: 'Key, environment-neutral or in full, "*" as wildcard.',
    examples: ["'wms/*'"],
  }),
  layer: z.enum(layers).optional().describe('Layer of its kind.'),
};

/** Which resources are meant: every field given must match. */
export const selectorEntry = z
  .strictObject(selectorFields)
  .meta({ title: 'a map with source, kind, key or layer', examples: ["{source: cluster, key: 'wms/*'}"] });

export const workloadEntry = z
  .strictObject({
    title: text.optional().describe('What people call it; the name by default.'),
    owner: text.meta({ description: 'Team or person who answers for it.', examples: ['team-warehouse'] }),
    priority: z.int().min(1).max(4).optional().meta({
      title: 'a whole number from 1 to 4',
      description: '1 is the most important, 4 the least; 3 by default.',
    }),
    hosting: text.optional().describe('How it runs: kubernetes, virtual-machines, managed, saas, on-premises.'),
    rto: duration.optional().describe('Recovery time objective: how long it may be down.'),
    rpo: duration.optional().describe('Recovery point objective: how much data, in time, may be lost.'),
    shared: z.boolean().optional().meta({
      title: 'true or false',
      description: 'True for shared platform services; their resources are reported apart from applications.',
    }),
    match: z
      .array(selectorEntry)
      .optional()
      .meta({
        title: 'a list of selectors',
        description: 'Resources that belong to it. Of several workloads that match, the last one counts.',
        examples: ["[{source: cluster, key: 'wms/*'}]"],
      }),
  })
  .meta({ title: 'a map that describes a workload', examples: ['{owner: team-warehouse}'] });
export type WorkloadEntry = z.infer<typeof workloadEntry>;

export const ownerEntry = z
  .strictObject({
    owner: text.meta({ description: 'Team or person who answers for what matches.', examples: ['team-data'] }),
    path: pattern.optional().meta({
      description: 'Glob over the file a resource is declared in, as in CODEOWNERS.',
      examples: ["'deploy/wms/**'"],
    }),
    ...selectorFields,
  })
  .meta({ title: 'a map with an owner and what it owns', examples: ['{owner: team-data, layer: database}'] });
export type OwnerEntry = z.infer<typeof ownerEntry>;

export const workloadSections = {
  workloads: z.record(name, workloadEntry).optional().meta({
    title: 'a map of workloads by name',
    description: 'Systems the estate runs: ERP core, warehouse API, EDI …',
  }),
  owners: z.array(ownerEntry).optional().meta({
    title: 'a list of owners',
    description: 'Owners of resources; the last that matches wins, as in CODEOWNERS, and wins over the workload.',
  }),
};
