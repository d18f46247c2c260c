import { z } from 'zod';
import type { Contracts } from './contract.ts';
import { headline, instant, severity, verdict, verdictCounts } from './words.ts';

export const matrixCell = z
  .object({
    environment: z.string(),
    verdict: verdict.optional().describe('The worst open one; absent when nothing is open.'),
    severity: severity.optional(),
    open: z.number().int(),
    approved: z.number().int(),
    byVerdict: verdictCounts,
    applies: z
      .boolean()
      .describe('False where no source reads this row in this environment: the cell is empty, not clean.'),
    complete: z.boolean().describe('False where something could not be checked: the cell is hatched, never clean.'),
    missing: z.array(z.string()).describe('What could not be checked, by source.'),
    oldest: instant.optional(),
    owners: z.array(z.string()),
  })
  .meta({ id: 'MatrixCell' });

export const environmentGroup = z
  .object({
    id: z.string(),
    title: z.string().describe('Region or tenant.'),
    environments: z.array(
      z.object({
        name: z.string(),
        title: z.string().describe('What tells it apart within its group, mostly the stage.'),
        stage: z.string(),
        mirrors: z.string().optional(),
      }),
    ),
  })
  .meta({ id: 'EnvironmentGroup', description: 'Columns of the matrix in the order of the topology.' });

export const happening = z
  .object({
    at: instant,
    what: z.enum(['finding', 'resolved', 'release', 'scan', 'approval', 'break-glass', 'estate']),
    environment: z.string().optional(),
    headline,
    fingerprint: z.string().optional(),
    severity: severity.optional(),
    verdict: verdict.optional(),
    actor: z.string().optional(),
  })
  .meta({ id: 'Happening', description: 'Something that took place, as one sentence.' });

export const overview = z
  .object({
    asOf: instant.optional().describe('The newest scan; absent before the first.'),
    sources: z.object({ total: z.number().int(), stale: z.number().int(), notChecked: z.number().int() }),
    open: z.number().int(),
    newSinceYesterday: z.number().int(),
    waiting: z.number().int().describe('Requests that wait for the one who asks to decide.'),
    expiring: z.number().int().describe('Approved differences that expire within two weeks, or did.'),
    groups: z.array(environmentGroup),
    rows: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        cells: z.array(matrixCell),
        trend: z.array(z.number().int()).describe('Open findings at the end of each of 30 days, oldest first.'),
      }),
    ),
    today: z.array(happening).describe('What changed within a day, newest first.'),
  })
  .meta({ id: 'Overview' });

export const overviewContracts = {
  getOverview: {
    method: 'GET',
    url: '/overview',
    summary: 'The parity matrix: environments by layers or workloads',
    tag: 'overview',
    access: 'findings:read',
    query: z.object({ rows: z.enum(['layer', 'workload']).default('layer') }),
    response: overview,
  },
} as const satisfies Contracts;
