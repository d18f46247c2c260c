import { z } from 'zod';
import type { Contracts } from './contract.ts';
import { happening, matrixCell } from './overview.ts';
import { sourceReading } from './sources.ts';
import { environmentName, instant, layer, listOf, pageQuery, plane } from './words.ts';

const environmentParams = z.object({ environment: environmentName });

export const environmentSummary = z
  .object({
    name: z.string(),
    stage: z.string(),
    region: z.string().optional(),
    businessUnit: z.string().optional(),
    tenant: z.string().optional(),
    tier: z.string().optional(),
    compliance: z.array(z.string()),
    mirrors: z.string().optional(),
    mirroredBy: z.array(z.string()),
    criticality: z.number().int(),
    cell: matrixCell.describe('All layers together.'),
  })
  .meta({ id: 'EnvironmentSummary' });

export const environmentPage = environmentSummary
  .extend({
    layers: z.array(z.object({ layer, resources: z.number().int(), cell: matrixCell })),
    workloads: z.array(
      z.object({
        name: z.string(),
        title: z.string(),
        owner: z.string(),
        priority: z.number().int(),
        cell: matrixCell,
      }),
    ),
    sources: z.array(sourceReading),
    scans: z.array(
      z.object({
        id: z.string(),
        at: instant,
        exitCode: z.number().int(),
        sources: z.number().int(),
        revision: z.string(),
      }),
    ),
    pending: z.number().int().describe('Declared changes that are not applied yet.'),
    recent: z.array(happening),
  })
  .meta({ id: 'EnvironmentPage' });

export const resourceRow = z
  .object({
    source: z.string(),
    kind: z.string(),
    key: z.string(),
    layer,
    workload: z.string().optional(),
    planes: z.array(plane),
    findings: z.number().int(),
  })
  .meta({ id: 'ResourceRow' });

export const resourceSide = z
  .object({
    plane,
    attributes: z.unknown(),
    place: z.string().optional(),
    actor: z.string().optional(),
    at: z.string().optional(),
    takenAt: instant,
  })
  .meta({ id: 'ResourceSide' });

export const environmentContracts = {
  listEnvironments: {
    method: 'GET',
    url: '/environments',
    summary: 'All environments',
    tag: 'environments',
    access: 'findings:read',
    response: z.object({ items: z.array(environmentSummary) }),
    cached: true,
  },
  getEnvironment: {
    method: 'GET',
    url: '/environments/:environment',
    summary: 'One environment: layers, workloads, sources, scans',
    tag: 'environments',
    access: 'findings:read',
    params: environmentParams,
    response: environmentPage,
    cached: true,
  },
  listResources: {
    method: 'GET',
    url: '/environments/:environment/resources',
    summary: 'What was read or declared in an environment, from the last snapshots',
    tag: 'environments',
    access: 'findings:read',
    params: environmentParams,
    query: z.object({
      ...pageQuery,
      source: listOf(z.string()),
      kind: listOf(z.string()),
      layer: listOf(layer),
      workload: listOf(z.string()),
      q: z.string().trim().max(200).optional(),
    }),
    response: z.object({
      items: z.array(resourceRow),
      next: z.string().optional(),
      total: z.number().int().optional().describe('Known without a filter.'),
    }),
    cached: true,
  },
  getResource: {
    method: 'GET',
    url: '/environments/:environment/resource',
    summary: 'One resource on every plane, secrets as digests',
    tag: 'environments',
    access: 'findings:read',
    params: environmentParams,
    query: z.object({ source: z.string(), kind: z.string(), key: z.string() }),
    response: z.object({
      source: z.string(),
      kind: z.string(),
      key: z.string(),
      sides: z.array(resourceSide),
      findings: z.array(z.string()),
    }),
    cached: true,
  },
} as const satisfies Contracts;
