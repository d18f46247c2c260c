import { chunkIdBytes, type Snapshot } from '@leeway/core';
import { expect, test } from 'vitest';
import type { LeewayStore } from '../src/store.ts';
import { bytesOf, indexOf, makeChunks, makeSnapshot, minute } from './make.ts';

const slotOf = ({ header: { estate, environment, source, plane } }: Snapshot) => ({
  estate,
  environment,
  source,
  plane,
});

export function testSnapshots(store: () => LeewayStore, freshEstate: () => string): void {
  test('reads back what it saved, by slot and by id', async () => {
    const estate = freshEstate();
    const chunks = makeChunks(5, []);
    await store().chunks.putChunks(chunks);
    const completeness = [{ kind: 'Secret', state: 'failed', count: 0, problems: [] }] as const;
    const snapshot = makeSnapshot(estate, 's', indexOf(3, chunks), { revision: 'abc', completeness });
    await store().snapshots.save(snapshot);
    expect(await store().snapshots.latest(slotOf(snapshot))).toEqual(snapshot);
    expect(await store().snapshots.get(snapshot.header.id)).toEqual(snapshot);
    expect(await store().snapshots.latest({ ...slotOf(snapshot), plane: 'declared' })).toBeUndefined();
    expect(await store().snapshots.get('nothing')).toBeUndefined();
  });

  test('reads every snapshot of a long row of rescans, whatever form each was stored in', async () => {
    const estate = freshEstate();
    const chunks = [...makeChunks(256, [])];
    await store().chunks.putChunks(chunks);
    const saved: Snapshot[] = [];
    for (let scan = 0; scan < 70; scan++) {
      // Mostly a few buckets move, sometimes none, sometimes half of them.
      const moving = scan % 23 === 22 ? 128 : scan % 5;
      const moved = makeChunks(moving, []);
      await store().chunks.putChunks(moved);
      chunks.splice((scan * 7) % 100, moving, ...moved);
      saved.push(makeSnapshot(estate, `${scan}`, indexOf(scan < 50 ? 8 : 9, chunks), { takenAt: minute(scan) }));
      await store().snapshots.save(saved.at(-1)!);
    }
    expect(await store().snapshots.latest(slotOf(saved[0]!))).toEqual(saved.at(-1));
    for (const snapshot of saved) expect(await store().snapshots.get(snapshot.header.id)).toEqual(snapshot);
  });

  test('stores buckets that became empty', async () => {
    const estate = freshEstate();
    const chunks = makeChunks(16, []);
    await store().chunks.putChunks(chunks);
    await store().snapshots.save(makeSnapshot(estate, 'full', indexOf(4, chunks)));
    const empty = makeSnapshot(estate, 'less', indexOf(4, chunks.slice(0, 14)), { takenAt: minute(1) });
    await store().snapshots.save(empty);
    expect(await store().snapshots.latest(slotOf(empty))).toEqual(empty);
  });

  test('knows the newest of every slot, now and as of a moment', async () => {
    const estate = freshEstate();
    const readings = [
      ['cluster', 'observed', 1],
      ['cluster', 'observed', 5],
      ['cluster', 'declared', 2],
      ['database', 'observed', 4],
    ] as const;
    for (const [at, [source, plane, time]] of readings.entries()) {
      await store().snapshots.save(
        makeSnapshot(estate, `${at}`, indexOf(0, []), { source, plane, takenAt: minute(time) }),
      );
    }
    const slots = [
      { source: 'cluster', plane: 'observed' },
      { source: 'cluster', plane: 'declared' },
      { source: 'database', plane: 'observed' },
      { source: 'other', plane: 'observed' },
    ] as const;
    const at = async (before?: string) => {
      const heads = await store().snapshots.heads(estate, 'production', slots, before);
      return heads.map(({ source, plane, takenAt }) => `${source} ${plane} ${takenAt}`).sort();
    };
    const [declared, old] = [`cluster declared ${minute(2)}`, `cluster observed ${minute(1)}`];
    expect(await at()).toEqual([declared, `cluster observed ${minute(5)}`, `database observed ${minute(4)}`]);
    expect(await at(minute(2))).toEqual([declared, old]);
    expect(await at(minute(1))).toEqual([old]);
    expect(await at(minute(0))).toEqual([]);
    expect(await store().snapshots.heads(estate, 'production', [])).toEqual([]);
  });

  test('lists newest first by what is asked for; the latest is the newest taken, not the last saved', async () => {
    const estate = freshEstate();
    const index = indexOf(0, []);
    const times = [5, 9, 1];
    for (const time of times) {
      await store().snapshots.save(makeSnapshot(estate, `${time}`, index, { takenAt: minute(time) }));
      await store().snapshots.save(
        makeSnapshot(estate, `t${time}`, index, { takenAt: minute(time), environment: 'test' }),
      );
    }
    const ids = async (slot: object, limit: number) =>
      (await store().snapshots.list({ estate, ...slot }, limit)).map((header) => header.id.slice(estate.length + 1));
    expect(await ids({ environment: 'production' }, 10)).toEqual(['9', '5', '1']);
    expect(await ids({ environment: 'test' }, 2)).toEqual(['t9', 't5']);
    expect(await ids({ source: 'elsewhere' }, 10)).toEqual([]);
    expect(await ids({}, 10)).toEqual(['t9', '9', 't5', '5', 't1', '1']);
    const slot = slotOf(makeSnapshot(estate, 'x', index));
    expect((await store().snapshots.latest(slot))?.header.takenAt).toBe(minute(9));
  });

  test('refuses a snapshot whose chunks were not put, and keeps the earlier one', async () => {
    const estate = freshEstate();
    const chunks = makeChunks(8, []);
    await store().chunks.putChunks(chunks);
    const good = makeSnapshot(estate, 'good', indexOf(3, chunks));
    await store().snapshots.save(good);
    const chunkIds = good.index.chunkIds.slice();
    chunkIds.set(bytesOf(chunkIdBytes), 0);
    const bad = makeSnapshot(estate, 'bad', { bits: 3, chunkIds }, { takenAt: minute(1) });
    await expect(store().snapshots.save(bad)).rejects.toMatchObject({ problem: { code: 'LW6010' } });
    expect(await store().snapshots.latest(slotOf(good))).toEqual(good);
  });

  test('saving one twice is the same as once', async () => {
    const estate = freshEstate();
    const snapshot = makeSnapshot(estate, 'twice', indexOf(2, []));
    await store().snapshots.save(snapshot);
    await store().snapshots.save(snapshot);
    expect(await store().snapshots.list({ estate }, 10)).toEqual([snapshot.header]);
    expect(await store().snapshots.get(snapshot.header.id)).toEqual(snapshot);
  });

  test('keeps what no text column could hold in the header', async () => {
    const estate = freshEstate();
    const completeness = [{ kind: 'a\u0000b', state: 'complete', count: 1, problems: [] }] as const;
    const snapshot = makeSnapshot(estate, 'odd', indexOf(0, []), { completeness });
    await store().snapshots.save(snapshot);
    expect(await store().snapshots.latest(slotOf(snapshot))).toEqual(snapshot);
  });
}
