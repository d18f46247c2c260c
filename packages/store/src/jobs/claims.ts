import type { Problem } from '@leeway/core';
import { sql } from 'kysely';
import type { Database, Db } from '../sql/database.ts';
import { runWithin } from '../sql/statements.ts';
import { timeValue } from '../sql/values.ts';
import { type JobOutcome, type JobProgress, type JobRecord, jobOf } from './job.ts';
import type { AlsoWithin } from './jobs.ts';

/** A source of an environment: what two scans never read at the same time. */
export interface Cell {
  readonly environment: string;
  readonly source: string;
}

/** The right of one worker to one attempt at a job. It is lost when it is not renewed in time. */
export interface Claim {
  readonly estate: string;
  readonly id: string;
  readonly attempt: number;
}

export interface Claimant {
  readonly worker: string;
  readonly cells: readonly Cell[];
  /** For how long, without being renewed. */
  readonly seconds: number;
  /** ISO 8601. */
  readonly at: string;
}

/** `busy`: something is read by another job, or this one runs elsewhere. `gone`: it ended, or is none. */
export type Claiming =
  | { readonly state: 'claimed'; readonly claim: Claim; readonly job: JobRecord }
  | { readonly state: 'busy' }
  | { readonly state: 'gone' };

/** How an attempt ended, where it did not end in findings. */
export type Ending =
  | { readonly state: 'waiting'; readonly problem?: Problem; readonly countsNot?: true }
  | { readonly state: 'failed' | 'dead'; readonly problem: Problem }
  | { readonly state: 'cancelled' }
  | { readonly state: 'done'; readonly outcome?: JobOutcome; readonly problem?: Problem };

/** Jobs of an estate, as workers hold them. */
export interface ClaimStore {
  claim(estate: string, id: string, claimant: Claimant): Promise<Claiming>;
  /** Renews a claim and keeps its progress; `lost` where another worker may have it by now. */
  hold(claim: Claim, seconds: number, progress?: JobProgress): Promise<'held' | 'cancelled' | 'lost'>;
  /** Ends the attempt; false where the claim was lost, and then nothing changes. */
  end(claim: Claim, ending: Ending, at: string, also?: AlsoWithin): Promise<boolean>;
}

/** Leases and claims are measured by the clock of the database: workers' clocks differ. */
const until = (seconds: number) => sql<string>`clock_timestamp() + make_interval(secs => ${seconds}::float8)`;

export function claimStore(database: Database): ClaimStore {
  const { db } = database;
  return {
    claim: (estate, id, claimant) =>
      db
        .transaction()
        .execute((trx) => claim(database, trx, estate, id, claimant))
        .catch((error: unknown) => {
          if (error instanceof Busy) return { state: 'busy' };
          throw error;
        }),
    hold: (held, seconds, progress) => db.transaction().execute((trx) => hold(database, trx, held, seconds, progress)),
    end: (held, ending, at, also) =>
      db.transaction().execute((trx) => endWithin(database, trx, held, ending, at, also)),
  };
}

/** Takes a half-made claim back. */
class Busy extends Error {}

