import { type Selectable, sql } from 'kysely';
import type { Database, Db } from '../sql/database.ts';
import type { AuditTable } from '../sql/identity-tables.ts';
import { lockFor } from '../sql/lock.ts';
import { textValue } from '../sql/values.ts';
import { type AuditDraft, type AuditEntry, chainStart, hashEntry } from './chain.ts';

export interface AuditFilter {
  readonly actor?: readonly string[] | undefined;
  readonly action?: readonly string[] | undefined;
  readonly outcome?: readonly AuditDraft['outcome'][] | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Text that actor, action, subject or detail holds, in any case. */
  readonly q?: string | undefined;
}

export interface AuditStore {
  /** Puts entries behind the newest, all or none; one writer at a time, whichever process it is in. */
  append(estate: string, drafts: readonly AuditDraft[]): Promise<readonly AuditEntry[]>;
  /** Newest first, from before `before`. What was begun is left out where its end is there, unless it is asked for. */
  list(estate: string, filter: AuditFilter, before: number | undefined, limit: number): Promise<readonly AuditEntry[]>;
  /** Oldest first, without gaps. */
  read(
    estate: string,
    range?: { readonly from?: string | undefined; readonly to?: string | undefined },
  ): AsyncIterable<AuditEntry>;
}

const pageSize = 1000;

export function auditStore({ db }: Database): AuditStore {
  return {
    append: (estate, drafts) =>
      db.transaction().execute(async (trx) => {
        await lockFor(trx, 'audit', estate, 'alone');
        const entries = chain(estate, drafts, await newest(trx, estate));
        if (entries.length > 0) await trx.insertInto('leeway.audit').values(entries.map(rowOf)).execute();
        return entries;
      }),
    list: (estate, filter, before, limit) => list(db, estate, filter, before, limit),
    read: (estate, range = {}) => read(db, estate, range),
  };
}

async function newest(trx: Db, estate: string): Promise<AuditEntry | undefined> {
  const row = await trx
    .selectFrom('leeway.audit')
    .selectAll()
    .where('estate', '=', estate)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && asEntry(row);
}

/** Clocks of several processes differ; in the log time does not run back, so that a range of it has no gaps. */
function chain(estate: string, drafts: readonly AuditDraft[], last: AuditEntry | undefined): readonly AuditEntry[] {
  const entries: AuditEntry[] = [];
  for (const draft of drafts) {
    const before = entries.at(-1) ?? last;
    const at = before && before.at > draft.at ? before.at : draft.at;
    const entry = {
      ...storable(draft),
      at,
      estate,
      seq: (before?.seq ?? 0) + 1,
      previous: before?.hash ?? chainStart,
    };
    entries.push({ ...entry, hash: hashEntry(entry) });
  }
  return entries;
}

/** The entry as it will be read back: what a column cannot hold must not be in the hash. */
function storable(draft: AuditDraft): AuditDraft {
  return JSON.parse(JSON.stringify(draft), (_, value) => (typeof value === 'string' ? textValue(value) : value));
}

function list(
  db: Db,
  estate: string,
  { actor, action, outcome, from, to, q }: AuditFilter,
  before: number | undefined,
  limit: number,
): Promise<readonly AuditEntry[]> {
  const pattern = `%${textValue(q ?? '').replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  return db
    .selectFrom('leeway.audit as entry')
    .selectAll()
    .where('estate', '=', estate)
    .$if(before !== undefined, (query) => query.where('seq', '<', before ?? 0))
    .$if(actor !== undefined, (query) => query.where('actor', 'in', actor ?? []))
    .$if(action !== undefined, (query) => query.where('action', 'in', action ?? []))
    .$if(outcome !== undefined, (query) => query.where('outcome', 'in', outcome ?? []))
    .$if(outcome === undefined, (query) =>
      query.where(sql<boolean>`(outcome <> 'begun' OR NOT EXISTS (
      SELECT 1 FROM leeway.audit AS later WHERE later.estate = entry.estate AND later.request_id = entry.request_id
        AND later.seq > entry.seq))`),
    )
    .$if(from !== undefined, (query) => query.where('at', '>=', from ?? ''))
    .$if(to !== undefined, (query) => query.where('at', '<=', to ?? ''))
    .$if(q !== undefined, (query) =>
      query.where(sql<boolean>`concat_ws(' ', actor, action, subject, detail::text) ILIKE ${pattern}`),
    )
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute()
    .then((rows) => rows.map(asEntry));
}

async function* read(
  db: Db,
  estate: string,
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
): AsyncGenerator<AuditEntry> {
  for (let after = 0; ; ) {
    const rows = await db
      .selectFrom('leeway.audit')
      .selectAll()
      .where('estate', '=', estate)
      .where('seq', '>', after)
      .$if(from !== undefined, (query) => query.where('at', '>=', from ?? ''))
      .$if(to !== undefined, (query) => query.where('at', '<=', to ?? ''))
      .orderBy('seq')
      .limit(pageSize)
      .execute();
    for (const row of rows) yield asEntry(row);
    after = rows.at(-1)?.seq ?? after;
    if (rows.length < pageSize) return;
  }
}

function rowOf(entry: AuditEntry) {
  return {
    estate: entry.estate,
    seq: entry.seq,
    at: entry.at,
    actor: entry.actor,
    actor_kind: entry.actorKind,
    action: entry.action,
    subject: entry.subject ?? null,
    outcome: entry.outcome,
    detail: JSON.stringify(entry.detail),
    address: entry.address ?? null,
    request_id: entry.requestId ?? null,
    previous: entry.previous,
    hash: entry.hash,
  };
}

function asEntry(row: Selectable<AuditTable>): AuditEntry {
  return {
    estate: row.estate,
    seq: row.seq,
    at: row.at,
    actor: row.actor,
    actorKind: row.actor_kind,
    action: row.action,
    ...(row.subject !== null && { subject: row.subject }),
    outcome: row.outcome,
    detail: row.detail as AuditEntry['detail'],
    ...(row.address !== null && { address: row.address }),
    ...(row.request_id !== null && { requestId: row.request_id }),
    previous: row.previous,
    hash: row.hash,
  };
}
