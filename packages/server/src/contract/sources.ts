import { z } from 'zod';
import type { Contracts } from './contract.ts';
import { instant, layer, plane, problem } from './words.ts';

export const sourceReading = z
  .object({
    source: z.string(),
    title: z.string(),
    environment: z.string(),
    layers: z.array(layer),
    planes: z.array(
      z.object({
        plane,
        connector: z.string(),
        takenAt: instant.optional().describe('Absent where it was never read.'),
        resources: z.number().int(),
        revision: z.string().optional(),
        kinds: z.array(
          z.object({
            kind: z.string(),
            state: z.enum(['complete', 'partial', 'failed']),
            count: z.number().int(),
            problems: z.array(problem),
          }),
        ),
      }),
    ),
    state: z.enum(['complete', 'partial', 'failed', 'stale', 'never']),
    freshness: z.number().optional().describe('Seconds after which a reading is stale.'),
    schedule: z.string().optional().describe('As declared.'),
    nextRun: instant.optional(),
    running: z.string().optional().describe('Id of the job that reads it now.'),
  })
  .meta({ id: 'SourceReading', description: 'One source in one environment.' });

export const sourceContracts = {
  listSources: {
    method: 'GET',
    url: '/sources',
    summary: 'Completeness, freshness, errors and next run of every source',
    tag: 'sources',
    access: 'findings:read',
    response: z.object({ items: z.array(sourceReading) }),
  },
  checkSource: {
    method: 'POST',
    url: '/sources/:source/check',
    summary: 'Connects and says what may be read and what not',
    tag: 'sources',
    access: 'sources:check',
    params: z.object({ source: z.string().max(200) }),
    body: z.object({ environment: z.string() }),
    response: z.object({
      items: z.array(
        z.object({
          plane,
          connector: z.string(),
          ok: z.boolean(),
          capabilities: z.array(z.object({ what: z.string(), ok: z.boolean(), problem: problem.optional() })),
          problems: z.array(problem),
          permissions: z.array(z.string()),
        }),
      ),
    }),
  },
} as const satisfies Contracts;
