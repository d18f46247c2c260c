import { randomUUID } from 'node:crypto';
import type { Finding, Severity } from '@leeway/core';
import { sql } from 'kysely';
import type { Database, Db } from '../sql/database.ts';
import { lockFor } from '../sql/lock.ts';
import type { Row } from '../sql/tables.ts';
import { timeValue } from '../sql/values.ts';

/** Something that happened to a finding since news was last taken. */
export interface NewsEvent {
  readonly event: 'seen' | 'changed' | 'resolved' | 'reopened';
  readonly severity: Severity;
  /** Severity before, where it was there before. */
  readonly before?: Severity;
  readonly headline: string;
  readonly finding: Finding;
}

export interface NewDelivery {
  readonly channel: string;
  /** ISO 8601: not before. */
  readonly dueAt: string;
  readonly summary: string;
  readonly findings: number;
  readonly message: unknown;
}

export type DeliveryState = 'waiting' | 'delivered' | 'failed' | 'dropped';

export interface DeliveryRecord extends NewDelivery {
  readonly id: string;
  readonly seq: number;
  readonly state: DeliveryState;
  readonly createdAt: string;
  readonly attempts: number;
  readonly error?: string;
}

/** Makes messages of news. `waiting` are messages not sent yet, which more can be added to, by channel. */
export type Decide = (
  events: readonly NewsEvent[],
  waiting: ReadonlyMap<string, DeliveryRecord>,
) => readonly NewDelivery[];

/** What became of an attempt to send. */
export type Settlement =
  | { readonly state: 'delivered' }
  | { readonly state: 'waiting'; readonly dueAt: string; readonly error: string }
  | { readonly state: 'failed' | 'dropped'; readonly error: string };

/** News of findings and the messages made of it. */
export interface NewsStore {
  /**
   * Hands every event to `decide` once, whatever dies meanwhile, and keeps the messages; the first time only what comes
   * later counts. A message for a channel that has one waiting takes its place. Returns the number of events.
   */
  take(estate: string, at: string, decide: Decide): Promise<number>;
  /** Messages that are due, for this process alone until `seconds` have passed. */
  due(estate: string, at: string, seconds: number): Promise<readonly DeliveryRecord[]>;
  settle(estate: string, id: string, settlement: Settlement, at: string): Promise<void>;
  add(estate: string, delivery: NewDelivery, at: string): Promise<DeliveryRecord>;
  get(estate: string, id: string): Promise<DeliveryRecord | undefined>;
  /** Newest first. */
  list(estate: string, before: number | undefined, limit: number): Promise<readonly DeliveryRecord[]>;
}

/** Events handed over at once, and messages sent at once. */
const mostEvents = 2000;
const mostDue = 20;

export function newsStore(database: Database): NewsStore {
  const { db } = database;
  return {
    take: (estate, at, decide) => db.transaction().execute((trx) => take(database, trx, estate, at, decide)),
    async due(estate, at, seconds) {
      const { rows } = await sql<Row<'leeway.delivery'>>`
        UPDATE leeway.delivery SET attempts = attempts + 1,
          held_until = clock_timestamp() + make_interval(secs => ${seconds}::float8)
        WHERE estate = ${estate} AND id IN (
          SELECT id FROM leeway.delivery
          WHERE estate = ${estate} AND state = 'waiting' AND due_at <= ${timeValue(at)}
            AND (held_until IS NULL OR held_until < clock_timestamp())
          ORDER BY due_at LIMIT ${mostDue} FOR UPDATE SKIP LOCKED
        ) RETURNING *`.execute(db);
      return rows.map(deliveryOf);
    },
    async settle(estate, id, settlement, at) {
      const ended = settlement.state === 'waiting' ? null : timeValue(at);
      await db
        .updateTable('leeway.delivery')
        .set({
          state: settlement.state,
          held_until: null,
          ended_at: ended,
          error: 'error' in settlement ? settlement.error : null,
          ...('dueAt' in settlement && { due_at: timeValue(settlement.dueAt) }),
        })
        .where('estate', '=', estate)
        .where('id', '=', id)
        .where('state', '=', 'waiting')
        .execute();
      await database.signals.publish({ estate, topic: 'deliveries' });
    },
    add: (estate, delivery, at) => insert(db, estate, delivery, at),
    async get(estate, id) {
      const query = db.selectFrom('leeway.delivery').selectAll().where('estate', '=', estate).where('id', '=', id);
      const row = await query.executeTakeFirst();
      return row && deliveryOf(row);
    },
    async list(estate, before, limit) {
      let query = db.selectFrom('leeway.delivery').selectAll().where('estate', '=', estate);
      if (before !== undefined) query = query.where(sql<boolean>`seq < ${before}`);
      return (await query.orderBy('seq', 'desc').limit(limit).execute()).map(deliveryOf);
    },
  };
}

