import { z } from 'zod';
import type { Contracts } from './contract.ts';
import { happening } from './overview.ts';
import { instant, layer, listOf, pageOf, pageQuery, severity, verdict } from './words.ts';

export const lane = z
  .object({
    environment: z.string(),
    layer: layer.optional().describe('Absent for the environment as a whole.'),
    segments: z.array(
      z.object({
        from: instant,
        to: instant,
        open: z.number().int(),
        verdict: verdict.optional().describe('The worst open one; absent while clean.'),
        severity: severity.optional(),
        checked: z.boolean().describe('False before the first scan.'),
      }),
    ),
  })
  .meta({ id: 'Lane', description: 'How an environment or layer stood over time, as states that follow each other.' });

export const timelineContracts = {
  getTimeline: {
    method: 'GET',
    url: '/timeline',
    summary: 'How environments and layers stood over time, with releases and break-glass periods',
    tag: 'timeline',
    access: 'findings:read',
    query: z.object({
      from: instant.optional().describe('A week before `to` where not given.'),
      to: instant.optional(),
      environment: listOf(z.string()),
      by: z.enum(['environment', 'layer']).default('environment'),
    }),
    response: z.object({
      from: instant,
      to: instant,
      lanes: z.array(lane),
      marks: z.array(
        z.object({
          what: z.enum(['release', 'break-glass', 'freeze', 'estate']),
          environment: z.string().optional(),
          from: instant,
          to: instant.optional(),
          title: z.string(),
          actor: z.string().optional(),
        }),
      ),
    }),
    cached: true,
  },
  listHappenings: {
    method: 'GET',
    url: '/happenings',
    summary: 'What took place, newest first',
    tag: 'timeline',
    access: 'findings:read',
    query: z.object({
      ...pageQuery,
      from: instant.optional(),
      to: instant.optional(),
      environment: listOf(z.string()),
      layer: listOf(layer),
    }),
    response: pageOf(happening).omit({ total: true }),
    cached: true,
  },
} as const satisfies Contracts;
