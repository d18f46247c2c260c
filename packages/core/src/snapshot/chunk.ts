import { digestBytes } from '../json/digest.ts';
import { type BodyRef, bodyRefAt, bucketAt, compareBytes, entryBytes, identityBytes, keyHashBytes } from './entry.ts';
import { type Chunk, type ChunkStore, chunkIdBytes, contentIdBytes, type SnapshotIndex } from './snapshot.ts';

/** An index with the entries of its chunks. */
export interface LoadedIndex {
  readonly index: SnapshotIndex;
  /** Entries by bucket; undefined for an empty one. */
  readonly buckets: readonly (Uint8Array | undefined)[];
}

/** Mean entries of a chunk: small enough that one change rewrites little, large enough that chunks are few. */
const meanEntries = 16;
const maximumBits = 22;

/** Bits for a number of entries; stays with the previous ones until they are off by more than a factor of four. */
export function chooseBits(count: number, previous?: number): number {
  const ideal = Math.min(maximumBits, Math.max(0, Math.round(Math.log2(Math.max(1, count) / meanEntries))));
  return previous !== undefined && Math.abs(previous - ideal) <= 2 ? previous : ideal;
}

interface CutIndex {
  readonly index: SnapshotIndex;
  readonly chunks: readonly Chunk[];
  /** Entries kept. */
  readonly count: number;
  readonly duplicates: readonly BodyRef[];
}

/** Sorts entries into buckets and cuts one chunk a bucket. `entries` may be in any order. */
export function cutChunks(entries: Uint8Array, bits: number, previous?: LoadedIndex): CutIndex {
  const starts = bucketStarts(entries, bits);
  const sorted = sortIntoBuckets(entries, bits, starts);
  const chunkIds = new Uint8Array(chunkIdBytes << bits);
  const chunks: Chunk[] = [];
  const duplicates: BodyRef[] = [];
  let count = 0;
  for (let bucket = 0; bucket < 1 << bits; bucket++) {
    const from = (starts[bucket] as number) * entryBytes;
    const to = (starts[bucket + 1] as number) * entryBytes;
    if (from === to) continue;
    const kept = dropDuplicates(sortEntries(sorted.subarray(from, to)), duplicates);
    if (kept.length === 0) continue;
    count += kept.length / entryBytes;
    const id = chunkId(kept);
    chunkIds.set(id, bucket * chunkIdBytes);
    if (!hasChunk(previous, bits, bucket, id)) chunks.push({ id, entries: kept });
  }
  return { index: { bits, chunkIds }, chunks, count, duplicates };
}

/** Index of the first entry of each bucket, and one more for the end. */
function bucketStarts(entries: Uint8Array, bits: number): Uint32Array {
  const starts = new Uint32Array((1 << bits) + 1);
  for (let at = 0; at < entries.length; at += entryBytes) {
    const next = bucketAt(entries, at, bits) + 1;
    starts[next] = (starts[next] as number) + 1;
  }
  for (let bucket = 1; bucket < starts.length; bucket++) {
    starts[bucket] = (starts[bucket] as number) + (starts[bucket - 1] as number);
  }
  return starts;
}

function sortIntoBuckets(entries: Uint8Array, bits: number, starts: Uint32Array): Uint8Array {
  const sorted = new Uint8Array(entries.length);
  const next = starts.slice();
  for (let at = 0; at < entries.length; at += entryBytes) {
    const bucket = bucketAt(entries, at, bits);
    const to = next[bucket] as number;
    next[bucket] = to + 1;
    sorted.set(entries.subarray(at, at + entryBytes), to * entryBytes);
  }
  return sorted;
}

/** Entries of one bucket by key hash, then by digests, so that order of arrival leaves no trace. */
function sortEntries(entries: Uint8Array): Uint8Array {
  const offsets = Array.from({ length: entries.length / entryBytes }, (_, at) => at * entryBytes);
  offsets.sort((left, right) => compareBytes(entries, left, entries, right, entryBytes));
  const sorted = new Uint8Array(entries.length);
  for (const [at, offset] of offsets.entries()) {
    sorted.set(entries.subarray(offset, offset + entryBytes), at * entryBytes);
  }
  return sorted;
}

/** Leaves out entries that share a key hash: of two resources with one name neither can be compared. */
function dropDuplicates(entries: Uint8Array, duplicates: BodyRef[]): Uint8Array {
  const same = (at: number, other: number) =>
    other >= 0 && other < entries.length && compareBytes(entries, at, entries, other, keyHashBytes) === 0;
  const kept: number[] = [];
  for (let at = 0; at < entries.length; at += entryBytes) {
    const [before, after] = [same(at, at - entryBytes), same(at, at + entryBytes)];
    if (!before && !after) kept.push(at);
    else if (!before) duplicates.push(bodyRefAt(entries, at));
  }
  if (kept.length * entryBytes === entries.length) return entries;
  const rest = new Uint8Array(kept.length * entryBytes);
  for (const [to, from] of kept.entries()) rest.set(entries.subarray(from, from + entryBytes), to * entryBytes);
  return rest;
}

/** What a chunk's resources are, then where their bodies lie. */
function chunkId(entries: Uint8Array): Uint8Array {
  const identities = new Uint8Array((entries.length / entryBytes) * identityBytes);
  for (let at = 0, to = 0; at < entries.length; at += entryBytes, to += identityBytes) {
    identities.set(entries.subarray(at, at + identityBytes), to);
  }
  const id = new Uint8Array(chunkIdBytes);
  id.set(digestBytes(identities).subarray(0, contentIdBytes));
  id.set(digestBytes(entries).subarray(0, chunkIdBytes - contentIdBytes), contentIdBytes);
  return id;
}

function hasChunk(previous: LoadedIndex | undefined, bits: number, bucket: number, id: Uint8Array): boolean {
  return (
    previous?.index.bits === bits &&
    compareBytes(previous.index.chunkIds, bucket * chunkIdBytes, id, 0, chunkIdBytes) === 0
  );
}

/** The id of a bucket's chunk, or undefined for an empty bucket. */
export function chunkIdOf(index: SnapshotIndex, bucket: number): Uint8Array | undefined {
  const id = index.chunkIds.subarray(bucket * chunkIdBytes, (bucket + 1) * chunkIdBytes);
  return id.some((byte) => byte !== 0) ? id : undefined;
}

/** Loads the chunks of the given buckets (of all, when none are given). */
export async function loadIndex(
  store: ChunkStore,
  index: SnapshotIndex,
  only?: readonly number[],
): Promise<LoadedIndex> {
  const buckets: (Uint8Array | undefined)[] = new Array(1 << index.bits).fill(undefined);
  const wanted: { bucket: number; id: Uint8Array }[] = [];
  for (const bucket of only ?? buckets.keys()) {
    const id = chunkIdOf(index, bucket);
    if (id) wanted.push({ bucket, id });
  }
  for (let from = 0; from < wanted.length; from += chunksAtOnce) {
    const batch = wanted.slice(from, from + chunksAtOnce);
    const chunks = await store.getChunks(batch.map(({ id }) => id));
    for (const [at, { bucket }] of batch.entries()) buckets[bucket] = chunks[at]?.entries;
  }
  return { index, buckets };
}

const chunksAtOnce = 4096;
