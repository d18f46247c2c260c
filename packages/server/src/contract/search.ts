import { z } from 'zod';
import type { Contracts } from './contract.ts';

export const searchContracts = {
  search: {
    method: 'GET',
    url: '/search',
    summary: 'Environments, workloads, findings, approved differences, policies and sources by name',
    tag: 'search',
    access: 'findings:read',
    query: z.object({
      q: z.string().trim().min(1).max(200),
      limit: z.coerce.number().int().min(1).max(50).default(20),
    }),
    response: z.object({
      items: z.array(
        z.object({
          what: z.enum(['environment', 'workload', 'finding', 'approved', 'policy', 'source']),
          id: z.string(),
          title: z.string(),
          detail: z.string().optional(),
        }),
      ),
    }),
    cached: true,
  },
} as const satisfies Contracts;
