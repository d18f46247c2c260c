import { type Finding, ProblemError, problem } from '@leeway/core';
import { findRecord } from '@leeway/engine/approve/append-record.ts';
import type { ApprovalRequestRow } from '@leeway/store';
import type { z } from 'zod';
import { constraintOf, draftFor, findingFor, type RequestBody, silencedBy } from '../approvals/drafts.ts';
import { decideRequest, mayDecide, requestApproval, requestFor, withdrawRequest } from '../approvals/requests.ts';
import { listStanding, standing } from '../approvals/standing.ts';
import type { ServerContext } from '../context.ts';
import type { approvalContracts, approvalRequest, silenced } from '../contract/approvals.ts';
import type { HandlersOf } from '../http/call.ts';
import { cutPage } from '../http/page.ts';
import type { Principal } from '../identity/principal.ts';
import { visible } from '../identity/scope.ts';

/** Requests looked through for a page: decided ones of years ago are in Git. */
const requestsLookedAt = 5000;

export const approvalHandlers: HandlersOf<typeof approvalContracts> = {
  async listApproved({ query, principal }, context) {
    const items = (await listStanding(context, seesFinding(principal))).filter((item) => {
      if (query.state?.length && !query.state.includes(item.state)) return false;
      if (query.category?.length && !query.category.includes(item.category)) return false;
      if (query.owner?.length && !query.owner.includes(item.owner)) return false;
      const [wanted, own] = [query.environment ?? [], item.environments];
      if (wanted.length > 0 && own.length > 0 && !wanted.some((name) => own.includes(name))) return false;
      return hasWords(`${item.id}\n${item.reason}\n${item.owner}\n${item.key}\n${item.kind}`, query.q);
    });
    const page = cutPage(items, query, context.estate.current().estate.revision);
    return { items: [...page.items], ...(page.next !== undefined && { next: page.next }), total: items.length };
  },

  async getApproved({ params, principal }, context) {
    const { estate, options } = context.estate.current();
    const record = estate.approved.find(({ id }) => id === params.id);
    const item = (await listStanding(context, seesFinding(principal))).find(({ id }) => id === params.id);
    if (!record || !item) throw new ProblemError(problem('LW8003', { what: 'approved difference', id: params.id }));
    const file = record.place.file ?? '';
    const text = new TextDecoder().decode(await options.files.declared.read(file));
    const found = findRecord(text, record.id);
    const bearing = (await standing(context)).approved.filter(({ approval }) => approval?.id === record.id);
    return {
      ...item,
      silenced: bearing.filter(seesFinding(principal)).map(shortOf),
      record: found?.record ?? '',
      history: [...(await historyOf(file, found, context))],
    };
  },

  async previewApproval({ body, principal }, context) {
    const finding = await findingFor(body.fingerprint, principal, context);
    const drafted = await draftFor(body, principal.name, finding, context, (file) => declaredText(file, context));
    return {
      recordId: drafted.draft.id,
      record: drafted.record,
      file: drafted.file,
      constraint: constraintOf(drafted),
      silences: (await silencedBy(drafted, principal, context)).map(shortOf),
    };
  },

  async requestApproval({ body, principal }, context) {
    return answerOf(await requestApproval(body, principal, context), principal);
  },

  async listApprovalRequests({ query, principal }, context) {
    const estate = context.estate.current().estate.name;
    const rows = await context.store.approvalRequests.list(estate, { states: query.state }, requestsLookedAt);
    const seen = rows.filter((row) => {
      if (query.mine === 'requested') return row.requesterId === principal.id;
      if (query.mine === 'to-decide' && (row.state !== 'open' || !mayDecide(row, principal))) return false;
      return visible(principal, placeOf(row));
    });
    const page = cutPage(seen, query, 'requests');
    const items = page.items.map((row) => answerOf(row, principal));
    return { items, ...(page.next !== undefined && { next: page.next }), total: seen.length };
  },

  async getApprovalRequest({ params, principal }, context) {
    return answerOf(await requestFor(params.id, principal, context), principal);
  },

  async decideApproval({ params, body, principal }, context) {
    const row = await requestFor(params.id, principal, context);
    return answerOf(await decideRequest(row, body, principal, context), principal);
  },

  async withdrawApproval({ params, principal }, context) {
    const row = await requestFor(params.id, principal, context);
    return answerOf(await withdrawRequest(row, principal, context), principal);
  },
};

function placeOf({ body }: ApprovalRequestRow) {
  const { environment, workload } = body as RequestBody;
  return { environment, workload };
}

function seesFinding(principal: Principal): (finding: Finding) => boolean {
  return ({ environment, workload }) => visible(principal, { environment, workload });
}

function hasWords(text: string, q: string | undefined): boolean {
  const words = q?.toLowerCase().split(/\s+/).filter(Boolean) ?? [];
  return words.every((word) => text.toLowerCase().includes(word));
}

function shortOf({ fingerprint, environment, name, severity, headline }: Finding): z.output<typeof silenced> {
  return { fingerprint, environment, name, severity, headline: [...headline] };
}

async function declaredText(file: string, { estate }: ServerContext): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await estate.current().options.files.declared.read(file));
  } catch (error) {
    if (error instanceof ProblemError && error.problem.code === 'LW2001') return undefined;
    throw error;
  }
}

/** An estate that is not under Git has no history; that is no failure of looking at a record. */
async function historyOf(
  file: string,
  lines: { readonly from: number; readonly to: number } | undefined,
  { repository }: ServerContext,
) {
  try {
    return await repository.history(file, lines);
  } catch (error) {
    if (error instanceof ProblemError && ['LW8311', 'LW1020'].includes(error.problem.code)) return [];
    throw error;
  }
}

function answerOf(row: ApprovalRequestRow, principal: Principal): z.output<typeof approvalRequest> {
  const { requesterId: _, body, state, ...rest } = row;
  const { wish, environment, workload, headline, record, file } = body as RequestBody;
  return {
    ...rest,
    ...{ state, wish, environment, record, file },
    headline: [...headline],
    ...(workload !== undefined && { workload }),
    mayDecide: state === 'open' && mayDecide(row, principal),
  };
}
