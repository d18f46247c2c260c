import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { digestBytes } from '../json/digest.ts';
import type { Resource } from '../resource/resource.ts';
import { type BodyRef, packIdBytes } from './entry.ts';
import type { ChunkStore, Pack } from './snapshot.ts';

/** Largest text one pack may unfold to: a guard against a damaged or hostile store. */
const maximumPackText = 256 * 1024 * 1024;

/** Level 1: bodies are alike, so that higher levels save little and cost as much as reading itself. */
const compression = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** Packs the JSON lines of some bodies. */
export function makePack(lines: readonly string[]): Pack {
  const bytes = zstdCompressSync(Buffer.from(lines.join('\n'), 'utf8'), compression);
  return { id: digestBytes(bytes).subarray(0, packIdBytes), count: lines.length, bytes };
}

/** The JSON lines of a pack. */
export function unpackLines(pack: Pack): readonly string[] {
  return zstdDecompressSync(pack.bytes, { maxOutputLength: maximumPackText }).toString('utf8').split('\n');
}

/** Bodies in the order asked for, as JSON lines. Loads and unfolds each pack once. */
export async function loadLines(store: ChunkStore, refs: readonly BodyRef[]): Promise<readonly string[]> {
  const wanted = [...new Set(refs.map((ref) => ref.pack))];
  const packs = await store.getPacks(wanted.map((id) => Buffer.from(id, 'hex')));
  const lines = new Map(wanted.map((id, at) => [id, unpackLines(packs[at] as Pack)] as const));
  return refs.map((ref) => {
    const line = lines.get(ref.pack)?.[ref.slot];
    if (line === undefined) throw new Error(`Pack ${ref.pack} has no body ${ref.slot}`);
    return line;
  });
}

/** Bodies in the order asked for. */
export async function loadResources(store: ChunkStore, refs: readonly BodyRef[]): Promise<readonly Resource[]> {
  return (await loadLines(store, refs)).map((line) => JSON.parse(line) as Resource);
}
