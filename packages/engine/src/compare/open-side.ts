import { createLimiters, systemClock } from '@leeway/connector-kit';
import {
  failed,
  type KindIndex,
  ok,
  type Plane,
  problem,
  type Result,
  type Snapshot,
  type SnapshotHeader,
} from '@leeway/core';
import { planes, type Source } from '@leeway/estate';
import type { Planes } from '../scan/declared-cases.ts';
import type { ScanOptions } from '../scan/options.ts';
import { runBounded } from '../scan/read-estate.ts';
import { readPlane } from '../scan/read-plane.ts';
import { type ChunkLayer, emptyLayer, layeredChunks } from './layered-chunks.ts';
import { isDeclared, type Side } from './side.ts';

/** A side whose snapshots are known, not loaded: cheap, and enough to tell whether a comparison was made already. */
export interface FoundSide {
  readonly side: Side;
  readonly heads: readonly SnapshotHeader[];
  /** Set for a declaration that was read at a revision: its snapshots are nowhere else. */
  readonly read?: { readonly snapshots: readonly Snapshot[]; readonly layer: ChunkLayer };
}

/** A side with its snapshots, by source. */
export interface OpenSide extends FoundSide {
  readonly snapshots: readonly Snapshot[];
  readonly planesOf: (source: string) => Planes | undefined;
}

/**
 * Finds what a side is made of. Nothing but the store and, for a revision, Git is read. Problems: LW1020 to LW1023 for a
 * revision that cannot be read.
 */
export async function findSide(side: Side, options: ScanOptions, kinds: KindIndex): Promise<Result<FoundSide>> {
  const { what, environment } = side;
  if (what.type === 'revision') return readRevision(side, what.revision, options, kinds);
  const slots = sourcesOf(side, options).flatMap((source) =>
    planesOn(side, source).map((plane) => ({ source: source.id, plane })),
  );
  const before = what.type === 'moment' ? what.at : undefined;
  const heads = await options.store.snapshots.heads(options.estate.name, environment.name, slots, before);
  return ok({ side, heads });
}

function sourcesOf({ environment }: Side, { estate }: ScanOptions): readonly Source[] {
  return estate.sources.filter((source) => source.environments.includes(environment.name));
}

function planesOn(side: Side, source: Source): readonly Plane[] {
  return isDeclared(side) ? (source.declared ? ['declared'] : []) : planes;
}

/** Loads the snapshots of a side that was found. */
export async function openSide(found: FoundSide, { store }: Pick<ScanOptions, 'store'>): Promise<OpenSide> {
  const loaded = found.read?.snapshots ?? (await runBounded(found.heads, 8, ({ id }) => store.snapshots.get(id)));
  // One that was pruned between finding and loading is as good as never read.
  const snapshots = loaded.filter((snapshot) => snapshot !== undefined);
  const bySource = new Map<string, Planes>();
  for (const snapshot of snapshots) {
    const { source, plane } = snapshot.header;
    bySource.set(source, { ...bySource.get(source), [plane]: snapshot });
  }
  return { ...found, snapshots, planesOf: (source) => bySource.get(source) };
}

/** Reads what Git declared at a revision into memory, with the sources as they are configured now. */
async function readRevision(
  side: Side,
  revision: string,
  options: ScanOptions,
  kinds: KindIndex,
): Promise<Result<FoundSide>> {
  if (!options.files.at) return failed(problem('LW1021', { folder: options.files.working.revision, ref: revision }));
  const tree = await options.files.at(revision);
  if (!tree.ok) return tree;
  const layer = emptyLayer();
  const store = {
    ...options.store,
    chunks: layeredChunks(options.store.chunks, [layer]),
    snapshots: { ...options.store.snapshots, save: async () => undefined },
  };
  const run = { options: { ...options, store }, kinds, limiters: createLimiters(systemClock) };
  try {
    const jobs = sourcesOf(side, options).flatMap((source) =>
      source.declared
        ? [
            {
              environment: side.environment,
              source,
              plane: 'declared',
              settings: source.declared,
              files: tree.value,
              revision,
            } as const,
          ]
        : [],
    );
    const readings = await runBounded(jobs, 4, (job) => readPlane(job, run));
    options.signal?.throwIfAborted();
    const snapshots = readings.map(({ snapshot }) => snapshot);
    return ok({ side, heads: snapshots.map(({ header }) => header), read: { snapshots, layer } });
  } finally {
    tree.value.close?.();
  }
}
