import type { Database } from './sql/database.ts';
import type { Row } from './sql/tables.ts';
import { textValue, timeValue } from './sql/values.ts';

export type ApprovalState = 'open' | 'approved' | 'declined' | 'withdrawn';

/** Who asked for an approved difference and how it was decided. The record itself lies in Git, at `commit` of `branch`. */
export interface ApprovalRequestRow {
  readonly id: string;
  readonly state: ApprovalState;
  readonly fingerprint: string;
  readonly recordId: string;
  readonly requester: string;
  readonly requesterId: string;
  readonly requestedAt: string;
  readonly decidedBy?: string;
  readonly decidedAt?: string;
  readonly decisionReason?: string;
  readonly branch: string;
  readonly commit: string;
  readonly pushed: boolean;
  readonly pullRequest?: string;
  /** What was asked, as it was asked. */
  readonly body: unknown;
}

/** What a decision changes. */
export type ApprovalDecision = Pick<ApprovalRequestRow, 'commit' | 'pushed'> & {
  readonly state: Exclude<ApprovalState, 'open'>;
  readonly decidedBy: string;
  readonly decidedAt: string;
  readonly decisionReason: string;
  readonly pullRequest?: string | undefined;
};

export interface ApprovalRequestStore {
  /** False where an open request has that record's id already. */
  add(estate: string, request: ApprovalRequestRow): Promise<boolean>;
  get(estate: string, id: string): Promise<ApprovalRequestRow | undefined>;
  /** Newest first. */
  list(
    estate: string,
    filter: { readonly states?: readonly ApprovalState[] | undefined; readonly fingerprint?: string | undefined },
    limit: number,
  ): Promise<readonly ApprovalRequestRow[]>;
  /** Decides a request that is open; false where it was decided meanwhile. */
  decide(estate: string, id: string, decision: ApprovalDecision): Promise<boolean>;
}

export function approvalRequestStore({ db }: Database): ApprovalRequestStore {
  const select = (estate: string) => db.selectFrom('leeway.approval_request').selectAll().where('estate', '=', estate);
  return {
    async add(estate, request) {
      const { id, state, fingerprint, branch, commit, pushed } = request;
      const added = await db
        .insertInto('leeway.approval_request')
        .values({
          ...{ estate, id, state, fingerprint, branch, commit, pushed },
          record_id: request.recordId,
          requester: textValue(request.requester),
          requester_id: request.requesterId,
          requested_at: timeValue(request.requestedAt),
          decided_by: null,
          decided_at: null,
          decision_reason: null,
          pull_request: request.pullRequest ?? null,
          body: JSON.stringify(request.body),
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return (added.numInsertedOrUpdatedRows ?? 0n) > 0n;
    },
    async get(estate, id) {
      const row = await select(estate).where('id', '=', id).executeTakeFirst();
      return row && requestOf(row);
    },
    async list(estate, { states, fingerprint }, limit) {
      let query = select(estate);
      if (states && states.length > 0) query = query.where('state', 'in', states);
      if (fingerprint !== undefined) query = query.where('fingerprint', '=', fingerprint);
      const rows = await query.orderBy('seq', 'desc').limit(limit).execute();
      return rows.map(requestOf);
    },
    async decide(estate, id, decision) {
      const { state, commit, pushed, pullRequest } = decision;
      const changed = await db
        .updateTable('leeway.approval_request')
        .set({
          ...{ state, commit, pushed },
          ...(pullRequest !== undefined && { pull_request: pullRequest }),
          decided_by: textValue(decision.decidedBy),
          decided_at: timeValue(decision.decidedAt),
          decision_reason: textValue(decision.decisionReason),
        })
        .where('estate', '=', estate)
        .where('id', '=', id)
        .where('state', '=', 'open')
        .executeTakeFirst();
      return changed.numUpdatedRows > 0n;
    },
  };
}

function requestOf(row: Row<'leeway.approval_request'>): ApprovalRequestRow {
  const { id, state, fingerprint, requester, branch, commit, pushed, body } = row;
  return {
    ...{ id, state, fingerprint, requester, branch, commit, pushed, body },
    recordId: row.record_id,
    requesterId: row.requester_id,
    requestedAt: row.requested_at,
    ...(row.decided_by !== null && { decidedBy: row.decided_by }),
    ...(row.decided_at !== null && { decidedAt: row.decided_at }),
    ...(row.decision_reason !== null && { decisionReason: row.decision_reason }),
    ...(row.pull_request !== null && { pullRequest: row.pull_request }),
  };
}
