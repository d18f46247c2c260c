import { type Chunk, ProblemError, type Snapshot } from '@leeway/core';
import { packAt, packIdBytes } from '@leeway/core/snapshot/entry.ts';
import { expect, test } from 'vitest';
import type { LeewayStore } from '../src/store.ts';
import { indexOf, makeChunks, makePacks, makeSnapshot, minute } from './make.ts';

const never = minute(1_000_000);
/** Marks, sweeps chunks and marks their packs, sweeps packs. */
const rounds = 3;

export function testPruning(store: () => LeewayStore, freshEstate: () => string): void {
  const isStored = async (chunk: Chunk): Promise<boolean> => {
    try {
      await store().chunks.getChunks([chunk.id]);
      return true;
    } catch (error) {
      if (error instanceof ProblemError && error.problem.code === 'LW6010') return false;
      throw error;
    }
  };
  const saveScans = async (estate: string, count: number): Promise<{ saved: Snapshot[]; chunks: Chunk[] }> => {
    const saved: Snapshot[] = [];
    const all: Chunk[] = [];
    const chunks: Chunk[] = [];
    for (let scan = 0; scan < count; scan++) {
      const packs = makePacks(2);
      const moved = makeChunks(scan === 0 ? 64 : 2, packs);
      await store().chunks.putPacks(packs);
      await store().chunks.putChunks(moved);
      chunks.splice(scan, moved.length, ...moved);
      all.push(...moved);
      saved.push(makeSnapshot(estate, `${scan}`, indexOf(6, chunks), { takenAt: minute(scan) }));
      await store().snapshots.save(saved.at(-1)!);
    }
    return { saved, chunks: all };
  };

  test('keeps the newest of every slot whole and gives the room of the others back', async () => {
    const estate = freshEstate();
    const { saved, chunks } = await saveScans(estate, 6);
    const before = await store().sizes();
    const first = await store().prune(estate, { before: never, newest: 2, grace: 0 });
    expect(first.snapshots).toBe(4);
    for (let round = 1; round < rounds; round++) await store().prune(estate, { before: never, newest: 2, grace: 0 });
    for (const snapshot of saved.slice(4)) {
      expect(await store().snapshots.get(snapshot.header.id)).toEqual(snapshot);
      const ids = chunks
        .filter((chunk) => Buffer.from(snapshot.index.chunkIds).includes(Buffer.from(chunk.id)))
        .map((chunk) => chunk.id);
      const stored = await store().chunks.getChunks(ids);
      const packIds = stored.map((chunk) => chunk.entries.subarray(packAt, packAt + packIdBytes));
      expect(await store().chunks.getPacks(packIds)).toHaveLength(ids.length);
    }
    for (const snapshot of saved.slice(0, 4)) expect(await store().snapshots.get(snapshot.header.id)).toBeUndefined();
    const after = await store().sizes();
    expect(after.chunks.rows).toBeLessThan(before.chunks.rows);
    expect(after.snapshots.rows).toBe(before.snapshots.rows - 4);
  });

  test('keeps what is younger than the retention, and other estates', async () => {
    const [estate, neighbour] = [freshEstate(), freshEstate()];
    const { saved } = await saveScans(estate, 5);
    const other = await saveScans(neighbour, 2);
    const { snapshots } = await store().prune(estate, { before: minute(2), newest: 1, grace: 0 });
    expect(snapshots).toBe(2);
    for (const snapshot of [...saved.slice(2), ...other.saved]) {
      expect(await store().snapshots.get(snapshot.header.id)).toEqual(snapshot);
    }
  });

  test('a chunk put again is not removed, marked or not', async () => {
    const estate = freshEstate();
    const packs = makePacks(1);
    const [chunk] = makeChunks(1, packs);
    await store().chunks.putPacks(packs);
    await store().chunks.putChunks([chunk!]);
    await store().prune(estate, { before: never, newest: 1, grace: 3600 });
    await store().chunks.putPacks(packs);
    await store().chunks.putChunks([chunk!]);
    const snapshot = makeSnapshot(estate, 'late', indexOf(0, [chunk!]));
    await store().snapshots.save(snapshot);
    for (let round = 0; round < rounds; round++) await store().prune(estate, { before: never, newest: 1, grace: 0 });
    expect(await isStored(chunk!)).toBe(true);
    expect(await store().chunks.getPacks([packs[0]!.id])).toEqual(packs);
  });
}

/** Only where marking and removing are two steps: a store other processes write to. */
export function testGrace(store: () => LeewayStore, freshEstate: () => string): void {
  test('what a running scan has put survives prunings until its snapshot is saved', async () => {
    const estate = freshEstate();
    const packs = makePacks(3);
    const chunks = makeChunks(20, packs);
    await store().chunks.putPacks(packs);
    await store().chunks.putChunks(chunks);
    for (let round = 0; round < 3; round++) await store().prune(estate, { before: never, newest: 1 });
    await store().snapshots.save(makeSnapshot(estate, 'slow', indexOf(5, chunks)));
    expect(await store().chunks.getChunks(chunks.map((chunk) => chunk.id))).toEqual(chunks);
    expect(await store().chunks.getPacks(packs.map((pack) => pack.id))).toEqual(packs);
  });

  test('scans that run beside prunings lose nothing', async () => {
    const estate = freshEstate();
    const shared = makeChunks(30, []);
    const scan = async (number: number) => {
      const chunks = [...shared.slice(number), ...makeChunks(3, [])];
      await store().chunks.putChunks(chunks);
      const snapshot = makeSnapshot(estate, `${number}`, indexOf(6, chunks), { takenAt: minute(number) });
      await store().snapshots.save(snapshot);
      return snapshot;
    };
    const pruning = (async () => {
      for (let round = 0; round < 5; round++) await store().prune(estate, { before: never, newest: 3, grace: 600 });
    })();
    const saved: Snapshot[] = [];
    for (let number = 0; number < 12; number++) saved.push(await scan(number));
    await pruning;
    for (const snapshot of saved.slice(-3)) {
      expect(await store().snapshots.get(snapshot.header.id)).toEqual(snapshot);
    }
  });
}
