import { sql } from 'kysely';
import type { Database, Db } from './sql/database.ts';
import { lockFor } from './sql/lock.ts';
import type { Row } from './sql/tables.ts';
import { textValue, timeValue } from './sql/values.ts';

/** What people decided about a finding; none of it changes a verdict. Times are ISO 8601 UTC. */
export interface Handling {
  readonly fingerprint: string;
  readonly assignee?: string;
  /** The finding sleeps until then, whether anybody wakes it or not. */
  readonly snoozedUntil?: string;
  readonly snoozeReason?: string;
  readonly snoozedBy?: string;
  /** Rises with every write of an estate. */
  readonly change: number;
}

/** What is to be done with findings; null takes it back, absent leaves it. */
export interface HandlingWish {
  readonly assignee?: string | null | undefined;
  readonly snooze?: { readonly until: string; readonly reason: string } | null | undefined;
}

export type HandlingWhat =
  | 'assigned'
  | 'snoozed'
  | 'woken'
  | 'requested'
  | 'approved'
  | 'declined'
  | 'withdrawn'
  | 'reconciled';

/** Something a person did with a finding. */
export interface HandlingEvent {
  readonly fingerprint: string;
  readonly at: string;
  readonly what: HandlingWhat;
  /** In words: to whom, until when, why. */
  readonly text: string;
  readonly actor: string;
}

export interface HandlingStore {
  /** Does it for all findings named, and tells each one's history, or does nothing. */
  handle(
    estate: string,
    fingerprints: readonly string[],
    wish: HandlingWish,
    by: { readonly actor: string; readonly at: string },
  ): Promise<void>;
  /** What was written after `change`, and the change to ask from the next time. */
  since(estate: string, change: number): Promise<{ readonly items: readonly Handling[]; readonly change: number }>;
  note(estate: string, event: HandlingEvent): Promise<void>;
  /** Of one finding, or of the estate since a moment; newest first. */
  events(
    estate: string,
    filter: { readonly fingerprint?: string; readonly since?: string },
    limit: number,
  ): Promise<readonly HandlingEvent[]>;
}

export function handlingStore({ db }: Database): HandlingStore {
  return {
    handle: (estate, fingerprints, wish, by) =>
      db.transaction().execute((trx) => handle(trx, estate, [...new Set(fingerprints)].sort(), wish, by)),
    async since(estate, change) {
      const rows = await db
        .selectFrom('leeway.handling')
        .selectAll()
        .where('estate', '=', estate)
        .where('change', '>', change)
        .orderBy('change')
        .execute();
      return { items: rows.map(handlingOf), change: rows.at(-1)?.change ?? change };
    },
    note: (estate, event) => insertEvents(db, estate, [event]),
    async events(estate, { fingerprint, since }, limit) {
      let query = db.selectFrom('leeway.handling_event').selectAll().where('estate', '=', estate);
      if (fingerprint !== undefined) query = query.where('fingerprint', '=', fingerprint);
      if (since !== undefined) query = query.where('at', '>=', timeValue(since));
      const rows = await query.orderBy('at', 'desc').orderBy('seq', 'desc').limit(limit).execute();
      return rows.map(({ fingerprint, at, what, text, actor }) => ({
        fingerprint,
        at,
        what: what as HandlingWhat,
        text,
        actor,
      }));
    },
  };
}

async function handle(
  trx: Db,
  estate: string,
  fingerprints: readonly string[],
  { assignee, snooze }: HandlingWish,
  { actor, at }: { readonly actor: string; readonly at: string },
): Promise<void> {
  // Changes become visible in the order of their numbers: a reader that asks from the last one misses none.
  await lockFor(trx, 'handling', estate, 'alone');
  const { last } = await trx
    .selectFrom('leeway.handling')
    .select((expression) => expression.fn.coalesce(expression.fn.max('change'), sql<number>`0`).as('last'))
    .where('estate', '=', estate)
    .executeTakeFirstOrThrow();
  const name = textValue(actor);
  const set = {
    ...(assignee !== undefined && { assignee: assignee === null ? null : textValue(assignee) }),
    ...(snooze === null && { snoozed_until: null, snooze_reason: null, snoozed_by: null }),
    ...(snooze && {
      snoozed_until: timeValue(snooze.until),
      snooze_reason: textValue(snooze.reason),
      snoozed_by: name,
    }),
  };
  for (const [at, fingerprint] of fingerprints.entries()) {
    const change = Number(last) + 1 + at;
    await trx
      .insertInto('leeway.handling')
      .values({ estate, fingerprint, ...empty, ...set, change })
      .onConflict((conflict) => conflict.columns(['estate', 'fingerprint']).doUpdateSet({ ...set, change }))
      .execute();
  }
  const events = [
    ...(assignee === null ? [['assigned', 'to nobody'] as const] : []),
    ...(assignee ? [['assigned', `to ${assignee}`] as const] : []),
    ...(snooze === null ? [['woken', ''] as const] : []),
    ...(snooze ? [['snoozed', `until ${timeValue(snooze.until)}: ${snooze.reason}`] as const] : []),
  ];
  await insertEvents(
    trx,
    estate,
    fingerprints.flatMap((fingerprint) => events.map(([what, text]) => ({ fingerprint, at, what, text, actor }))),
  );
}

const empty = { assignee: null, snoozed_until: null, snooze_reason: null, snoozed_by: null } as const;

async function insertEvents(db: Db, estate: string, events: readonly HandlingEvent[]): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map(({ fingerprint, at, what, text, actor }) => ({
    ...{ estate, fingerprint, what },
    at: timeValue(at),
    text: textValue(text),
    actor: textValue(actor),
  }));
  await db.insertInto('leeway.handling_event').values(rows).execute();
}

function handlingOf(row: Row<'leeway.handling'>): Handling {
  const { fingerprint, change, assignee } = row;
  return {
    fingerprint,
    change,
    ...(assignee !== null && { assignee }),
    ...(row.snoozed_until !== null && { snoozedUntil: row.snoozed_until }),
    ...(row.snooze_reason !== null && { snoozeReason: row.snooze_reason }),
    ...(row.snoozed_by !== null && { snoozedBy: row.snoozed_by }),
  };
}
