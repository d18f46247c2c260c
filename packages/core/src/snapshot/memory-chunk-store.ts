import type { Chunk, ChunkStore, Pack } from './snapshot.ts';

/** Chunks and packs in memory: for comparisons that need no history (`leeway diff`) and for tests. */
export function memoryChunkStore(): ChunkStore {
  const chunks = new Map<string, Chunk>();
  const packs = new Map<string, Pack>();
  return {
    async putChunks(added) {
      for (const chunk of added) chunks.set(keyOf(chunk.id), chunk);
    },
    async getChunks(ids) {
      return ids.map((id) => required(chunks, keyOf(id), 'chunk'));
    },
    async putPacks(added) {
      for (const pack of added) packs.set(keyOf(pack.id), pack);
    },
    async getPacks(ids) {
      return ids.map((id) => required(packs, keyOf(id), 'pack'));
    },
  };
}

function keyOf(id: Uint8Array): string {
  return Buffer.from(id.buffer, id.byteOffset, id.byteLength).toString('hex');
}

function required<T>(kept: ReadonlyMap<string, T>, id: string, what: string): T {
  const found = kept.get(id);
  if (!found) throw new Error(`The ${what} ${id} is not in the store`);
  return found;
}
