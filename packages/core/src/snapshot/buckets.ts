import { loadIndex } from './chunk.ts';
import { type BodyRef, bodyRefAt, entryBytes, keyHashAt } from './entry.ts';
import type { ChunkStore, SnapshotIndex } from './snapshot.ts';

/** One key with where each index has its body; undefined where an index has none. */
export interface SharedKey {
  readonly keyHash: string;
  readonly bodies: readonly (BodyRef | undefined)[];
}

/** Buckets loaded at a time at first, and at most: a page needs few, a search many. */
const [firstStep, lastStep] = [8, 256];

/**
 * The keys of several indexes side by side, bucket by bucket, each bucket's keys sorted. Buckets are numbered by the fewest
 * bits any index has; `from` is the first one to load.
 */
export async function* walkBuckets(
  store: ChunkStore,
  indexes: readonly SnapshotIndex[],
  from = 0,
): AsyncGenerator<{ readonly bucket: number; readonly keys: readonly SharedKey[] }> {
  const bits = Math.min(...indexes.map((index) => index.bits));
  let step = firstStep;
  let first = from;
  while (indexes.length > 0 && first < 1 << bits) {
    const [start, stop] = [first, Math.min(1 << bits, first + step)];
    const loaded = await Promise.all(indexes.map((index) => loadBuckets(store, index, bits, start, stop)));
    for (let bucket = start; bucket < stop; bucket++) {
      yield { bucket, keys: joinKeys(loaded.map((entries) => entries[bucket - start] ?? [])) };
    }
    first = stop;
    step = Math.min(lastStep, step * 2);
  }
}

async function loadBuckets(
  store: ChunkStore,
  index: SnapshotIndex,
  bits: number,
  first: number,
  end: number,
): Promise<readonly (readonly Uint8Array[])[]> {
  const factor = 1 << (index.bits - bits);
  const fine = Array.from({ length: (end - first) * factor }, (_, at) => first * factor + at);
  const { buckets } = await loadIndex(store, index, fine);
  return Array.from({ length: end - first }, (_, at) =>
    fine.slice(at * factor, (at + 1) * factor).flatMap((bucket) => buckets[bucket] ?? []),
  );
}

function joinKeys(parts: readonly (readonly Uint8Array[])[]): readonly SharedKey[] {
  const keys = new Map<string, (BodyRef | undefined)[]>();
  for (const [at, chunks] of parts.entries()) {
    for (const entries of chunks) {
      for (let offset = 0; offset < entries.length; offset += entryBytes) {
        const hash = keyHashAt(entries, offset);
        const bodies = keys.get(hash) ?? new Array<BodyRef | undefined>(parts.length).fill(undefined);
        bodies[at] = bodyRefAt(entries, offset);
        keys.set(hash, bodies);
      }
    }
  }
  return [...keys].sort(([one], [two]) => (one < two ? -1 : 1)).map(([keyHash, bodies]) => ({ keyHash, bodies }));
}
