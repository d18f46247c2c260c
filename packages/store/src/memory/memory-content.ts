import { type Chunk, type ChunkStore, type Pack, ProblemError, problem } from '@leeway/core';
import { bodyRefAt, entryBytes } from '@leeway/core/snapshot/entry.ts';
import { toHex } from '../sql/values.ts';

/** Chunks and packs in memory, by id in hexadecimal. */
export interface MemoryContent extends ChunkStore {
  readonly chunks: Map<string, Chunk>;
  readonly packs: Map<string, Pack>;
}

export function memoryContent(): MemoryContent {
  const chunks = new Map<string, Chunk>();
  const packs = new Map<string, Pack>();
  return {
    chunks,
    packs,
    putChunks: async (added) => putAll(chunks, added),
    putPacks: async (added) => putAll(packs, added),
    getChunks: async (ids) => getAll(chunks, ids, 'chunks'),
    getPacks: async (ids) => getAll(packs, ids, 'packs'),
  };
}

/** Packs the chunks that are still there point into. */
export function usedPacks({ chunks }: MemoryContent): ReadonlySet<string> {
  const used = new Set<string>();
  for (const { entries } of chunks.values()) {
    for (let at = 0; at < entries.length; at += entryBytes) used.add(bodyRefAt(entries, at).pack);
  }
  return used;
}

function putAll<T extends { readonly id: Uint8Array }>(kept: Map<string, T>, added: readonly T[]): void {
  for (const item of added) {
    const id = toHex(item.id);
    if (!kept.has(id)) kept.set(id, item);
  }
}

function getAll<T>(kept: ReadonlyMap<string, T>, ids: readonly Uint8Array[], what: string): readonly T[] {
  const lost = ids.filter((id) => !kept.has(toHex(id)));
  const first = lost[0];
  if (first) throw new ProblemError(problem('LW6010', { what, count: lost.length, id: toHex(first) }));
  return ids.map((id) => kept.get(toHex(id)) as T);
}
