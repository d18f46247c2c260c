import { chunkIdBytes, type SnapshotIndex } from '@leeway/core';

/** One moved bucket: its number in 4 bytes, big endian, then its chunk id (all zero: the bucket became empty). */
const recordBytes = 4 + chunkIdBytes;

/** Snapshots read one after the other before a full one; bounds what reading the last of them costs. */
export const maximumDepth = 31;
/** A delta with more than this share of the buckets is not worth following a chain for. */
const maximumShare = 0.2;

/** What moved from `base` to `next`; undefined where the whole list is the better form. */
export function encodeDelta(base: SnapshotIndex, next: SnapshotIndex): Uint8Array | undefined {
  if (base.bits !== next.bits) return undefined;
  const moved = movedBuckets(base.chunkIds, next.chunkIds);
  if (moved.length > maximumShare * 2 ** next.bits) return undefined;
  const delta = new Uint8Array(moved.length * recordBytes);
  const view = new DataView(delta.buffer);
  for (const [record, bucket] of moved.entries()) {
    view.setUint32(record * recordBytes, bucket);
    delta.set(idAt(next.chunkIds, bucket * chunkIdBytes), record * recordBytes + 4);
  }
  return delta;
}

/** Applies a delta to a list of chunk ids in place. */
export function applyDelta(chunkIds: Uint8Array, delta: Uint8Array): void {
  const view = new DataView(delta.buffer, delta.byteOffset, delta.byteLength);
  for (let at = 0; at < delta.length; at += recordBytes) {
    chunkIds.set(idAt(delta, at + 4), view.getUint32(at) * chunkIdBytes);
  }
}

/** The chunk ids a stored list or delta names, without empty buckets. */
export function idsIn(buckets: Uint8Array, isDelta: boolean): readonly Uint8Array[] {
  const step = isDelta ? recordBytes : chunkIdBytes;
  const ids: Uint8Array[] = [];
  for (let at = step - chunkIdBytes; at < buckets.length; at += step) {
    const id = idAt(buckets, at);
    if (id.some((byte) => byte !== 0)) ids.push(id);
  }
  return ids;
}

function movedBuckets(left: Uint8Array, right: Uint8Array): readonly number[] {
  const before = Buffer.from(left.buffer, left.byteOffset, left.byteLength);
  const moved: number[] = [];
  for (let at = 0; at < right.length; at += chunkIdBytes) {
    const isSame = before.compare(right, at, at + chunkIdBytes, at, at + chunkIdBytes) === 0;
    if (!isSame) moved.push(at / chunkIdBytes);
  }
  return moved;
}

function idAt(bytes: Uint8Array, at: number): Uint8Array {
  return bytes.subarray(at, at + chunkIdBytes);
}
