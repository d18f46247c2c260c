import { z } from 'zod';
import type { Contracts } from './contract.ts';
import { instant, listOf, pageOf, pageQuery } from './words.ts';

export const auditEntry = z
  .object({
    seq: z.number().int(),
    at: instant,
    actor: z.string(),
    actorKind: z.enum(['person', 'machine', 'system', 'nobody']),
    action: z.string().describe('The operation: `decideApproval`, `signIn` …'),
    subject: z.string().optional(),
    outcome: z
      .enum(['begun', 'done', 'refused', 'failed'])
      .describe('begun: written before it was done, and its end is not there.'),
    detail: z.record(z.string(), z.unknown()),
    address: z.string().optional(),
    requestId: z.string().optional(),
    hash: z.string(),
  })
  .meta({ id: 'AuditEntry' });

export const auditFilter = {
  actor: listOf(z.string()),
  action: listOf(z.string()),
  outcome: listOf(z.enum(['begun', 'done', 'refused', 'failed'])),
  from: instant.optional(),
  to: instant.optional(),
  q: z.string().trim().max(200).optional(),
};

export const auditContracts = {
  listAudit: {
    method: 'GET',
    url: '/audit',
    summary: 'The audit log, newest first',
    tag: 'audit',
    access: 'evidence:read',
    query: z.object({ ...auditFilter, ...pageQuery }),
    response: pageOf(auditEntry).omit({ total: true }),
    evidence: true,
  },
  exportAudit: {
    method: 'GET',
    url: '/audit/export',
    summary: 'The audit log as JSON lines with the hash chain, oldest first',
    tag: 'audit',
    access: 'evidence:read',
    query: z.object({ from: instant.optional(), to: instant.optional() }),
    stream: 'application/x-ndjson',
    evidence: true,
  },
  verifyAudit: {
    method: 'GET',
    url: '/audit/verification',
    summary: 'Walks the hash chain and says whether any entry was changed, removed or put in',
    tag: 'audit',
    access: 'evidence:read',
    query: z.object({
      head: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .optional()
        .describe('Hash of an entry that was there once: shows whether the log was cut off.'),
    }),
    response: z.object({
      intact: z.boolean(),
      entries: z.number().int(),
      head: z.string().optional().describe('Hash of the newest entry: keep it elsewhere, and a cut-off log shows too.'),
      broken: z.object({ seq: z.number().int(), reason: z.string() }).optional(),
    }),
    evidence: true,
  },
  exportEvidence: {
    method: 'GET',
    url: '/evidence',
    summary: 'Findings, approved differences and completeness as one document for an auditor',
    tag: 'audit',
    access: 'evidence:read',
    query: z.object({ format: z.enum(['json', 'csv', 'html']).default('json'), environment: listOf(z.string()) }),
    stream: 'application/json',
    evidence: true,
  },
} as const satisfies Contracts;
