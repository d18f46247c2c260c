import type { Chunk, ChunkStore, Pack } from '@leeway/core';

/** Chunks and packs that are in memory only: what was read for one comparison. */
export interface ChunkLayer {
  readonly chunks: Map<string, Chunk>;
  readonly packs: Map<string, Pack>;
}

export function emptyLayer(): ChunkLayer {
  return { chunks: new Map(), packs: new Map() };
}

/** A store that finds what lies in the layers there, and the rest in the base; what is put goes into the first layer. */
export function layeredChunks(base: ChunkStore, layers: readonly ChunkLayer[]): ChunkStore {
  const [first = emptyLayer()] = layers;
  return {
    async putChunks(chunks) {
      for (const chunk of chunks) first.chunks.set(idOf(chunk.id), chunk);
    },
    getChunks: (ids) =>
      find(
        ids,
        layers.map((layer) => layer.chunks),
        (missing) => base.getChunks(missing),
      ),
    async putPacks(packs) {
      for (const pack of packs) first.packs.set(idOf(pack.id), pack);
    },
    getPacks: (ids) =>
      find(
        ids,
        layers.map((layer) => layer.packs),
        (missing) => base.getPacks(missing),
      ),
  };
}

async function find<T>(
  ids: readonly Uint8Array[],
  layers: readonly ReadonlyMap<string, T>[],
  rest: (ids: readonly Uint8Array[]) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  const found = ids.map((id) => layers.map((layer) => layer.get(idOf(id))).find((each) => each !== undefined));
  const missing = ids.filter((_, at) => found[at] === undefined);
  const others = (missing.length > 0 ? await rest(missing) : [])[Symbol.iterator]();
  return found.map((each) => each ?? (others.next().value as T));
}

function idOf(id: Uint8Array): string {
  return Buffer.from(id.buffer, id.byteOffset, id.byteLength).toString('hex');
}
