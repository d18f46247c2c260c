import { z } from 'zod';
import type { Contracts } from './contract.ts';
import {
  approvedCategory,
  headline,
  instant,
  layer,
  listOf,
  pageOf,
  pageQuery,
  problem,
  severity,
  severityCounts,
  verdict,
  verdictCounts,
} from './words.ts';

export const side = z
  .object({
    from: z.string(),
    present: z.boolean(),
    value: z.unknown().optional(),
    place: z.string().optional(),
  })
  .meta({ id: 'Side', description: 'One side of a finding. Secrets are digests.' });

export const approval = z
  .object({
    id: z.string(),
    state: z.enum(['holds', 'broken', 'expired']),
    expiring: z.boolean().optional(),
    category: approvedCategory,
    reason: z.string(),
    owner: z.string(),
    approver: z.string(),
    ticket: z.string().optional(),
    expires: z.string(),
    constraint: z.string(),
  })
  .meta({ id: 'Approval' });

export const finding = z
  .object({
    fingerprint: z.string(),
    cause: z.string(),
    partOf: z.string().optional(),
    axis: z.string(),
    verdict,
    severity,
    environment: z.string(),
    reference: z.string().optional(),
    source: z.string(),
    layer,
    kind: z.string(),
    key: z.string(),
    name: z.string(),
    path: z.string(),
    workload: z.string().optional(),
    owner: z.string().optional(),
    expected: side,
    actual: side,
    attribution: z.object({ actor: z.string().optional(), at: z.string().optional(), via: z.string().optional() }),
    headline,
    advice: z.string(),
    approval: approval.optional(),
    policy: z.string().optional(),
    problem: problem.optional(),
    trace: z.array(z.string()),
  })
  .meta({ id: 'Finding' });

/** What people decided about a finding; none of it changes a verdict. */
export const handling = z
  .object({
    assignee: z.string().optional(),
    snoozedUntil: instant.optional(),
    snoozeReason: z.string().optional(),
    snoozedBy: z.string().optional(),
  })
  .meta({ id: 'Handling' });

export const findingState = z.enum(['open', 'approved', 'snoozed', 'resolved']).meta({ id: 'FindingState' });

export const findingRow = z
  .object({
    fingerprint: z.string().describe('The finding that speaks for the cause.'),
    cause: z.string(),
    verdict,
    severity,
    headline,
    layer,
    kind: z.string(),
    environments: z.array(z.string()),
    findings: z.number().int().describe('Findings with this cause that the filter takes.'),
    resources: z.number().int(),
    firstSeen: instant,
    isNew: z.boolean().describe('First seen within a day.'),
    owner: z.string().optional(),
    workload: z.string().optional(),
    approval: z.string().optional().describe('Id of the approved difference that bears on it.'),
    handling,
  })
  .meta({ id: 'FindingRow', description: 'Findings with one cause: one row with its blast radius.' });

export const findingFilter = {
  state: findingState.default('open'),
  verdict: listOf(verdict),
  severity: listOf(severity),
  environment: listOf(z.string()),
  layer: listOf(layer),
  workload: listOf(z.string()),
  owner: listOf(z.string()),
  kind: listOf(z.string()),
  source: listOf(z.string()),
  policy: listOf(z.string()),
  assignee: listOf(z.string()),
  approval: listOf(z.string()).describe('Ids of approved differences.'),
  since: instant.optional().describe('First seen at or after.'),
  q: z.string().trim().max(200).optional().describe('Words that the sentence, the name or the path must have.'),
};

const findingFacets = z
  .object({
    verdict: verdictCounts,
    severity: severityCounts,
    environment: z.record(z.string(), z.number().int()),
    layer: z.partialRecord(layer, z.number().int()),
    workload: z.record(z.string(), z.number().int()),
    owner: z.record(z.string(), z.number().int()),
  })
  .meta({ id: 'FindingFacets', description: 'Findings by each field, under the other filters.' });

export const findingEvent = z
  .object({
    at: instant,
    what: z.enum([
      'seen',
      'changed',
      'resolved',
      'reopened',
      'assigned',
      'snoozed',
      'woken',
      'requested',
      'approved',
      'declined',
      'deployed',
    ]),
    text: z.string(),
    actor: z.string().optional(),
    verdict: verdict.optional(),
    severity: severity.optional(),
  })
  .meta({ id: 'FindingEvent' });