async function take(database: Database, trx: Db, estate: string, at: string, decide: Decide): Promise<number> {
  await lockFor(trx, 'news', estate, 'alone');
  // Events of an estate are written one scan at a time, so that numbers are committed in order.
  const known = await trx.selectFrom('leeway.notified').select('seq').where('estate', '=', estate).executeTakeFirst();
  if (!known) {
    await sql`INSERT INTO leeway.notified (estate, seq)
      SELECT ${estate}, coalesce(max(seq), 0) FROM leeway.finding_event WHERE estate = ${estate}`.execute(trx);
    return 0;
  }
  const { rows } = await sql<EventRow>`
    SELECT event.seq, event.event, event.severity, event.headline, finding.body, earlier.severity AS before
    FROM leeway.finding_event AS event JOIN leeway.finding AS finding USING (estate, fingerprint)
    LEFT JOIN LATERAL (
      SELECT severity FROM leeway.finding_event AS one
      WHERE one.estate = event.estate AND one.fingerprint = event.fingerprint AND one.seq < event.seq
      ORDER BY one.seq DESC LIMIT 1
    ) AS earlier ON true
    WHERE event.estate = ${estate} AND event.seq > ${known.seq} ORDER BY event.seq LIMIT ${mostEvents}`.execute(trx);
  const last = rows.at(-1);
  if (!last) return 0;
  await decideAndKeep(trx, estate, at, rows.map(newsOf), decide);
  await trx.updateTable('leeway.notified').set({ seq: last.seq }).where('estate', '=', estate).execute();
  await database.signals.publish({ estate, topic: 'deliveries' }, trx);
  return rows.length;
}

async function decideAndKeep(
  trx: Db,
  estate: string,
  at: string,
  events: readonly NewsEvent[],
  decide: Decide,
): Promise<void> {
  const query = trx
    .selectFrom('leeway.delivery')
    .selectAll()
    .where('estate', '=', estate)
    .where('state', '=', 'waiting');
  const rows = await query.where('attempts', '=', 0).forUpdate().execute();
  const waiting = new Map(rows.map((row) => [row.channel, deliveryOf(row)] as const));
  for (const delivery of decide(events, waiting)) {
    const replaced = waiting.get(delivery.channel);
    if (!replaced) await insert(trx, estate, delivery, at);
    else {
      const { dueAt, summary, findings, message } = delivery;
      const values = { due_at: timeValue(dueAt), summary, findings, message: JSON.stringify(message) };
      const update = trx.updateTable('leeway.delivery').set(values).where('estate', '=', estate);
      await update.where('id', '=', replaced.id).execute();
    }
  }
}

interface EventRow {
  readonly seq: number;
  readonly event: NewsEvent['event'];
  readonly severity: Severity;
  readonly headline: string;
  readonly body: unknown;
  readonly before: Severity | null;
}

function newsOf({ event, severity, headline, body, before }: EventRow): NewsEvent {
  return { event, severity, headline, finding: body as Finding, ...(before !== null && { before }) };
}

async function insert(db: Db, estate: string, delivery: NewDelivery, at: string): Promise<DeliveryRecord> {
  const { channel, dueAt, summary, findings, message } = delivery;
  const row = await db
    .insertInto('leeway.delivery')
    .values({
      estate,
      id: randomUUID(),
      channel,
      state: 'waiting',
      created_at: timeValue(at),
      due_at: timeValue(dueAt),
      summary,
      findings,
      message: JSON.stringify(message),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return deliveryOf(row);
}

function deliveryOf(row: Row<'leeway.delivery'>): DeliveryRecord {
  const { id, seq, channel, summary, findings, message, attempts, error } = row;
  const times = { dueAt: row.due_at, createdAt: row.created_at };
  const state = row.state as DeliveryState;
  return { id, seq, channel, state, ...times, summary, findings, message, attempts, ...(error !== null && { error }) };
}
