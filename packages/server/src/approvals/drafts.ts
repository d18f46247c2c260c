import {
  type ApprovedDifference,
  describeConstraint,
  type Finding,
  ProblemError,
  problem,
  silencesFinding,
} from '@leeway/core';
import { appendRecord } from '@leeway/engine/approve/append-record.ts';
import { type DraftRecord, draftRecord } from '@leeway/engine/approve/build-record.ts';
import { loadPatternMatcher } from '@leeway/engine/scan/pattern-matcher.ts';
import { parseInstant } from '@leeway/estate';
import type { z } from 'zod';
import type { ServerContext } from '../context.ts';
import type { approvalWish } from '../contract/approvals.ts';
import { unwrap } from '../http/unwrap.ts';
import type { Principal } from '../identity/principal.ts';
import { visible } from '../identity/scope.ts';

export type Wish = z.output<typeof approvalWish>;

/** What a request keeps besides its state: what was asked, of what, and the record it makes. */
export interface RequestBody {
  readonly wish: Wish;
  readonly environment: string;
  readonly workload?: string;
  readonly headline: Finding['headline'];
  readonly entry: DraftRecord['entry'];
  readonly record: string;
  readonly file: string;
}

/** A record that was drafted for a finding, and the file with it. */
export interface Drafted {
  readonly finding: Finding;
  readonly draft: DraftRecord;
  readonly file: string;
  readonly record: string;
  readonly text: string;
}

/** The open finding somebody names, where they may do something with it. Throws LW8003, LW8002. */
export async function findingFor(fingerprint: string, principal: Principal, context: ServerContext): Promise<Finding> {
  const estate = context.estate.current().estate.name;
  const found = await context.store.findings.find(estate, fingerprint);
  const missing = new ProblemError(problem('LW8003', { what: 'open finding', id: fingerprint }));
  if (found.state !== 'found' || found.history.resolvedAt !== undefined) throw missing;
  const { finding } = found;
  if (!visible(principal, located(finding))) throw missing;
  requireTo('approvals:request', principal, located(finding));
  return finding;
}

export function located({
  environment,
  workload,
}: {
  readonly environment: string;
  readonly workload?: string | undefined;
}) {
  return { environment, workload };
}

export function requireTo(
  permission: 'approvals:request' | 'approvals:decide',
  principal: Principal,
  target: { readonly environment: string; readonly workload: string | undefined },
): void {
  if (visible(principal, target, permission)) return;
  const scope = ` in ${target.environment}${target.workload === undefined ? '' : ` for ${target.workload}`}`;
  throw new ProblemError(problem('LW8002', { name: principal.name, permission, scope }));
}

/** Drafts the record a wish asks for, as a file in which `textOf` finds the others. */
export async function draftFor(
  wish: Wish,
  requester: string,
  finding: Finding,
  context: ServerContext,
  textOf: (file: string) => Promise<string | undefined>,
): Promise<Drafted> {
  const { estate } = context.estate.current();
  const { fingerprint: _, ...request } = wish;
  const draft = unwrap(draftRecord(finding, { ...defined(request), requester }, context.now()));
  const taken = estate.approved.find(({ id }) => id === draft.id);
  if (taken) throw new ProblemError(problem('LW7012', { id: draft.id, file: taken.place.file ?? '' }));
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,119}$/.test(draft.id)) {
    throw new ProblemError(
      problem('LW8004', { where: 'id', reason: 'it has other characters than letters, digits, ".", "_" and "-"' }),
    );
  }
  const file = `approved/${draft.entry.category}.yaml`;
  const appended = unwrap(appendRecord(await textOf(file), draft, file));
  return { finding, draft, file, record: appended.record, text: appended.text };
}

/** What is given, without what is not. */
export function defined<T extends object>(given: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as never;
}

/** The open findings a drafted record would silence, as far as somebody sees them. */
export async function silencedBy(
  { draft, file }: Drafted,
  principal: Principal,
  context: ServerContext,
): Promise<readonly Finding[]> {
  const { id, entry } = draft;
  const expiresAt = unwrap(parseInstant(entry.expires));
  const record = { ...entry, id, approver: '', expiresAt, place: { file } } as ApprovedDifference;
  const matchesPattern = await loadPatternMatcher([record]);
  const open = await context.store.findings.open(context.estate.current().estate.name);
  const now = context.now().getTime();
  return open.filter(
    (finding) => silencesFinding(record, finding, { now, matchesPattern }) && visible(principal, located(finding)),
  );
}

export function constraintOf({ draft }: Drafted): string {
  return describeConstraint(draft.entry.allow);
}
