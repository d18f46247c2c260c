import { randomUUID } from 'node:crypto';
import { digestHex, type Problem } from '@leeway/core';
import { sql } from 'kysely';
import type { Database, Db } from '../sql/database.ts';
import { type RunSql, runWithin } from '../sql/statements.ts';
import { timeValue } from '../sql/values.ts';
import { type JobCause, type JobKind, type JobRecord, type JobState, jobOf } from './job.ts';

export interface NewJob {
  readonly kind: JobKind;
  readonly cause: JobCause;
  readonly requestedBy?: string;
  readonly environments: readonly string[];
  readonly sources: readonly string[];
  /** Names what the job is made for: a second one for the same is not made, however long ago the first was. */
  readonly once?: string;
  /** ISO 8601. */
  readonly at: string;
}

/** What else belongs into the transaction that makes a job wait: handing it to the queue. */
export type AlsoWithin = (job: JobRecord, run: RunSql) => Promise<void>;

export interface JobPage {
  readonly states?: readonly JobState[];
  /** Only jobs older than the one of this number. */
  readonly before?: number;
  readonly limit: number;
}

/** Jobs of an estate, as asked for and looked at. */
export interface JobStore {
  /** Makes a job, unless one like it waits already or was made for the same `once`: then that one is given. */
  add(estate: string, job: NewJob, also: AlsoWithin): Promise<JobRecord>;
  get(estate: string, id: string): Promise<JobRecord | undefined>;
  /** Newest first. */
  list(estate: string, page: JobPage): Promise<readonly JobRecord[]>;
  /** A waiting job is cancelled at once, a running one by its worker. Undefined where it ended already, or is none. */
  cancel(estate: string, id: string, at: string): Promise<JobRecord | undefined>;
  /** Makes a failed, dead or cancelled job wait again. Undefined where it is in another state, or is none. */
  replay(estate: string, id: string, also: AlsoWithin): Promise<JobRecord | undefined>;
  /** Gives a job up for which no attempt is left, unless a worker holds it. */
  bury(estate: string, id: string, problem: Problem, at: string): Promise<void>;
  /** Jobs by state, and since when the oldest waits. */
  counts(estate: string): Promise<JobCounts>;
}

export interface JobCounts {
  readonly byState: Readonly<Partial<Record<JobState, number>>>;
  readonly oldestWaiting?: string;
}

export function jobStore(database: Database): JobStore {
  const { db } = database;
  return {
    add: (estate, job, also) => db.transaction().execute((trx) => add(database, trx, estate, job, also)),
    async get(estate, id) {
      const row = await byId(db, estate, id).executeTakeFirst();
      return row && jobOf(row);
    },
    async list(estate, { states, before, limit }) {
      let query = db.selectFrom('leeway.job').selectAll().where('estate', '=', estate);
      if (states) query = query.where('state', 'in', [...states, '']);
      if (before !== undefined) query = query.where('seq', '<', before as never);
      const rows = await query.orderBy('seq', 'desc').limit(limit).execute();
      return rows.map(jobOf);
    },
    cancel: (estate, id, at) => db.transaction().execute((trx) => cancel(database, trx, estate, id, at)),
    replay: (estate, id, also) => db.transaction().execute((trx) => replay(database, trx, estate, id, also)),
    async bury(estate, id, problem, at) {
      await db.transaction().execute(async (trx) => {
        const values = { state: 'dead', problem: JSON.stringify(problem), ended_at: timeValue(at), held_until: null };
        const query = trx.updateTable('leeway.job').set(values).where('estate', '=', estate).where('id', '=', id);
        // One that is held runs elsewhere, and is not lost.
        const { numUpdatedRows } = await query
          .where('state', 'in', ['waiting', 'running'])
          .where(sql<boolean>`(held_until IS NULL OR held_until < clock_timestamp())`)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) return;
        await trx.deleteFrom('leeway.scan_lease').where('estate', '=', estate).where('job', '=', id).execute();
        await database.signals.publish({ estate, topic: 'job', id }, trx);
      });
    },
    counts: (estate) => counts(db, estate),
  };
}

