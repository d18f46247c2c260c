import { chunkIdBytes, contentIdBytes } from '@leeway/core';
import { entryBytes, packAt, packIdBytes } from '@leeway/core/snapshot/entry.ts';
import { sql } from 'kysely';
import { idRows, reprieve } from './chunks.ts';
import { idsIn } from './delta.ts';
import { readSnapshot } from './snapshots.ts';
import type { Database, Db } from './sql/database.ts';
import { lockFor } from './sql/lock.ts';
import { runsOf, timeValue, toHex } from './sql/values.ts';
import type { Pruned, Retention } from './store.ts';

const daySeconds = 86_400;
const rowsAtATime = 8192;

type What = 'chunk' | 'pack';
const idBytes: Readonly<Record<What, number>> = { chunk: chunkIdBytes, pack: packIdBytes };

/**
 * Removes old snapshots, then sweeps and marks what nothing refers to.
 *
 * A chunk is in use while a snapshot of any estate names it, a pack while a chunk names it that is still stored. What
 * is not in use is first only marked (`leeway.doomed`), and swept by a later pruning once the mark is older than the
 * grace time and it is still not in use. Putting something again takes its mark away in the same transaction: either the
 * sweep comes first and the writer puts it anew, or the writer comes first and the sweep no longer sees a mark.
 */
export async function prune({ db }: Database, estate: string, keep: Retention): Promise<Pruned> {
  const grace = keep.grace ?? daySeconds;
  const snapshots = await db.transaction().execute((trx) => removeSnapshots(trx, estate, keep));
  return db.transaction().execute(async (trx) => {
    await lockFor(trx, 'content', '', 'alone');
    const chunks = await sweepAndMark(trx, 'chunk', grace);
    const packs = await sweepAndMark(trx, 'pack', grace);
    const stale = sql<boolean>`put_at < ${timeValue(keep.before)}
      OR NOT EXISTS (
        SELECT FROM leeway.chunk WHERE substring(chunk.id for ${contentIdBytes}::int) = policy_result.chunk_id)`;
    const results = await trx.deleteFrom('leeway.policy_result').where(stale).executeTakeFirst();
    return { snapshots, chunks, packs, policyResults: Number(results.numDeletedRows) };
  });
}

async function removeSnapshots(trx: Db, estate: string, { before, newest }: Retention): Promise<number> {
  await lockFor(trx, 'snapshots', estate, 'alone');
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM (
      SELECT id, taken_at, row_number() OVER (
        PARTITION BY environment, source, plane ORDER BY taken_at DESC, seq DESC) AS age
      FROM leeway.snapshot WHERE estate = ${estate}
    ) AS aged WHERE age > ${Math.max(1, newest)}::int AND taken_at < ${timeValue(before)}`.execute(trx);
  const ids = rows.map((row) => row.id);
  await makeFull(trx, estate, ids);
  const { numDeletedRows } = await trx
    .deleteFrom('leeway.snapshot')
    .where('estate', '=', estate)
    .where(sql<boolean>`id = ANY (${ids}::text[])`)
    .executeTakeFirst();
  return Number(numDeletedRows);
}

/** Snapshots that stay and build on one that goes are written in full. */
async function makeFull(trx: Db, estate: string, going: readonly string[]): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM leeway.snapshot
    WHERE estate = ${estate} AND base = ANY (${going}::text[]) AND NOT id = ANY (${going}::text[])`.execute(trx);
  for (const { id } of rows) {
    const { index } = await readSnapshot(trx, estate, id);
    await trx
      .updateTable('leeway.snapshot')
      .set({ base: null, depth: 0, buckets: index.chunkIds })
      .where('estate', '=', estate)
      .where('id', '=', id)
      .execute();
  }
}

async function sweepAndMark(trx: Db, what: What, grace: number): Promise<number> {
  const due = await sql<{ id: Uint8Array }>`
    SELECT id FROM leeway.doomed
    WHERE what = ${what} AND since <= clock_timestamp() - make_interval(secs => ${grace}::float8)
    ORDER BY id FOR UPDATE`.execute(trx);
  // Read after the marks are locked: whoever refers to one of them from now on waits for this transaction.
  const used = what === 'chunk' ? await readUsedChunks(trx) : await readUsedPacks(trx);
  const idle = due.rows.map((row) => row.id).filter((id) => !used.has(toHex(id)));
  await remove(trx, what, idle);
  await unmark(trx, what, used);
  await mark(trx, what, used);
  return idle.length;
}

async function readUsedChunks(trx: Db): Promise<ReadonlySet<string>> {
  const used = new Set<string>();
  const snapshots = await trx.selectFrom('leeway.snapshot').select(['estate', 'id']).execute();
  for (const { estate, id } of snapshots) {
    const query = trx.selectFrom('leeway.snapshot').select(['base', 'buckets']).where('estate', '=', estate);
    const row = await query.where('id', '=', id).executeTakeFirst();
    if (row) for (const chunk of idsIn(row.buckets, row.base !== null)) used.add(toHex(chunk));
  }
  return used;
}

async function readUsedPacks(trx: Db): Promise<ReadonlySet<string>> {
  const used = new Set<string>();
  for await (const { entries } of rowsById<{ id: Uint8Array; entries: Uint8Array }>(trx, 'chunk', 'id, entries')) {
    for (let at = packAt; at < entries.length; at += entryBytes)
      used.add(toHex(entries.subarray(at, at + packIdBytes)));
  }
  return used;
}

async function remove(trx: Db, what: What, ids: readonly Uint8Array[]): Promise<void> {
  for (const run of runsOf(ids, rowsAtATime)) {
    const given = idRows(run, idBytes[what]);
    await sql`DELETE FROM ${sql.id('leeway', what)} WHERE id IN (SELECT id FROM ${given} AS given)`.execute(trx);
    await reprieve(trx, what, run);
  }
}

/** Takes the mark from what came into use without being put again. */
async function unmark(trx: Db, what: What, used: ReadonlySet<string>): Promise<void> {
  const rows = await trx.selectFrom('leeway.doomed').select('id').where('what', '=', what).execute();
  const back = rows.map((row) => row.id).filter((id) => used.has(toHex(id)));
  for (const run of runsOf(back, rowsAtATime)) await reprieve(trx, what, run);
}

async function mark(trx: Db, what: What, used: ReadonlySet<string>): Promise<void> {
  const idle: Uint8Array[] = [];
  for await (const { id } of rowsById<{ id: Uint8Array }>(trx, what, 'id')) if (!used.has(toHex(id))) idle.push(id);
  for (const run of runsOf(idle, rowsAtATime)) {
    await sql`INSERT INTO leeway.doomed (what, id) SELECT ${what}, id FROM ${idRows(run, idBytes[what])} AS given
      ON CONFLICT DO NOTHING`.execute(trx);
  }
}

/** Rows of a table in order of id, some at a time. */
async function* rowsById<R extends { readonly id: Uint8Array }>(
  trx: Db,
  what: What,
  columns: string,
): AsyncGenerator<R> {
  let after: Uint8Array = new Uint8Array(0);
  for (;;) {
    const { rows } = await sql<R>`SELECT ${sql.raw(columns)} FROM ${sql.id('leeway', what)}
      WHERE id > ${after} ORDER BY id LIMIT ${rowsAtATime}::int`.execute(trx);
    yield* rows;
    const last = rows.at(-1);
    if (!last) return;
    after = last.id;
  }
}
