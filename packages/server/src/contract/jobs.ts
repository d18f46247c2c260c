import { z } from 'zod';
import type { Contracts } from './contract.ts';
import { instant, listOf, pageOf, pageQuery, problem } from './words.ts';

export const job = z
  .object({
    id: z.string(),
    kind: z.enum(['scan', 'notify', 'maintenance']),
    state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled', 'dead']),
    cause: z.enum(['schedule', 'request', 'deployment', 'event', 'push']),
    requestedBy: z.string().optional(),
    environments: z.array(z.string()),
    sources: z.array(z.string()),
    createdAt: instant,
    startedAt: instant.optional(),
    endedAt: instant.optional(),
    attempts: z.number().int(),
    progress: z.object({ done: z.number().int(), total: z.number().int(), resources: z.number().int() }).optional(),
    outcome: z.object({ exitCode: z.number().int(), findings: z.number().int(), isNew: z.number().int() }).optional(),
    problem: problem.optional(),
  })
  .meta({ id: 'Job' });

const jobParams = z.object({ id: z.uuid() });

export const jobContracts = {
  startScan: {
    method: 'POST',
    url: '/scans',
    summary: 'Scans environments or sources now; everything where none are named',
    tag: 'jobs',
    access: 'scans:run',
    body: z.object({
      environments: z.array(z.string()).max(500).default([]),
      sources: z.array(z.string()).max(500).default([]),
    }),
    response: job,
    status: 202,
  },
  listJobs: {
    method: 'GET',
    url: '/jobs',
    summary: 'Jobs, newest first; `dead` are those that no retry is left for',
    tag: 'jobs',
    access: 'findings:read',
    query: z.object({
      ...pageQuery,
      state: listOf(z.enum(['waiting', 'running', 'done', 'failed', 'cancelled', 'dead'])),
    }),
    response: pageOf(job).omit({ total: true }),
  },
  getJob: {
    method: 'GET',
    url: '/jobs/:id',
    summary: 'One job',
    tag: 'jobs',
    access: 'findings:read',
    params: jobParams,
    response: job,
  },
  cancelJob: {
    method: 'DELETE',
    url: '/jobs/:id',
    summary: 'Cancels a job that waits or runs',
    tag: 'jobs',
    access: 'jobs:manage',
    params: jobParams,
    response: job,
  },
  replayJob: {
    method: 'POST',
    url: '/jobs/:id/replay',
    summary: 'Runs a failed or dead job again',
    tag: 'jobs',
    access: 'jobs:manage',
    params: jobParams,
    response: job,
    status: 202,
  },
  followJob: {
    method: 'GET',
    url: '/jobs/:id/events',
    summary: 'Progress of one job as server-sent events, until it ends',
    tag: 'jobs',
    access: 'findings:read',
    params: jobParams,
    stream: 'text/event-stream',
  },
  followEstate: {
    method: 'GET',
    url: '/events',
    summary: 'Server-sent events: findings, estate, jobs or requests moved. Screens ask again when one comes',
    tag: 'jobs',
    access: 'findings:read',
    stream: 'text/event-stream',
  },
} as const satisfies Contracts;