export const findingPage = z
  .object({
    finding,
    state: findingState,
    history: z.object({
      firstSeen: instant,
      lastSeen: instant,
      resolvedAt: instant.optional(),
      reopened: z.number().int(),
    }),
    events: z.array(findingEvent).describe('Newest first.'),
    handling,
    cause: z.object({
      findings: z.number().int(),
      resources: z.number().int(),
      environments: z.array(z.string()),
      others: z.array(
        z.object({ fingerprint: z.string(), environment: z.string(), name: z.string(), path: z.string(), severity }),
      ),
    }),
    workload: z
      .object({
        name: z.string(),
        title: z.string(),
        owner: z.string(),
        priority: z.number().int(),
        hosting: z.string(),
        rto: z.number().optional(),
        rpo: z.number().optional(),
      })
      .optional(),
    policy: z.object({ code: z.string(), title: z.string(), expression: z.string().optional() }).optional(),
    requests: z.array(z.string()).describe('Ids of approval requests about it that are open.'),
    mayReconcile: z.boolean().describe('Whether Leeway can write the change to code that would end it.'),
  })
  .meta({ id: 'FindingPage' });

const fingerprintParams = z.object({ fingerprint: z.string().regex(/^[0-9a-f]{4,64}$/) });

export const findingContracts = {
  listFindings: {
    method: 'GET',
    url: '/findings',
    summary: 'Findings by cause, worst first',
    tag: 'findings',
    access: 'findings:read',
    query: z.object({
      ...findingFilter,
      ...pageQuery,
      sort: z.enum(['severity', 'newest', 'oldest', 'blast']).default('severity'),
    }),
    response: pageOf(findingRow).extend({
      findings: z.number().int().describe('Findings behind all rows.'),
      facets: findingFacets,
    }),
    cached: true,
  },
  getFinding: {
    method: 'GET',
    url: '/findings/:fingerprint',
    summary: 'Everything known of one finding',
    tag: 'findings',
    access: 'findings:read',
    params: fingerprintParams,
    response: findingPage,
  },
  listCause: {
    method: 'GET',
    url: '/causes/:cause/findings',
    summary: 'The findings with one cause',
    tag: 'findings',
    access: 'findings:read',
    params: z.object({ cause: z.string().regex(/^[0-9a-f]{4,64}$/) }),
    query: z.object(pageQuery),
    response: pageOf(finding),
    cached: true,
  },
  handleFindings: {
    method: 'POST',
    url: '/findings/handling',
    summary: 'Assigns, snoozes or wakes findings; by cause all that share it',
    tag: 'findings',
    access: 'findings:act',
    body: z
      .object({
        fingerprints: z.array(z.string()).max(1000).default([]),
        causes: z.array(z.string()).max(200).default([]),
        assignee: z.string().trim().max(120).nullable().optional().describe('null takes the assignment back.'),
        snooze: z
          .object({ until: instant, reason: z.string().trim().min(3).max(1000) })
          .nullable()
          .optional()
          .describe('null wakes it.'),
      })
      .refine((body) => body.fingerprints.length + body.causes.length > 0, 'name findings or causes'),
    response: z.object({ handled: z.number().int() }),
  },
  previewReconciliation: {
    method: 'GET',
    url: '/findings/:fingerprint/reconciliation',
    summary: 'The change to code that would make Git say what is live; nothing moves',
    tag: 'findings',
    access: 'findings:read',
    params: fingerprintParams,
    response: z.object({
      file: z.string(),
      before: z.string(),
      after: z.string(),
      patch: z.string().describe('Unified diff.'),
      revision: z.string(),
    }),
  },
  proposeReconciliation: {
    method: 'POST',
    url: '/findings/:fingerprint/reconciliation',
    summary: 'Commits that change on a branch of the estate repository and proposes it',
    tag: 'findings',
    access: 'approvals:request',
    params: fingerprintParams,
    body: z.object({
      revision: z.string().describe('Of the preview: what was shown is what is committed.'),
      reason: z.string().trim().min(3).max(1000),
    }),
    response: z.object({
      branch: z.string(),
      commit: z.string(),
      pushed: z.boolean(),
      pullRequest: z.string().optional(),
    }),
    status: 201,
  },
} as const satisfies Contracts;
