import type { Problem } from '../problem/problem.ts';
import type { Plane } from '../resource/resource.ts';

/**
 * How much of a kind was read. Only `complete` lets absence mean absent.
 * - `complete`: everything the source holds of this kind was read.
 * - `partial`: some was read; what is absent is not checked.
 * - `failed`: nothing of it could be read (denied, unreachable, timed out, unreadable).
 */
export type CompletenessState = 'complete' | 'partial' | 'failed';

export interface Completeness {
  /** The kind, or a pattern with `*` when the source cannot tell its kinds before reading them. */
  readonly kind: string;
  readonly state: CompletenessState;
  readonly count: number;
  readonly problems: readonly Problem[];
}

/** What one reading of one source in one environment was. Times are ISO 8601 in UTC. */
export interface SnapshotHeader {
  readonly id: string;
  readonly estate: string;
  readonly environment: string;
  readonly source: string;
  readonly plane: Plane;
  readonly takenAt: string;
  /** Git revision for the declared plane, deployment revision for the applied one, where known. */
  readonly revision?: string;
  /** Digest of the noise rules and tokens in force: two snapshots compare by digest only when these are equal. */
  readonly normalizer: string;
  readonly count: number;
  readonly completeness: readonly Completeness[];
}

/**
 * A snapshot: its header and its index. The index has 2^bits buckets by key hash; each bucket is a content-addressed
 * {@link Chunk} of fixed-size entries. Bodies (the resources as read, masked) live in packs the entries point into, so
 * that a rescan stores only what moved.
 */
export interface Snapshot {
  readonly header: SnapshotHeader;
  readonly index: SnapshotIndex;
}

export interface SnapshotIndex {
  /** Buckets are numbered by the first `bits` bits of the key hash; 0 to 24. */
  readonly bits: number;
  /** 2^bits chunk ids of {@link chunkIdBytes} bytes each; all zero bytes for an empty bucket. */
  readonly chunkIds: Uint8Array;
}

/**
 * Length of a chunk id: {@link contentIdBytes} of a SHA-256 of what its resources are, then as much of one of where their
 * bodies lie. Two planes or environments that agree have equal first halves and each its own bodies, places and actors.
 */
export const chunkIdBytes = 24;
export const contentIdBytes = 16;

/** One bucket of an index: entries sorted by key hash, {@link entryBytes} bytes each (layout in chunk.ts). */
export interface Chunk {
  readonly id: Uint8Array;
  readonly entries: Uint8Array;
}

/** A batch of resource bodies, one JSON document a line, compressed with zstd. Its id is the truncated SHA-256 of its bytes. */
export interface Pack {
  readonly id: Uint8Array;
  readonly count: number;
  readonly bytes: Uint8Array;
}

/** Where chunks and packs are kept. Both are immutable; putting one twice is the same as once. */
export interface ChunkStore {
  putChunks(chunks: readonly Chunk[]): Promise<void>;
  /** Chunks in the order asked for. Throws when one is missing: that is lost data, never an empty answer. */
  getChunks(ids: readonly Uint8Array[]): Promise<readonly Chunk[]>;
  putPacks(packs: readonly Pack[]): Promise<void>;
  getPacks(ids: readonly Uint8Array[]): Promise<readonly Pack[]>;
}
