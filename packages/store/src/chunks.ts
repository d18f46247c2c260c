import { type Chunk, type ChunkStore, chunkIdBytes, type Pack, ProblemError, problem } from '@leeway/core';
import { packIdBytes } from '@leeway/core/snapshot/entry.ts';
import { type RawBuilder, sql } from 'kysely';
import type { Database, Db } from './sql/database.ts';
import { concatBytes, runsOf, toHex } from './sql/values.ts';

/** Rows and bytes one statement carries: large enough for speed, small enough for the embedded database's memory. */
const maximumRows = 4096;
const maximumBytes = 4 * 1024 * 1024;

/** Chunks and packs, addressed by content. */
export function chunkStore({ db }: Database): ChunkStore {
  return {
    async putChunks(chunks) {
      for (const batch of batchesOf(chunks, (chunk) => chunk.entries)) await putChunkBatch(db, batch);
    },
    async putPacks(packs) {
      for (const batch of batchesOf(packs, (pack) => pack.bytes)) await putPackBatch(db, batch);
    },
    async getChunks(ids) {
      const chunks: Chunk[] = [];
      for (const run of runsOf(ids, maximumRows)) chunks.push(...(await getChunkRun(db, run)));
      return chunks;
    },
    async getPacks(ids) {
      const packs: Pack[] = [];
      for (const run of runsOf(ids, 256)) packs.push(...(await getPackRun(db, run)));
      return packs;
    },
  };
}

/**
 * The ids as rows (`place`, `id`). One parameter of bytes and cuts of it: an array of byte strings would go over as
 * hexadecimal text, twice as long and slow to read.
 */
export function idRows(ids: readonly Uint8Array[], length: number): RawBuilder<unknown> {
  const odd = ids.find((id) => id.length !== length);
  if (odd) throw new Error(`The id ${toHex(odd)} should have ${length} bytes`);
  return sql`(
    SELECT place, substring(${concatBytes(ids)}::bytea FROM place * ${length}::int + 1 FOR ${length}::int) AS id
    FROM generate_series(0, ${ids.length - 1}::int) AS place)`;
}

/** Takes ids off the list of what pruning may remove; waits for a pruning that is removing them right now. */
export async function reprieve(db: Db, what: 'chunk' | 'pack', ids: readonly Uint8Array[]): Promise<void> {
  if (ids.length === 0) return;
  const length = what === 'chunk' ? chunkIdBytes : packIdBytes;
  await sql`DELETE FROM leeway.doomed WHERE what = ${what} AND id IN (SELECT id FROM ${idRows(ids, length)} AS given)`.execute(
    db,
  );
}

/** In order of id, so that two writers of the same rows wait for each other instead of deadlocking. */
function* batchesOf<T extends { readonly id: Uint8Array }>(
  items: readonly T[],
  bodyOf: (item: T) => Uint8Array,
): Generator<readonly T[]> {
  let batch: T[] = [];
  let bytes = 0;
  for (const item of items.toSorted((left, right) => Buffer.compare(left.id, right.id))) {
    const size = bodyOf(item).length;
    if (batch.length > 0 && (batch.length === maximumRows || bytes + size > maximumBytes)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(item);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

async function putChunkBatch(db: Db, chunks: readonly Chunk[]): Promise<void> {
  const ids = chunks.map((chunk) => chunk.id);
  const bodies = chunks.map((chunk) => chunk.entries);
  await db.transaction().execute(async (trx) => {
    await reprieve(trx, 'chunk', ids);
    await sql`INSERT INTO leeway.chunk (id, entries)
      SELECT id, body FROM ${idRows(ids, chunkIdBytes)} AS given JOIN ${bodyRows(bodies)} AS content USING (place)
      ON CONFLICT (id) DO NOTHING`.execute(trx);
  });
}

async function putPackBatch(db: Db, packs: readonly Pack[]): Promise<void> {
  const ids = packs.map((pack) => pack.id);
  const bodies = packs.map((pack) => pack.bytes);
  const counts = packs.map((pack) => pack.count);
  await db.transaction().execute(async (trx) => {
    await reprieve(trx, 'pack', ids);
    await sql`INSERT INTO leeway.pack (id, count, bytes)
      SELECT id, (${counts}::int[])[place + 1], body
      FROM ${idRows(ids, packIdBytes)} AS given JOIN ${bodyRows(bodies)} AS content USING (place)
      ON CONFLICT (id) DO NOTHING`.execute(trx);
  });
}

/** Byte strings as rows (`place`, `body`). */
function bodyRows(bodies: readonly Uint8Array[]): RawBuilder<unknown> {
  const starts: number[] = [];
  let next = 1;
  for (const body of bodies) {
    starts.push(next);
    next += body.length;
  }
  const lengths = bodies.map((body) => body.length);
  return sql`(
    SELECT (number - 1)::int AS place, substring(${concatBytes(bodies)}::bytea FROM start FOR length) AS body
    FROM unnest(${starts}::int[], ${lengths}::int[]) WITH ORDINALITY AS cut (start, length, number))`;
}

async function getChunkRun(db: Db, ids: readonly Uint8Array[]): Promise<readonly Chunk[]> {
  const { rows } = await sql<Chunk & { place: number }>`
    SELECT place, chunk.id, entries FROM ${idRows(ids, chunkIdBytes)} AS given JOIN leeway.chunk USING (id)`.execute(
    db,
  );
  const byPlace = new Map(rows.map(({ place, id, entries }) => [place, { id, entries }]));
  return inOrder(ids, byPlace, 'chunks');
}

async function getPackRun(db: Db, ids: readonly Uint8Array[]): Promise<readonly Pack[]> {
  const { rows } = await sql<Pack & { place: number }>`
    SELECT place, pack.id, count, bytes FROM ${idRows(ids, packIdBytes)} AS given JOIN leeway.pack USING (id)`.execute(
    db,
  );
  const byPlace = new Map(rows.map(({ place, id, count, bytes }) => [place, { id, count, bytes }]));
  return inOrder(ids, byPlace, 'packs');
}

/** What was found, as asked for. A missing one is lost data, never an empty answer. */
function inOrder<T>(ids: readonly Uint8Array[], found: ReadonlyMap<number, T>, what: 'chunks' | 'packs'): readonly T[] {
  const lost = ids.filter((_, place) => !found.has(place));
  const first = lost[0];
  if (first) throw new ProblemError(problem('LW6010', { what, count: lost.length, id: toHex(first) }));
  return ids.map((_, place) => found.get(place) as T);
}