function byId(db: Db, estate: string, id: string) {
  return db.selectFrom('leeway.job').selectAll().where('estate', '=', estate).where('id', '=', id);
}

/** Between being in the way and being looked up the other job may have begun: then there is room. */
const addAttempts = 5;

async function add(database: Database, trx: Db, estate: string, job: NewJob, also: AlsoWithin): Promise<JobRecord> {
  const environments = JSON.stringify(job.environments.toSorted());
  const sources = JSON.stringify(job.sources.toSorted());
  const scope = digestHex(JSON.stringify([job.kind, environments, sources]), 32);
  const { kind, cause, requestedBy: requested_by = null, once = null } = job;
  const made = { estate, kind, cause, requested_by, environments, sources, scope, once, state: 'waiting' };
  for (let attempt = 0; attempt < addAttempts; attempt++) {
    const row = await trx
      .insertInto('leeway.job')
      .values({ ...made, id: randomUUID(), created_at: timeValue(job.at) })
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst();
    if (row) {
      await also(jobOf(row), runWithin(trx));
      await database.signals.publish({ estate, topic: 'job', id: row.id }, trx);
      return jobOf(row);
    }
    const known = await sameJob(trx, estate, scope, once);
    if (known) return known;
  }
  throw new Error('A job could neither be made nor found');
}

async function sameJob(trx: Db, estate: string, scope: string, once: string | null): Promise<JobRecord | undefined> {
  const row = await trx
    .selectFrom('leeway.job')
    .selectAll()
    .where('estate', '=', estate)
    .where((is) =>
      is.or([
        is.and([is('scope', '=', scope), is('state', '=', 'waiting'), is('started_at', 'is', null)]),
        ...(once === null ? [] : [is('once', '=', once)]),
      ]),
    )
    .limit(1)
    .executeTakeFirst();
  return row && jobOf(row);
}

async function cancel(
  database: Database,
  trx: Db,
  estate: string,
  id: string,
  at: string,
): Promise<JobRecord | undefined> {
  const row = await byId(trx, estate, id).forUpdate().executeTakeFirst();
  if (row?.state !== 'waiting' && row?.state !== 'running') return undefined;
  const ended = row.state === 'waiting' ? { state: 'cancelled', ended_at: timeValue(at) } : {};
  const changed = await trx
    .updateTable('leeway.job')
    .set({ is_cancel_requested: true, ...ended })
    .where('estate', '=', estate)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
  await database.signals.publish({ estate, topic: 'job', id }, trx);
  return jobOf(changed);
}

async function replay(
  database: Database,
  trx: Db,
  estate: string,
  id: string,
  also: AlsoWithin,
): Promise<JobRecord | undefined> {
  const values = { state: 'waiting', attempts: 0, is_cancel_requested: false, held_until: null, worker: null };
  const fresh = { started_at: null, ended_at: null, progress: null, outcome: null, problem: null };
  const row = await byId(trx, estate, id).forUpdate().executeTakeFirst();
  if (!row || !['failed', 'dead', 'cancelled'].includes(row.state)) return undefined;
  const known = await sameJob(trx, estate, row.scope, null);
  if (known) return known;
  const changed = await trx
    .updateTable('leeway.job')
    .set({ ...values, ...fresh })
    .where('estate', '=', estate)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
  await also(jobOf(changed), runWithin(trx));
  await database.signals.publish({ estate, topic: 'job', id }, trx);
  return jobOf(changed);
}

async function counts(db: Db, estate: string): Promise<JobCounts> {
  const { rows } = await sql<{ state: JobState; jobs: number; oldest: string }>`
    SELECT state, count(*) AS jobs, min(created_at) AS oldest FROM leeway.job WHERE estate = ${estate} GROUP BY state`.execute(
    db,
  );
  const oldest = rows.find(({ state }) => state === 'waiting')?.oldest;
  const byState = Object.fromEntries(rows.map(({ state, jobs }) => [state, jobs]));
  return { byState, ...(oldest !== undefined && { oldestWaiting: oldest }) };
}
