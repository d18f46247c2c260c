import type { Resource } from '../resource/resource.ts';
import { chunkIdOf, type LoadedIndex, loadIndex } from './chunk.ts';
import {
  type BodyRef,
  bodyRefAt,
  bucketAt,
  compareBytes,
  digestAt,
  digestBytesInEntry,
  entryBytes,
  keyHashAt,
  keyHashBytes,
  neutralAt,
} from './entry.ts';
import { loadResources } from './pack.ts';
import { type ChunkStore, chunkIdBytes, contentIdBytes, type SnapshotIndex } from './snapshot.ts';

/** Which digest two sides are held against each other by. */
export type DigestUse = 'within-environment' | 'across-environments';

/** `none` where digests were made under different rules and say nothing: every key is then handed out. */
type TrustedDigests = DigestUse | 'none';

const digestOffsets = { 'within-environment': digestAt, 'across-environments': neutralAt, none: undefined } as const;

/** One key whose digests differ, or that one side lacks. */
export interface ChangedEntry {
  readonly keyHash: string;
  readonly left?: BodyRef;
  readonly right?: BodyRef;
}

/**
 * Keys at which two indexes differ. Equal chunks are not even loaded, so that the cost follows the changes and not the
 * estate. Ordered by key hash.
 */
export async function changedEntries(
  store: ChunkStore,
  left: SnapshotIndex,
  right: SnapshotIndex,
  use: TrustedDigests,
): Promise<readonly ChangedEntry[]> {
  const bits = Math.min(left.bits, right.bits);
  const differing = differingBuckets(left, right, bits, use !== 'none');
  const before = await loadIndex(store, left, expandBuckets(differing, bits, left.bits));
  const after = await loadIndex(store, right, expandBuckets(differing, bits, right.bits));
  const at = digestOffsets[use];
  return differing.flatMap((bucket) => mergeBucket(collect(before, bucket, bits), collect(after, bucket, bits), at));
}

function differingBuckets(
  left: SnapshotIndex,
  right: SnapshotIndex,
  bits: number,
  trusted: boolean,
): readonly number[] {
  const buckets: number[] = [];
  // Chunks of different bucket sizes cannot be equal by id: their entries are compared.
  const comparable = trusted && left.bits === right.bits;
  for (let bucket = 0; bucket < 1 << bits; bucket++) {
    const at = bucket * chunkIdBytes;
    if (!comparable || compareBytes(left.chunkIds, at, right.chunkIds, at, contentIdBytes) !== 0) buckets.push(bucket);
  }
  return buckets;
}

/** The finer buckets that a coarse one covers. */
function expandBuckets(buckets: readonly number[], coarse: number, fine: number): readonly number[] {
  const factor = 1 << (fine - coarse);
  return factor === 1
    ? buckets
    : buckets.flatMap((bucket) => Array.from({ length: factor }, (_, at) => bucket * factor + at));
}

function collect(loaded: LoadedIndex, bucket: number, bits: number): Uint8Array {
  const factor = 1 << (loaded.index.bits - bits);
  if (factor === 1) return loaded.buckets[bucket] ?? new Uint8Array(0);
  return Buffer.concat(
    loaded.buckets.slice(bucket * factor, (bucket + 1) * factor).filter((part) => part !== undefined),
  );
}

/** Merges two lists of entries sorted by key hash. */
function mergeBucket(left: Uint8Array, right: Uint8Array, digestOffset: number | undefined): readonly ChangedEntry[] {
  const changed: ChangedEntry[] = [];
  let l = 0;
  let r = 0;
  while (l < left.length || r < right.length) {
    const order = l >= left.length ? 1 : r >= right.length ? -1 : compareBytes(left, l, right, r, keyHashBytes);
    const entry = pairAt(left, right, l, r, order, digestOffset);
    if (entry) changed.push(entry);
    if (order <= 0) l += entryBytes;
    if (order >= 0) r += entryBytes;
  }
  return changed;
}

function pairAt(
  left: Uint8Array,
  right: Uint8Array,
  l: number,
  r: number,
  order: number,
  digestOffset: number | undefined,
): ChangedEntry | undefined {
  if (order < 0) return { keyHash: keyHashAt(left, l), left: bodyRefAt(left, l) };
  if (order > 0) return { keyHash: keyHashAt(right, r), right: bodyRefAt(right, r) };
  const isEqual =
    digestOffset !== undefined &&
    compareBytes(left, l + digestOffset, right, r + digestOffset, digestBytesInEntry) === 0;
  if (isEqual) return undefined;
  return { keyHash: keyHashAt(left, l), left: bodyRefAt(left, l), right: bodyRefAt(right, r) };
}

/** Bodies of the given keys in one index, by key hash; keys that are not there are left out. */
export async function findResources(
  store: ChunkStore,
  index: SnapshotIndex,
  keyHashes: readonly string[],
): Promise<ReadonlyMap<string, Resource>> {
  const wanted = new Set(keyHashes);
  const buckets = new Set([...wanted].map((hash) => bucketAt(Buffer.from(hash, 'hex'), 0, index.bits)));
  const loaded = await loadIndex(
    store,
    index,
    [...buckets].sort((a, b) => a - b),
  );
  const hashes: string[] = [];
  const refs: BodyRef[] = [];
  for (const entries of loaded.buckets) {
    for (let at = 0; entries && at < entries.length; at += entryBytes) {
      const hash = keyHashAt(entries, at);
      if (!wanted.has(hash)) continue;
      hashes.push(hash);
      refs.push(bodyRefAt(entries, at));
    }
  }
  const resources = await loadResources(store, refs);
  return new Map(hashes.map((hash, at) => [hash, resources[at] as Resource] as const));
}

/** Every body of an index with its key hash, chunk by chunk. `chunk` is the content half of its id, in hexadecimal. */
export async function* walkChunks(
  store: ChunkStore,
  index: SnapshotIndex,
): AsyncGenerator<{
  readonly chunk: string;
  readonly entries: readonly { readonly keyHash: string; readonly body: BodyRef }[];
}> {
  const step = 512;
  for (let from = 0; from < 1 << index.bits; from += step) {
    const buckets = Array.from({ length: Math.min(step, (1 << index.bits) - from) }, (_, at) => from + at);
    const loaded = await loadIndex(store, index, buckets);
    for (const bucket of buckets) {
      const id = chunkIdOf(index, bucket);
      const entries = loaded.buckets[bucket];
      if (!id || !entries) continue;
      yield { chunk: Buffer.from(id.subarray(0, contentIdBytes)).toString('hex'), entries: entriesOf(entries) };
    }
  }
}

function entriesOf(entries: Uint8Array): readonly { readonly keyHash: string; readonly body: BodyRef }[] {
  const found: { keyHash: string; body: BodyRef }[] = [];
  for (let at = 0; at < entries.length; at += entryBytes) {
    found.push({ keyHash: keyHashAt(entries, at), body: bodyRefAt(entries, at) });
  }
  return found;
}
