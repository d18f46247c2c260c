import type { Approval, Finding } from '../finding/finding.ts';
import { matchesPointer, matchesWildcard } from '../json/pointer.ts';
import type { ApprovedDifference } from './approved.ts';
import type { JudgeContext, Ownership } from './case.ts';
import { constraintHolds, describeConstraint } from './constraint.ts';
import type { Draft } from './draft.ts';
import type { Verdict } from './verdict.ts';

/** Verdicts an approval bears on when it names none: what was not looked at cannot be approved. */
const approvable: ReadonlySet<Verdict> = new Set(['drift', 'conflict', 'missing', 'unmanaged', 'parity', 'policy']);

const day = 86_400_000;

/** How the approved differences bear on a finding: the first that holds, else the first broken or expired one. */
export function approvalOf(draft: Draft, ownership: Ownership, context: JudgeContext): Approval | undefined {
  let first: Approval | undefined;
  for (const record of context.approved) {
    if (!matchesDraft(record, draft, ownership)) continue;
    const approval = judgeApproval(record, draft, context);
    if (approval.state === 'holds') return approval;
    first ??= approval;
  }
  return first;
}

/** Whether a record's selector means this resource (whatever its path). */
export function selectsResource(
  record: ApprovedDifference,
  target: {
    readonly environment: string;
    readonly source: string;
    readonly kind: string;
    readonly key: string;
    readonly name: string;
    readonly workload?: string | undefined;
  },
): boolean {
  const { match } = record;
  return (
    (match.environments?.some((pattern) => matchesWildcard(pattern, target.environment)) ?? true) &&
    (match.source === undefined || matchesWildcard(match.source, target.source)) &&
    (match.workload === undefined ||
      (target.workload !== undefined && matchesWildcard(match.workload, target.workload))) &&
    matchesWildcard(match.kind, target.kind) &&
    (matchesWildcard(match.key, target.key) || matchesWildcard(match.key, target.name))
  );
}

/** Whether a record would silence a finding that was judged without it. */
export function silencesFinding(
  record: ApprovedDifference,
  finding: Finding,
  context: Pick<JudgeContext, 'now' | 'matchesPattern'>,
): boolean {
  const { match, allow, expiresAt } = record;
  if (context.now >= expiresAt) return false;
  if (!(match.verdicts ? match.verdicts.includes(finding.verdict) : approvable.has(finding.verdict))) return false;
  if (match.policy !== finding.policy || !selectsResource(record, finding) || !matchesPath(record, finding))
    return false;
  const shownOf = ({ present, value }: Finding['actual']) => (present ? value : undefined);
  const sides = { expected: shownOf(finding.expected), actual: shownOf(finding.actual) };
  return constraintHolds(allow, sides, context.matchesPattern);
}

function matchesDraft(record: ApprovedDifference, draft: Draft, ownership: Ownership): boolean {
  const { match } = record;
  if (!(match.verdicts ? match.verdicts.includes(draft.verdict) : approvable.has(draft.verdict))) return false;
  if (match.policy === undefined ? draft.policy !== undefined : match.policy !== draft.policy?.code) return false;
  const target = {
    environment: draft.environment.name,
    source: draft.source,
    kind: draft.kind.name,
    key: draft.key,
    name: draft.name,
    workload: ownership.workload,
  };
  return selectsResource(record, target) && matchesPath(record, draft);
}

/** A policy exception without a path means the resource wherever the policy points; others mean their path alone. */
function matchesPath(record: ApprovedDifference, draft: Pick<Draft, 'path'>): boolean {
  if (record.match.path === undefined && record.match.policy !== undefined) return true;
  return matchesPointer(record.match.path ?? '', draft.path);
}

function judgeApproval(record: ApprovedDifference, draft: Draft, context: JudgeContext): Approval {
  const expired = context.now >= record.expiresAt;
  const sides = {
    expected: draft.expected.present ? draft.expected.value : undefined,
    actual: draft.actual.present ? draft.actual.value : undefined,
  };
  const holds = constraintHolds(record.allow, sides, context.matchesPattern);
  const left = record.expiresAt - context.now;
  return {
    id: record.id,
    state: expired ? 'expired' : holds ? 'holds' : 'broken',
    ...(holds && !expired && left < context.expiryWarningDays * day && { expiring: true }),
    category: record.category,
    reason: record.reason,
    owner: record.owner,
    approver: record.approver,
    ...(record.ticket && { ticket: record.ticket }),
    expires: record.expires,
    constraint: describeConstraint(record.allow),
  };
}
