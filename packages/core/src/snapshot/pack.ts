import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { digestBytes } from '../json/digest.ts';
import type { Resource } from '../resource/resource.ts';
import { ByteWriter } from '../text/byte-writer.ts';
import { type BodyRef, packIdBytes } from './entry.ts';
import type { ChunkStore, Pack } from './snapshot.ts';

/** Largest text one pack may unfold to: a guard against a damaged or hostile store. */
const maximumPackText = 256 * 1024 * 1024;

/** Level 1: bodies are alike, so that higher levels save little and cost as much as reading itself. */
const compression = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };
/** About what a pack unfolds to, so that it does so in one piece. */
const unfolding = { maxOutputLength: maximumPackText, chunkSize: 128 * 1024 };

const newline = 0x0a;

/** Gathers the JSON lines of some bodies, as bytes. */
export class PackWriter {
  readonly #bytes = new ByteWriter();
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** Adds a body and gives its slot. */
  add(line: Uint8Array): number {
    if (this.#count > 0) this.#bytes.byte(newline);
    this.#bytes.add(line);
    return this.#count++;
  }

  /** The pack of what was added since the last one. */
  take(): Pack {
    const lines = this.#bytes.part(0);
    // Told the length, zstd takes no more memory than that needs: getting and clearing it costs a fifth of the whole.
    const bytes = zstdCompressSync(lines, { ...compression, pledgedSrcSize: lines.length });
    const pack = { id: digestBytes(bytes).subarray(0, packIdBytes), count: this.#count, bytes };
    this.#bytes.length = 0;
    this.#count = 0;
    return pack;
  }
}

/** The lines of a pack that stand in the given slots, by slot. Lines nobody asked for are not even made texts. */
function unpackLines(pack: Pack, slots: ReadonlySet<number>): ReadonlyMap<number, string> {
  const bytes = zstdDecompressSync(pack.bytes, unfolding);
  const lines = new Map<number, string>();
  let from = 0;
  for (let slot = 0; from <= bytes.length && lines.size < slots.size; slot++) {
    const end = bytes.indexOf(newline, from);
    const to = end < 0 ? bytes.length : end;
    if (slots.has(slot)) lines.set(slot, bytes.toString('utf8', from, to));
    from = to + 1;
  }
  return lines;
}

/** Bodies in the order asked for, as JSON lines. Loads and unfolds each pack once. */
export async function loadLines(store: ChunkStore, refs: readonly BodyRef[]): Promise<readonly string[]> {
  const slots = new Map<string, Set<number>>();
  for (const { pack, slot } of refs) {
    const wanted = slots.get(pack);
    if (wanted) wanted.add(slot);
    else slots.set(pack, new Set([slot]));
  }
  const packs = await store.getPacks([...slots.keys()].map((id) => Buffer.from(id, 'hex')));
  const lines = new Map([...slots].map(([id, wanted], at) => [id, unpackLines(packs[at] as Pack, wanted)] as const));
  return refs.map((ref) => {
    const line = lines.get(ref.pack)?.get(ref.slot);
    if (line === undefined) throw new Error(`Pack ${ref.pack} has no body ${ref.slot}`);
    return line;
  });
}

/** Bodies in the order asked for. */
export async function loadResources(store: ChunkStore, refs: readonly BodyRef[]): Promise<readonly Resource[]> {
  return (await loadLines(store, refs)).map((line) => JSON.parse(line) as Resource);
}
