import { z } from 'zod';
import type { Contracts } from './contract.ts';
import { headline, instant, layer, listOf, pageQuery, plane, severity, verdict } from './words.ts';

/**
 * A side of a comparison, as text that a URL carries: `production-eu` (its last readings), `production-eu@2026-11-30T08:00:00Z`
 * (as it was read last before then), `production-eu@declared` (what Git declares), `production-eu@declared:3f2a9c1` (at a revision).
 */
export const comparisonSide = z.string().min(1).max(300).meta({ id: 'ComparisonSide' });

const sides = { left: comparisonSide, right: comparisonSide };

export const comparedRow = z
  .object({
    source: z.string(),
    kind: z.string(),
    key: z.string(),
    name: z.string(),
    layer,
    workload: z.string().optional(),
    change: z.enum(['changed', 'only-left', 'only-right']),
    severity,
    verdict,
    differences: z.number().int(),
    approved: z.number().int(),
    headline,
  })
  .meta({ id: 'ComparedRow', description: 'One resource that differs.' });

export const comparison = z
  .object({
    left: z.object({
      side: comparisonSide,
      environment: z.string(),
      plane,
      at: instant.optional(),
      revision: z.string().optional(),
    }),
    right: z.object({
      side: comparisonSide,
      environment: z.string(),
      plane,
      at: instant.optional(),
      revision: z.string().optional(),
    }),
    sentence: headline.describe(
      '"staging-eu differs from production-eu in 9 places; 3 are approved; 2 could not be checked."',
    ),
    differing: z.number().int().describe('Resources that differ and are not wholly approved.'),
    approved: z.number().int().describe('Resources whose every difference is approved.'),
    equal: z.number().int(),
    notChecked: z.array(
      z.object({ source: z.string(), kind: z.string(), side: z.enum(['left', 'right', 'both']), reason: z.string() }),
    ),
    tree: z.array(
      z.object({
        layer,
        workload: z.string().optional(),
        kind: z.string(),
        differing: z.number().int(),
        approved: z.number().int(),
      }),
    ),
    items: z.array(comparedRow).describe('Worst first.'),
    next: z.string().optional(),
    total: z.number().int(),
  })
  .meta({ id: 'Comparison' });

export const comparedAttribute = z
  .object({
    path: z.string(),
    left: z.unknown().optional(),
    right: z.unknown().optional(),
    change: z.enum(['changed', 'only-left', 'only-right']),
    severity,
    approval: z.object({ id: z.string(), state: z.string(), reason: z.string(), expires: z.string() }).optional(),
    headline,
  })
  .meta({ id: 'ComparedAttribute' });

export const compareContracts = {
  compare: {
    method: 'GET',
    url: '/compare',
    summary: 'What differs between two environments, moments or declared revisions',
    tag: 'compare',
    access: 'findings:read',
    query: z.object({
      ...sides,
      ...pageQuery,
      layer: listOf(layer),
      workload: listOf(z.string()),
      kind: listOf(z.string()),
      show: z.enum(['differing', 'approved', 'all']).default('differing'),
      q: z.string().trim().max(200).optional(),
    }),
    response: comparison,
    cached: true,
  },
  compareResource: {
    method: 'GET',
    url: '/compare/resource',
    summary: 'The two sides of one resource, attribute by attribute',
    tag: 'compare',
    access: 'findings:read',
    query: z.object({ ...sides, source: z.string(), kind: z.string(), key: z.string() }),
    response: z.object({
      source: z.string(),
      kind: z.string(),
      key: z.string(),
      left: z.object({ name: z.string(), place: z.string().optional(), attributes: z.unknown() }).optional(),
      right: z.object({ name: z.string(), place: z.string().optional(), attributes: z.unknown() }).optional(),
      attributes: z.array(comparedAttribute),
      equal: z.number().int().describe('Attributes that are equal after normalisation.'),
    }),
    cached: true,
  },
  listMoments: {
    method: 'GET',
    url: '/environments/:environment/moments',
    summary: 'When an environment was read: what the moments of a comparison can be',
    tag: 'compare',
    access: 'findings:read',
    params: z.object({ environment: z.string() }),
    query: z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
    response: z.object({ items: z.array(z.object({ at: instant, revision: z.string(), exitCode: z.number().int() })) }),
    cached: true,
  },
} as const satisfies Contracts;
