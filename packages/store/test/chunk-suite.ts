import { chunkIdBytes } from '@leeway/core';
import { packIdBytes } from '@leeway/core/snapshot/entry.ts';
import { expect, test } from 'vitest';
import type { LeewayStore } from '../src/store.ts';
import { bytesOf, makeChunks, makePacks } from './make.ts';

export function testChunks(store: () => LeewayStore): void {
  test('gives chunks and packs back as they were put, in the order asked for, repeats included', async () => {
    const packs = makePacks(70);
    const chunks = makeChunks(500, packs);
    await store().chunks.putPacks(packs);
    await store().chunks.putChunks(chunks);
    const asked = [chunks[499], chunks[0], chunks[7], chunks[0]].map((chunk) => chunk!);
    expect(await store().chunks.getChunks(asked.map((chunk) => chunk.id))).toEqual(asked);
    expect(await store().chunks.getPacks(packs.toReversed().map((pack) => pack.id))).toEqual(packs.toReversed());
  });

  test('puts nothing and asks for nothing', async () => {
    await store().chunks.putChunks([]);
    await store().chunks.putPacks([]);
    expect(await store().chunks.getChunks([])).toEqual([]);
    expect(await store().chunks.getPacks([])).toEqual([]);
  });

  test('keeps what came first under an id, even twice in one call', async () => {
    const [first] = makeChunks(1, []);
    await store().chunks.putChunks([first!, first!]);
    await store().chunks.putChunks([{ id: first!.id, entries: bytesOf(41) }]);
    expect(await store().chunks.getChunks([first!.id])).toEqual([first]);
  });

  test('throws on a missing chunk or pack and says how many and which', async () => {
    const chunks = makeChunks(3, []);
    await store().chunks.putChunks(chunks);
    const missing = new Uint8Array(chunkIdBytes).fill(0xab);
    const ids = [chunks[0]!.id, missing, chunks[1]!.id, missing];
    await expect(store().chunks.getChunks(ids)).rejects.toMatchObject({
      problem: { code: 'LW6010', message: expect.stringContaining('2 chunks') },
    });
    await expect(store().chunks.getPacks([missing.subarray(0, packIdBytes)])).rejects.toMatchObject({
      problem: { code: 'LW6010', message: expect.stringContaining('abababababababab') },
    });
  });

  test('takes packs larger than one statement and empty ones', async () => {
    const packs = [...makePacks(1, 5_000_000), ...makePacks(1, 0), ...makePacks(2, 3_000_000)];
    await store().chunks.putPacks(packs);
    const found = await store().chunks.getPacks(packs.map((pack) => pack.id));
    // Compared as bytes: the test runner takes seconds to compare millions of numbers.
    expect(packs.every((pack, at) => Buffer.compare(pack.bytes, found[at]!.bytes) === 0)).toBe(true);
  });
}
