import { z } from 'zod';
import type { Contracts } from './contract.ts';
import { layer, pageOf, pageQuery, place, plane, severity } from './words.ts';

export const policyRow = z
  .object({
    code: z.string(),
    title: z.string(),
    pack: z.string(),
    severity,
    kinds: z.array(z.string()),
    expression: z.string().optional().describe('CEL; absent for compiled Rego bundles.'),
    remediation: z.string(),
    place: place.optional(),
    failing: z.number().int(),
    excepted: z.number().int().describe('Failing resources that an approved difference accepts.'),
    byEnvironment: z.record(z.string(), z.number().int()).describe('Failing resources by environment.'),
  })
  .meta({ id: 'PolicyRow' });

export const policyContracts = {
  listPolicies: {
    method: 'GET',
    url: '/policies',
    summary: 'Packs and policies with coverage by environment',
    tag: 'policies',
    access: 'findings:read',
    response: z.object({
      environments: z.array(z.string()),
      packs: z.array(
        z.object({
          name: z.string(),
          title: z.string(),
          builtin: z.boolean(),
          policies: z.number().int(),
          failing: z.number().int(),
        }),
      ),
      items: z.array(policyRow),
    }),
    cached: true,
  },
  listFailing: {
    method: 'GET',
    url: '/policies/:code/failing',
    summary: 'Resources that do not meet a policy',
    tag: 'policies',
    access: 'findings:read',
    params: z.object({ code: z.string().max(60) }),
    query: z.object(pageQuery),
    response: pageOf(
      z.object({
        fingerprint: z.string(),
        environment: z.string(),
        layer,
        kind: z.string(),
        name: z.string(),
        path: z.string(),
        message: z.string(),
        severity,
        approval: z.string().optional(),
      }),
    ),
    cached: true,
  },
  evaluatePolicy: {
    method: 'POST',
    url: '/policies/evaluation',
    summary: 'Evaluates an expression against real resources; nothing is kept',
    readsOnly: true,
    tag: 'policies',
    access: 'policies:evaluate',
    body: z.object({
      expression: z.string().min(1).max(10_000),
      environment: z.string(),
      kind: z.string().describe('`*` as wildcard.'),
      plane: plane.default('observed'),
      limit: z.number().int().min(1).max(500).default(100),
    }),
    response: z.object({
      evaluated: z.number().int(),
      passing: z.number().int(),
      failing: z.number().int(),
      milliseconds: z.number(),
      fault: z
        .object({ message: z.string(), line: z.number().int().optional(), column: z.number().int().optional() })
        .optional()
        .describe('The expression itself is wrong.'),
      results: z.array(
        z.object({
          source: z.string(),
          kind: z.string(),
          key: z.string(),
          outcome: z.enum(['pass', 'fail', 'error']),
          message: z.string().optional(),
        }),
      ),
    }),
  },
} as const satisfies Contracts;
