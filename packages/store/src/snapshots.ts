import { chunkIdBytes, type Plane, ProblemError, problem, type Snapshot, type SnapshotHeader } from '@leeway/core';
import type { SnapshotSlot, SnapshotStore } from '@leeway/engine';
import { sql } from 'kysely';
import { idRows, reprieve } from './chunks.ts';
import { applyDelta, encodeDelta, idsIn, maximumDepth } from './delta.ts';
import type { Database, Db } from './sql/database.ts';
import { lockFor } from './sql/lock.ts';
import { runsOf, timeValue, toHex } from './sql/values.ts';

/** Snapshots by slot. Each is stored as what moved since the one before it, and now and then in full. */
export function snapshotStore({ db }: Database): SnapshotStore {
  return {
    save: (snapshot) => db.transaction().execute((trx) => save(trx, snapshot)),
    latest: (slot) => db.transaction().execute((trx) => latest(trx, slot)),
    get: (id) =>
      db.transaction().execute(async (trx) => {
        const found = await trx.selectFrom('leeway.snapshot').select('estate').where('id', '=', id).executeTakeFirst();
        return found && readSnapshot(trx, found.estate, id);
      }),
    heads: (estate, environment, slots, before) => heads(db, estate, environment, slots, before),
    async list(slot, limit) {
      let query = db.selectFrom('leeway.snapshot').select('header').where('estate', '=', slot.estate);
      if (slot.environment !== undefined) query = query.where('environment', '=', slot.environment);
      if (slot.source !== undefined) query = query.where('source', '=', slot.source);
      if (slot.plane !== undefined) query = query.where('plane', '=', slot.plane);
      const rows = await query.orderBy('taken_at', 'desc').orderBy('seq', 'desc').limit(limit).execute();
      return rows.map((row) => row.header as SnapshotHeader);
    },
  };
}

/** A snapshot as its row holds it. */
interface StoredBuckets {
  readonly base: string | null;
  readonly depth: number;
  readonly buckets: Uint8Array;
}

async function save(trx: Db, { header, index }: Snapshot): Promise<void> {
  const { id, estate, environment, source, plane } = header;
  // Pruning must not take away the base between choosing it and referring to it.
  await lockFor(trx, 'snapshots', estate, 'shared');
  const previous = await latest(trx, { estate, environment, source, plane });
  const stored = await chooseForm(trx, previous, index);
  await requireChunks(trx, idsIn(stored.buckets, stored.base !== null));
  await trx
    .insertInto('leeway.snapshot')
    .values({
      ...{ estate, id, environment, source, plane, ...stored },
      taken_at: timeValue(header.takenAt),
      header: JSON.stringify(header),
      bits: index.bits,
    })
    .onConflict((conflict) => conflict.columns(['estate', 'id']).doNothing())
    .execute();
}

/** A delta against the newest of the slot where that is small and its chain is short, else the whole list. */
async function chooseForm(trx: Db, previous: Snapshot | undefined, index: Snapshot['index']): Promise<StoredBuckets> {
  const full: StoredBuckets = { base: null, depth: 0, buckets: index.chunkIds };
  const delta = previous && encodeDelta(previous.index, index);
  if (!previous || !delta) return full;
  const { estate, id } = previous.header;
  const { depth } = await trx
    .selectFrom('leeway.snapshot')
    .select('depth')
    .where('estate', '=', estate)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return depth >= maximumDepth ? full : { base: id, depth: depth + 1, buckets: delta };
}

/** A snapshot is acknowledged only when every chunk it adds is there, and none of them may be pruned from now on. */
async function requireChunks(trx: Db, ids: readonly Uint8Array[]): Promise<void> {
  for (const run of runsOf(ids, 16_384)) {
    await reprieve(trx, 'chunk', run);
    const { rows } = await sql<{ id: Uint8Array; total: number }>`
      SELECT given.id, count(*) OVER () AS total FROM ${idRows(run, chunkIdBytes)} AS given
      WHERE NOT EXISTS (SELECT FROM leeway.chunk WHERE chunk.id = given.id) LIMIT 1`.execute(trx);
    const first = rows[0];
    if (first) throw new ProblemError(problem('LW6010', { what: 'chunks', count: first.total, id: toHex(first.id) }));
  }
}

async function latest(trx: Db, slot: SnapshotSlot): Promise<Snapshot | undefined> {
  const newest = await trx
    .selectFrom('leeway.snapshot')
    .select('id')
    .where('estate', '=', slot.estate)
    .where('environment', '=', slot.environment)
    .where('source', '=', slot.source)
    .where('plane', '=', slot.plane satisfies Plane)
    .orderBy('taken_at', 'desc')
    .orderBy('seq', 'desc')
    .executeTakeFirst();
  return newest && readSnapshot(trx, slot.estate, newest.id);
}

async function heads(
  db: Db,
  estate: string,
  environment: string,
  slots: Parameters<SnapshotStore['heads']>[2],
  before: string | undefined,
): Promise<readonly SnapshotHeader[]> {
  const sources = slots.map(({ source }) => source);
  const planes = slots.map(({ plane }) => plane);
  const until = before === undefined ? sql`` : sql`AND taken_at <= ${timeValue(before)}::timestamptz`;
  const { rows } = await sql<{ header: SnapshotHeader }>`
    SELECT head.header FROM unnest(${sources}::text[], ${planes}::text[]) AS slot(source, plane)
    CROSS JOIN LATERAL (
      SELECT header FROM leeway.snapshot
      WHERE estate = ${estate} AND environment = ${environment} AND source = slot.source AND plane = slot.plane ${until}
      ORDER BY taken_at DESC, seq DESC LIMIT 1
    ) AS head`.execute(db);
  return rows.map((row) => row.header);
}

/** Follows the chain of bases down to a full list and applies the deltas on the way back. */
export async function readSnapshot(trx: Db, estate: string, id: string): Promise<Snapshot> {
  const { rows } = await sql<StoredBuckets & { bits: number; header: SnapshotHeader }>`
    WITH RECURSIVE chain AS (
      SELECT * FROM leeway.snapshot WHERE estate = ${estate} AND id = ${id}
      UNION ALL
      SELECT base.* FROM chain JOIN leeway.snapshot AS base ON base.estate = chain.estate AND base.id = chain.base
    ) SELECT header, bits, base, depth, buckets FROM chain ORDER BY depth`.execute(trx);
  const [full, ...deltas] = rows;
  const newest = rows.at(-1);
  if (!full || !newest || full.base !== null) {
    throw new ProblemError(problem('LW6010', { what: 'snapshots', count: 1, id: full?.base ?? id }));
  }
  const chunkIds = full.buckets.slice();
  for (const { buckets } of deltas) applyDelta(chunkIds, buckets);
  return { header: newest.header, index: { bits: newest.bits, chunkIds } };
}
