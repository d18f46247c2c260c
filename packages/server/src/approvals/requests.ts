import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { headlineText, ProblemError, problem } from '@leeway/core';
import { appendRecord } from '@leeway/engine/approve/append-record.ts';
import { checkSeparation, draftRecord } from '@leeway/engine/approve/build-record.ts';
import type { ApprovalRequestRow, ApprovalState } from '@leeway/store';
import type { ServerContext } from '../context.ts';
import type { Principal } from '../identity/principal.ts';
import { visible } from '../identity/scope.ts';
import { defined, draftFor, findingFor, located, type RequestBody, requireTo, type Wish } from './drafts.ts';

/** Commits the draft on a branch and keeps who asked; or does neither. */
export async function requestApproval(
  wish: Wish,
  principal: Principal,
  context: ServerContext,
): Promise<ApprovalRequestRow> {
  const { repository, store } = context;
  const estate = context.estate.current().estate.name;
  const finding = await findingFor(wish.fingerprint, principal, context);
  const head = await repository.head();
  const drafted = await draftFor(wish, principal.name, finding, context, (file) => repository.read(head.commit, file));
  const id = randomUUID();
  const { draft, file, record, text } = drafted;
  const title = `Ask to approve ${draft.id}`;
  const body = `${headlineText(finding.headline)}\n\n${draft.entry.reason}\n\nAsked for by ${principal.name}; not approved yet.`;
  const proposed = await repository.propose({
    branch: `leeway/approve-${id}`,
    change: { path: file, text },
    author: principal,
    title,
    body,
    pullRequest: false,
  });
  const { environment, workload, headline, fingerprint } = finding;
  const kept: RequestBody = {
    wish,
    environment,
    ...(workload && { workload }),
    headline,
    entry: draft.entry,
    record,
    file,
  };
  const row: ApprovalRequestRow = {
    id,
    state: 'open',
    fingerprint,
    recordId: draft.id,
    requester: principal.name,
    requesterId: principal.id,
    requestedAt: context.now().toISOString(),
    ...proposed,
    body: kept,
  };
  const undo = () => repository.drop(proposed.branch, proposed.commit);
  const isAdded = await store.approvalRequests.add(estate, row).catch(async (error: unknown) => {
    await undo();
    throw error;
  });
  if (!isAdded) {
    await undo();
    throw new ProblemError(problem('LW7012', { id: draft.id, file: 'an open request' }));
  }
  await note(row, 'requested', principal, draft.id, context);
  return row;
}

/** A request that somebody may see. Throws LW8003. */
export async function requestFor(
  id: string,
  principal: Principal,
  context: ServerContext,
): Promise<ApprovalRequestRow> {
  const row = await context.store.approvalRequests.get(context.estate.current().estate.name, id);
  if (row && visible(principal, located(row.body as RequestBody))) return row;
  throw new ProblemError(problem('LW8003', { what: 'approval request', id }));
}

/** Whether somebody may decide a request: never their own, nor one they own, and no token decides at all. */
export function mayDecide({ requester, requesterId, body }: ApprovalRequestRow, principal: Principal): boolean {
  const { wish } = body as RequestBody;
  return (
    principal.kind === 'person' &&
    principal.id !== requesterId &&
    checkSeparation({ owner: wish.owner, approver: principal.name, requester }).length === 0 &&
    visible(principal, located(body as RequestBody), 'approvals:decide')
  );
}

