import { randomBytes } from 'node:crypto';
import {
  type Chunk,
  chunkIdBytes,
  type Finding,
  type Pack,
  type Snapshot,
  type SnapshotHeader,
  type SnapshotIndex,
} from '@leeway/core';
import { entryBytes, packAt, packIdBytes } from '@leeway/core/snapshot/entry.ts';

/** The n-th minute of a day in 2026. */
export function minute(number: number): string {
  return new Date(Date.UTC(2026, 0, 1) + number * 60_000).toISOString();
}

export function bytesOf(length: number): Uint8Array {
  return new Uint8Array(randomBytes(length));
}

export function makePacks(count: number, size = 300): readonly Pack[] {
  return Array.from({ length: count }, () => ({ id: bytesOf(packIdBytes), count: 64, bytes: bytesOf(size) }));
}

/** Chunks whose entries lie in the packs given, one after the other. */
export function makeChunks(count: number, packs: readonly Pack[]): readonly Chunk[] {
  return Array.from({ length: count }, (_, number) => {
    const entries = bytesOf(entryBytes * (1 + (number % 4)));
    for (let at = 0; at < entries.length; at += entryBytes) {
      const pack = packs[(number + at / entryBytes) % packs.length];
      if (pack) entries.set(pack.id, at + packAt);
    }
    return { id: bytesOf(chunkIdBytes), entries };
  });
}

/** The index whose first buckets are these chunks; the others are empty. */
export function indexOf(bits: number, chunks: readonly Chunk[]): SnapshotIndex {
  const chunkIds = new Uint8Array(chunkIdBytes << bits);
  for (const [bucket, chunk] of chunks.entries()) chunkIds.set(chunk.id, bucket * chunkIdBytes);
  return { bits, chunkIds };
}

export function makeSnapshot(
  estate: string,
  id: string,
  index: SnapshotIndex,
  rest: Partial<SnapshotHeader> = {},
): Snapshot {
  const slot = { environment: 'production', source: 'cluster', plane: 'observed' as const };
  const reading = { takenAt: minute(0), normalizer: 'n1', count: 3, completeness: [] };
  return { header: { estate, id: `${estate}-${id}`, ...slot, ...reading, ...rest }, index };
}

export function makeFinding(fingerprint: string, rest: Partial<Finding> = {}): Finding {
  return {
    fingerprint,
    cause: fingerprint,
    axis: 'plane',
    verdict: 'drift',
    severity: 'high',
    environment: 'production',
    source: 'cluster',
    layer: 'runtime',
    kind: 'apps/v1.Deployment',
    key: 'web',
    name: 'prod-web',
    path: '/spec/replicas',
    expected: { from: 'declared', present: true, value: 3 },
    actual: { from: 'observed', present: true, value: 2 },
    attribution: {},
    headline: [{ text: 'web runs 2 replicas, 3 are declared' }],
    advice: 'Apply the declaration.',
    trace: [],
    ...rest,
  } as Finding;
}
