import { z } from 'zod';
import type { Contracts } from './contract.ts';
import { job } from './jobs.ts';
import { instant } from './words.ts';

export const deploymentContracts = {
  recordDeployment: {
    method: 'POST',
    url: '/hooks/deployments',
    summary: 'Says what was deployed where: drift and pending are told apart by it, and the environment is scanned',
    tag: 'hooks',
    access: 'deployments:record',
    body: z.object({
      environment: z.string().max(200),
      revision: z.string().min(4).max(200),
      sources: z
        .array(z.string())
        .max(500)
        .default([])
        .describe('All sources of the environment where none are named.'),
      at: instant.optional(),
      actor: z.string().max(200).optional(),
      scan: z.boolean().default(true),
    }),
    response: z.object({ sources: z.array(z.string()), job: job.optional() }),
    status: 202,
  },
} as const satisfies Contracts;