async function claim(
  database: Database,
  trx: Db,
  estate: string,
  id: string,
  { worker, cells, seconds, at }: Claimant,
): Promise<Claiming> {
  const { rows } = await sql<{ state: string; is_cancel_requested: boolean; is_held: boolean }>`
    SELECT state, is_cancel_requested, coalesce(held_until > clock_timestamp(), false) AS is_held
    FROM leeway.job WHERE estate = ${estate} AND id = ${id} FOR UPDATE`.execute(trx);
  const [row] = rows;
  if (row?.state !== 'waiting' && row?.state !== 'running') return { state: 'gone' };
  if (row.state === 'running' && row.is_held) return { state: 'busy' };
  const update = trx.updateTable('leeway.job').where('estate', '=', estate).where('id', '=', id);
  if (row.is_cancel_requested) {
    await update.set({ state: 'cancelled', ended_at: timeValue(at), held_until: null }).execute();
    await freeCells(trx, estate, id);
    await database.signals.publish({ estate, topic: 'job', id }, trx);
    return { state: 'gone' };
  }
  await takeCells(trx, estate, id, cells, seconds);
  const taken = await update
    .set({
      state: 'running',
      worker,
      attempts: sql<number>`attempts + 1`,
      held_until: until(seconds),
      started_at: sql<string>`coalesce(started_at, ${timeValue(at)}::timestamptz)`,
      problem: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await database.signals.publish({ estate, topic: 'job', id }, trx);
  return { state: 'claimed', claim: { estate, id, attempt: taken.attempts }, job: jobOf(taken) };
}

/** All cells or none. In order, so that two claims never wait for each other. */
async function takeCells(trx: Db, estate: string, id: string, cells: readonly Cell[], seconds: number): Promise<void> {
  if (cells.length === 0) return;
  const ordered = cells.toSorted((left, right) => (cellKey(left) < cellKey(right) ? -1 : 1));
  const environments = ordered.map(({ environment }) => environment);
  const sources = ordered.map(({ source }) => source);
  const { numAffectedRows } = await sql`
    INSERT INTO leeway.scan_lease AS lease (estate, environment, source, job, until)
    SELECT ${estate}, environment, source, ${id}::uuid, ${until(seconds)}
    FROM unnest(${environments}::text[], ${sources}::text[]) AS cell (environment, source)
    ON CONFLICT (estate, environment, source) DO UPDATE SET job = excluded.job, until = excluded.until
    WHERE lease.until < clock_timestamp() OR lease.job = excluded.job`.execute(trx);
  if (numAffectedRows !== BigInt(cells.length)) throw new Busy();
}

function cellKey({ environment, source }: Cell): string {
  return `${environment}\0${source}`;
}

async function freeCells(trx: Db, estate: string, id: string): Promise<void> {
  await trx.deleteFrom('leeway.scan_lease').where('estate', '=', estate).where('job', '=', id).execute();
}

function heldRow(trx: Db, { estate, id, attempt }: Claim) {
  return trx
    .updateTable('leeway.job')
    .where('estate', '=', estate)
    .where('id', '=', id)
    .where('attempts', '=', attempt)
    .where('state', '=', 'running');
}

async function hold(
  database: Database,
  trx: Db,
  held: Claim,
  seconds: number,
  progress: JobProgress | undefined,
): Promise<'held' | 'cancelled' | 'lost'> {
  const { estate, id } = held;
  const row = await heldRow(trx, held)
    .set({ held_until: until(seconds), ...(progress && { progress: JSON.stringify(progress) }) })
    .returning('is_cancel_requested')
    .executeTakeFirst();
  if (!row) return 'lost';
  const leases = trx.updateTable('leeway.scan_lease').set({ until: until(seconds) });
  await leases.where('estate', '=', estate).where('job', '=', id).execute();
  if (progress) await database.signals.publish({ estate, topic: 'job', id }, trx);
  return row.is_cancel_requested ? 'cancelled' : 'held';
}

/** Ends an attempt inside a transaction that also holds what it brought about. */
export async function endWithin(
  database: Database,
  trx: Db,
  held: Claim,
  ending: Ending,
  at: string,
  also?: AlsoWithin,
): Promise<boolean> {
  const { estate, id } = held;
  const isWaiting = ending.state === 'waiting';
  const row = await heldRow(trx, held)
    .set({
      state: ending.state,
      held_until: null,
      worker: null,
      ...(!isWaiting && { ended_at: timeValue(at) }),
      ...(isWaiting && { progress: null }),
      ...('countsNot' in ending && { attempts: sql<number>`attempts - 1` }),
      ...('outcome' in ending && { outcome: JSON.stringify(ending.outcome) }),
      ...('problem' in ending && { problem: JSON.stringify(ending.problem) }),
    })
    .returningAll()
    .executeTakeFirst();
  if (!row) return false;
  await freeCells(trx, estate, id);
  await also?.(jobOf(row), runWithin(trx));
  await database.signals.publish({ estate, topic: 'job', id }, trx);
  return true;
}
