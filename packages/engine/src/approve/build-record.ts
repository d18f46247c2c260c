import {
  type ApprovedMatch,
  approvedCategories,
  type Constraint,
  type Finding,
  failed,
  ok,
  type Problem,
  problem,
  type Result,
} from '@leeway/core';
import { parseInstant } from '@leeway/estate/text/instant.ts';
import { chooseConstraint } from './constraint.ts';
import type { ApprovalRequest } from './request.ts';

/** A record that nobody approved yet: as it stands in YAML it is not accepted. */
export interface DraftRecord {
  readonly id: string;
  readonly entry: Omit<BuiltRecord['entry'], 'approver'> & { readonly approver?: string };
}

/** An approved difference as it stands in YAML, before it is written. */
export interface BuiltRecord extends DraftRecord {
  readonly id: string;
  readonly entry: {
    readonly match: ApprovedMatch;
    readonly allow: Constraint;
    readonly category: string;
    readonly reason: string;
    readonly owner: string;
    readonly approver: string;
    readonly ticket?: string;
    readonly expires: string;
  };
}

const required = ['reason', 'owner', 'approver', 'expires', 'category'] as const;
const requested = ['reason', 'owner', 'expires', 'category'] as const;

/** Why findings of these verdicts cannot be approved. */
const settled: Readonly<Partial<Record<Finding['verdict'], string>>> = {
  'not-checked': 'what was not looked at cannot be right',
  stale: 'what was read too long ago cannot be right',
  pending: 'it waits for a deployment and is no drift',
  expired: 'it is about an approval; renew that one instead',
};

/**
 * Builds the record that allows one finding and nothing more: its environment, kind, key and path, the present value
 * pinned unless the request names a constraint. Every problem is reported at once.
 * Problems: LW1010, LW1011, LW7001, LW7008, LW7009, LW7010, LW7011, LW7014.
 */
export function buildRecord(found: Finding, request: ApprovalRequest, now: Date): Result<BuiltRecord> {
  const draft = describeRecord(found, request, now, required);
  if (!draft.ok) return draft;
  const { id, entry } = draft.value;
  return ok({ id, entry: { ...entry, approver: request.approver ?? '' } });
}

/** The same for a request that somebody else is to decide. Problems: the same without LW7009. */
export function draftRecord(
  found: Finding,
  request: Omit<ApprovalRequest, 'approver'>,
  now: Date,
): Result<DraftRecord> {
  return describeRecord(found, request, now, requested);
}

function describeRecord(
  found: Finding,
  request: ApprovalRequest,
  now: Date,
  needed: readonly (keyof ApprovalRequest & (typeof required)[number])[],
): Result<DraftRecord> {
  const reason = settled[found.verdict];
  if (reason !== undefined) {
    return failed(problem('LW7008', { verdict: found.verdict, reason, id: found.fingerprint.slice(0, 8) }));
  }
  const missing = needed.filter((name) => !request[name]?.trim());
  if (missing.length > 0) {
    const options = missing.map((name) => `--${name}`).join(', ');
    return failed(problem('LW7010', { missing: missing.join(', '), options }));
  }
  const problems = [
    ...(request.approver === undefined ? [] : checkSeparation({ ...request, approver: request.approver })),
    ...checkExpiry(request.expires ?? '', now),
    ...checkCategory(request.category ?? ''),
  ];
  const allow = chooseConstraint(found, request);
  if (!allow.ok) return failed(...problems, ...allow.problems);
  if (problems.length > 0) return failed(...problems);
  return ok({ id: request.id ?? suggestId(found), entry: describeEntry(found, request, allow.value) });
}

/**
 * Separation of duties, whatever the door: nobody approves what they ask for or answer for. Names are compared as people
 * mean them. Problem: LW7009.
 */
export function checkSeparation({
  owner = '',
  approver,
  requester,
}: Pick<ApprovalRequest, 'owner' | 'requester'> & { readonly approver: string }): Problem[] {
  const plain = (name: string) => name.trim().toLowerCase();
  const involved = [owner, ...(requester === undefined ? [] : [requester])].map(plain);
  return involved.includes(plain(approver)) ? [problem('LW7009', { approver })] : [];
}

function checkExpiry(expires: string, now: Date): readonly Problem[] {
  const instant = parseInstant(expires);
  if (!instant.ok) return instant.problems;
  return instant.value > now.getTime() ? [] : [problem('LW7011', { expires, now: now.toISOString() })];
}

function checkCategory(category: string): Problem[] {
  if (approvedCategories.some((known) => known === category)) return [];
  const reason = `The category "${category}" does not exist; there are ${approvedCategories.join(', ')}.`;
  return [problem('LW7001', { reason, command: 'leeway approve' })];
}

function describeEntry(found: Finding, request: ApprovalRequest, allow: Constraint): DraftRecord['entry'] {
  const { reason = '', owner = '', approver, expires = '', category = '', ticket, allEnvironments } = request;
  return {
    match: {
      ...(!allEnvironments && { environments: [found.environment] }),
      source: found.source,
      kind: found.kind,
      key: found.key,
      ...(found.path !== '' && { path: found.path }),
      ...(found.policy !== undefined && { policy: found.policy }),
    },
    allow,
    category,
    reason,
    owner,
    ...(approver !== undefined && { approver }),
    ...(ticket && { ticket }),
    expires,
  };
}

/** `staging-eu-wms-api-replicas`: where, what and which field, as far as a name holds it. */
function suggestId(found: Finding): string {
  const field = found.path.split('/').at(-1)?.replace(/\[.*$/, '') ?? '';
  const words = [found.environment, found.key, field, found.policy ?? ''].filter(Boolean).join('-');
  const name = words
    .replaceAll(/[^A-Za-z0-9._-]+/g, '-')
    .replaceAll(/-{2,}/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '');
  return name.slice(0, 80).replace(/[-._]+$/, '') || `difference-${found.fingerprint.slice(0, 8)}`;
}
