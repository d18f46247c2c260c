import { chunkIdBytes } from '@leeway/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyDelta, encodeDelta, idsIn } from './delta.ts';

const bits = 7;
/** A chunk id made of one number; 0 is an empty bucket. */
const idOf = (number: number): Uint8Array => new Uint8Array(chunkIdBytes).fill(number);
const joinIds = (numbers: readonly number[]): Uint8Array => new Uint8Array(Buffer.concat(numbers.map(idOf)));
const numbers = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 1 << bits, maxLength: 1 << bits });
const moves = fc.array(fc.tuple(fc.nat((1 << bits) - 1), fc.nat(255)), { maxLength: 40 });

test('what moved, applied to what was before, is what came after', () => {
  fc.assert(
    fc.property(numbers, moves, (before, moved) => {
      const after = [...before];
      for (const [bucket, id] of moved) after[bucket] = id;
      const changed = after.flatMap((id, bucket) => (id === before[bucket] ? [] : [id]));
      const [base, next] = [before, after].map((ids) => ({ bits, chunkIds: joinIds(ids) }));
      const delta = encodeDelta(base!, next!);
      expect(delta === undefined).toBe(changed.length > 0.2 * 2 ** bits);
      if (!delta) return;
      const chunkIds = base!.chunkIds.slice();
      applyDelta(chunkIds, delta);
      expect(chunkIds).toEqual(next!.chunkIds);
      expect(idsIn(delta, true)).toEqual(changed.filter((id) => id !== 0).map(idOf));
    }),
    { seed: 7 },
  );
});

test('an index of another size has no delta', () => {
  const base = { bits: 1, chunkIds: joinIds([1, 2]) };
  expect(encodeDelta(base, { bits: 2, chunkIds: joinIds([1, 2, 3, 4]) })).toBeUndefined();
});

test('the ids of a full list leave empty buckets out', () => {
  expect(idsIn(joinIds([0, 3, 0, 4]), false)).toEqual([idOf(3), idOf(4)]);
});
