import type { ApprovalWish, Finding } from '../../api/types.ts';

/** How far a difference may go. */
export const constraints = [
  { value: 'pinned', label: 'Exactly as it is now', field: undefined },
  { value: 'atMost', label: 'At most', field: 'A number or size, such as 3 or 2Gi' },
  { value: 'atLeast', label: 'At least', field: 'A number or size, such as 3 or 2Gi' },
  { value: 'oneOf', label: 'One of', field: 'Values, one a line' },
  { value: 'matches', label: 'Matches a pattern', field: 'A pattern, * as wildcard' },
  { value: 'ratio', label: 'A ratio of the reference', field: 'Such as 1/4 or 50%' },
] as const;
export type Constraint = (typeof constraints)[number]['value'];

export const categories = ['sizing', 'masking', 'endpoint', 'test-tooling', 'regional', 'other'] as const;

/** What the form holds, as typed. */
export interface ApprovalDraft {
  readonly reason: string;
  readonly owner: string;
  readonly category: (typeof categories)[number];
  readonly ticket: string;
  /** Day it ends, `YYYY-MM-DD`: the end of that day, in the zone of who asks. */
  readonly lastDay: string;
  readonly allEnvironments: boolean;
  readonly constraint: Constraint;
  readonly limit: string;
}

/** Days an approval is asked for unless somebody says otherwise. */
const usualDays = 90;

/** A draft filled with what the finding tells. */
export function draftFor(finding: Pick<Finding, 'owner'>, now: Date): ApprovalDraft {
  const last = new Date(now);
  last.setDate(last.getDate() + usualDays);
  return {
    reason: '',
    owner: finding.owner ?? '',
    category: 'other',
    ticket: '',
    lastDay: dayOf(last),
    allEnvironments: false,
    constraint: 'pinned',
    limit: '',
  };
}

/** `YYYY-MM-DD` as a calendar here shows it. */
export function dayOf(time: Date): string {
  return time.toLocaleDateString('en-CA');
}

/** What the API takes of a draft: exactly one constraint; the present value is pinned where none is given. */
export function wishOf(fingerprint: string, draft: ApprovalDraft, zone: string): ApprovalWish {
  const { reason, owner, category, ticket, lastDay, allEnvironments } = draft;
  return {
    fingerprint,
    reason: reason.trim(),
    owner: owner.trim(),
    category,
    expires: `${lastDay}T23:59[${zone}]`,
    allEnvironments,
    ...(ticket.trim() !== '' && { ticket: ticket.trim() }),
    ...constraintOf(draft),
  };
}

function constraintOf({ constraint, limit }: ApprovalDraft): Partial<ApprovalWish> {
  if (constraint === 'pinned' || limit.trim() === '') return {};
  if (constraint !== 'oneOf') return { [constraint]: limit.trim() };
  const values = limit
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return { oneOf: values };
}

/** Whether everything that must be there is there. */
export function isComplete({ reason, owner, lastDay, constraint, limit }: ApprovalDraft): boolean {
  const hasLimit = constraint === 'pinned' || limit.trim() !== '';
  return reason.trim().length >= 3 && owner.trim() !== '' && /^\d{4}-\d{2}-\d{2}$/.test(lastDay) && hasLimit;
}