/** Approves or declines a request of somebody else. Throws LW8002, LW8317 to LW8319 and those of the repository. */
export async function decideRequest(
  row: ApprovalRequestRow,
  decision: { readonly decision: 'approve' | 'decline'; readonly reason: string },
  principal: Principal,
  context: ServerContext,
): Promise<ApprovalRequestRow> {
  requireTo('approvals:decide', principal, located(row.body as RequestBody));
  requireOpen(row);
  if (!mayDecide(row, principal)) throw new ProblemError(problem('LW8319', { name: principal.name }));
  if (decision.decision === 'decline') return close(row, 'declined', decision.reason, principal, context);
  const { entry, file } = row.body as RequestBody;
  await requireUnchanged(row, context);
  const { repository } = context;
  const head = await repository.head();
  const record = { id: row.recordId, entry: { ...entry, approver: principal.name } };
  const appended = appendRecord(await repository.read(head.commit, file), record, file);
  if (!appended.ok) throw outOfDate(row, appended.problems[0]?.message.replace(/\.$/, '') ?? 'the file');
  const made = await repository.propose({
    branch: row.branch,
    from: row.commit,
    change: { path: file, text: appended.value.text },
    author: principal,
    title: `Approve ${row.recordId}`,
    body: `${entry.reason}\n\nAsked for by ${row.requester}, approved by ${principal.name}.${decision.reason ? `\n\n${decision.reason}` : ''}`,
    pullRequest: true,
  });
  const decided = { ...made, state: 'approved', decidedBy: principal.name, decisionReason: decision.reason } as const;
  const kept = await decide(row, decided, principal, context);
  if (await repository.merge(made.commit)) await context.estate.reload();
  return kept;
}

export async function withdrawRequest(
  row: ApprovalRequestRow,
  principal: Principal,
  context: ServerContext,
): Promise<ApprovalRequestRow> {
  if (principal.id !== row.requesterId) throw new ProblemError(problem('LW8320', { requester: row.requester }));
  requireOpen(row);
  return close(row, 'withdrawn', '', principal, context);
}

async function close(
  row: ApprovalRequestRow,
  state: 'declined' | 'withdrawn',
  decisionReason: string,
  principal: Principal,
  context: ServerContext,
): Promise<ApprovalRequestRow> {
  const { commit, pushed } = row;
  const kept = await decide(
    row,
    { state, decidedBy: principal.name, decisionReason, commit, pushed },
    principal,
    context,
  );
  await context.repository.drop(row.branch, commit);
  return kept;
}

async function decide(
  row: ApprovalRequestRow,
  decision: Omit<Parameters<ServerContext['store']['approvalRequests']['decide']>[2], 'decidedAt'>,
  principal: Principal,
  context: ServerContext,
): Promise<ApprovalRequestRow> {
  const estate = context.estate.current().estate.name;
  const { approvalRequests } = context.store;
  const isDecided = await approvalRequests.decide(estate, row.id, {
    ...decision,
    decidedAt: context.now().toISOString(),
  });
  const now = (await approvalRequests.get(estate, row.id)) ?? row;
  if (!isDecided) requireOpen(now);
  await note(row, decision.state, principal, row.recordId, context);
  return now;
}

function requireOpen({ state, decidedBy = '' }: ApprovalRequestRow): void {
  if (state !== 'open') throw new ProblemError(problem('LW8317', { state, by: decidedBy }));
}

/** What is approved must be what was asked: the finding is still there and the record would still be the same. */
async function requireUnchanged(row: ApprovalRequestRow, context: ServerContext): Promise<void> {
  const { estate } = context.estate.current();
  const { wish, entry } = row.body as RequestBody;
  const found = await context.store.findings.find(estate.name, row.fingerprint);
  if (found.state !== 'found' || found.history.resolvedAt !== undefined)
    throw outOfDate(row, 'the finding is resolved');
  const { fingerprint: _, ...request } = wish;
  const draft = draftRecord(found.finding, { ...defined(request), requester: row.requester }, context.now());
  if (!draft.ok) throw outOfDate(row, draft.problems[0]?.message.replace(/\.$/, '') ?? 'the finding');
  const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;
  if (!isDeepStrictEqual(plain(draft.value.entry), plain(entry))) throw outOfDate(row, 'the value moved');
}

function outOfDate({ id }: ApprovalRequestRow, what: string): ProblemError {
  return new ProblemError(problem('LW8318', { id: id.slice(0, 8), what }));
}

async function note(
  { fingerprint }: ApprovalRequestRow,
  state: 'requested' | Exclude<ApprovalState, 'open'>,
  principal: Principal,
  recordId: string,
  context: ServerContext,
): Promise<void> {
  const event = { fingerprint, what: state, text: recordId, actor: principal.name, at: context.now().toISOString() };
  await context.store.handling.note(context.estate.current().estate.name, event);
}
