import { z } from 'zod';
import type { Contracts } from './contract.ts';
import { approvedCategory, headline, instant, layer, listOf, pageOf, pageQuery, place, severity } from './words.ts';

export const approvedDifference = z
  .object({
    id: z.string(),
    state: z.enum(['active', 'expiring', 'expired', 'broken', 'idle']).describe('idle: silences nothing now.'),
    category: approvedCategory,
    reason: z.string(),
    owner: z.string(),
    approver: z.string(),
    ticket: z.string().optional(),
    expires: z.string().describe('As it was written, with its zone.'),
    expiresAt: instant,
    environments: z.array(z.string()).describe('Patterns; empty for all.'),
    workload: z.string().optional(),
    kind: z.string(),
    key: z.string(),
    path: z.string().optional(),
    policy: z.string().optional(),
    constraint: z.string(),
    place,
    silences: z.number().int(),
    layers: z.array(layer),
  })
  .meta({ id: 'ApprovedDifference' });

export const silenced = z
  .object({ fingerprint: z.string(), environment: z.string(), name: z.string(), severity, headline })
  .meta({ id: 'Silenced' });

/** What somebody asks for. Exactly one constraint; the present value is pinned where none is given. */
export const approvalWish = z
  .object({
    fingerprint: z.string().regex(/^[0-9a-f]{4,64}$/),
    reason: z.string().trim().max(2000),
    owner: z.string().trim().max(120),
    expires: z.string().trim().max(60).describe('With an offset or IANA zone: `2027-03-31T23:59[Europe/Amsterdam]`.'),
    category: approvedCategory,
    ticket: z.string().trim().max(120).optional(),
    id: z.string().trim().max(120).optional(),
    allEnvironments: z.boolean().default(false),
    atMost: z.string().max(400).optional(),
    atLeast: z.string().max(400).optional(),
    oneOf: z.array(z.string().max(400)).max(50).optional(),
    matches: z.string().max(400).optional(),
    ratio: z.string().max(60).optional(),
  })
  .meta({ id: 'ApprovalWish' });

export const approvalRequest = z
  .object({
    id: z.string(),
    state: z.enum(['open', 'approved', 'declined', 'withdrawn']),
    recordId: z.string(),
    fingerprint: z.string(),
    environment: z.string(),
    workload: z.string().optional(),
    headline,
    wish: approvalWish,
    /** The record as YAML. */
    record: z.string(),
    file: z.string(),
    requester: z.string(),
    requestedAt: instant,
    decidedBy: z.string().optional(),
    decidedAt: instant.optional(),
    decisionReason: z.string().optional(),
    branch: z.string().optional().describe('Branch of the estate repository that holds it.'),
    commit: z.string().optional(),
    pushed: z.boolean(),
    pullRequest: z.string().optional(),
    mayDecide: z.boolean().describe('Whether the one who asks may decide it: never their own.'),
  })
  .meta({ id: 'ApprovalRequest' });

const requestParams = z.object({ id: z.uuid() });

export const approvalContracts = {
  listApproved: {
    method: 'GET',
    url: '/approved-differences',
    summary: 'The approved differences in force or expired, soonest expiry first',
    tag: 'approved differences',
    access: 'findings:read',
    query: z.object({
      ...pageQuery,
      state: listOf(z.enum(['active', 'expiring', 'expired', 'broken', 'idle'])),
      category: listOf(approvedCategory),
      owner: listOf(z.string()),
      environment: listOf(z.string()),
      q: z.string().trim().max(200).optional(),
    }),
    response: pageOf(approvedDifference),
    cached: true,
  },
  getApproved: {
    method: 'GET',
    url: '/approved-differences/:id',
    summary: 'One approved difference: what it silences now, and its history in Git',
    tag: 'approved differences',
    access: 'findings:read',
    params: z.object({ id: z.string().max(200) }),
    response: approvedDifference.extend({
      silenced: z.array(silenced),
      record: z.string().describe('As YAML.'),
      history: z.array(z.object({ at: instant, actor: z.string(), commit: z.string(), text: z.string() })),
    }),
    cached: true,
  },
  previewApproval: {
    method: 'POST',
    url: '/approval-requests/preview',
    summary: 'What a record would say and silence; nothing moves',
    readsOnly: true,
    tag: 'approved differences',
    access: 'approvals:request',
    body: approvalWish,
    response: z.object({
      recordId: z.string(),
      record: z.string(),
      file: z.string(),
      constraint: z.string(),
      silences: z.array(silenced),
    }),
  },
  requestApproval: {
    method: 'POST',
    url: '/approval-requests',
    summary: 'Asks for an approved difference: a commit on a branch of the estate repository',
    tag: 'approved differences',
    access: 'approvals:request',
    body: approvalWish,
    response: approvalRequest,
    status: 201,
  },
  listApprovalRequests: {
    method: 'GET',
    url: '/approval-requests',
    summary: 'Requests and their decisions, newest first',
    tag: 'approved differences',
    access: 'findings:read',
    query: z.object({
      ...pageQuery,
      state: listOf(z.enum(['open', 'approved', 'declined', 'withdrawn'])),
      mine: z.enum(['requested', 'to-decide']).optional(),
    }),
    response: pageOf(approvalRequest),
  },
  getApprovalRequest: {
    method: 'GET',
    url: '/approval-requests/:id',
    summary: 'One request',
    tag: 'approved differences',
    access: 'findings:read',
    params: requestParams,
    response: approvalRequest,
  },
  decideApproval: {
    method: 'POST',
    url: '/approval-requests/:id/decision',
    summary: 'Approves or declines a request of somebody else',
    tag: 'approved differences',
    access: 'approvals:decide',
    params: requestParams,
    body: z.object({ decision: z.enum(['approve', 'decline']), reason: z.string().trim().max(1000).default('') }),
    response: approvalRequest,
  },
  withdrawApproval: {
    method: 'DELETE',
    url: '/approval-requests/:id',
    summary: 'Takes back a request of one’s own',
    tag: 'approved differences',
    access: 'approvals:request',
    params: requestParams,
    response: approvalRequest,
  },
} as const satisfies Contracts;
