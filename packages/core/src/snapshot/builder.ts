import type { KindIndex } from '../resource/kind-index.ts';
import { type Neutralizer, noNeutralizer } from '../resource/neutral.ts';
import type { Origin, Resource } from '../resource/resource.ts';
import { chooseBits, cutChunks, type LoadedIndex } from './chunk.ts';
import { DigestWriter } from './digest-writer.ts';
import {
  type BodyRef,
  bucketAt,
  compareBytes,
  entryBytes,
  identityBytes,
  originAt,
  originBytes,
  packAt,
  packCapacity,
  slotAt,
} from './entry.ts';
import { PackWriter } from './pack.ts';
import type { Chunk, Pack, SnapshotIndex } from './snapshot.ts';

/** Resources that are worked on together. */
const batchSize = 64;

export interface SnapshotBuilderOptions {
  readonly kinds: KindIndex;
  readonly neutralizer?: Neutralizer;
  readonly strict?: boolean;
  /** Takes the secrets out of a resource, before anything of it is written anywhere. */
  readonly mask?: (resource: Resource) => Resource;
  /** Index of the last snapshot of the same slot under the same rules: bodies it has are not packed again. */
  readonly previous?: LoadedIndex;
}

export interface BuiltIndex {
  readonly index: SnapshotIndex;
  /** Chunks that the previous index does not have. */
  readonly chunks: readonly Chunk[];
  readonly count: number;
  readonly countByKind: ReadonlyMap<string, number>;
  /** One body of each set of resources that share kind and neutral key; all of such a set are left out. */
  readonly duplicates: readonly BodyRef[];
}

/**
 * Turns resources, in any order, into an index and packs. Memory is bounded by the index (45 bytes a resource): call
 * {@link takePacks} now and then and put what it returns. The result does not depend on the order of arrival, except for
 * which pack a body lies in.
 */
export class SnapshotBuilder {
  readonly #options: SnapshotBuilderOptions;
  readonly #digests: DigestWriter;
  readonly #countByKind = new Map<string, number>();
  #entries: Buffer = Buffer.alloc(entryBytes * 1024);
  #count = 0;
  readonly #bodies = new PackWriter();
  /** Offsets of the entries whose bodies are in `#bodies`, by slot. */
  #waiting: number[] = [];
  #packs: Pack[] = [];
  #batch: Resource[] = [];

  constructor(options: SnapshotBuilderOptions) {
    this.#options = options;
    const { kinds, neutralizer = noNeutralizer, strict = false } = options;
    this.#digests = new DigestWriter(kinds, neutralizer, strict);
  }

  /** Adds one resource: masked already, or to be masked by the builder. May settle; see there for what it throws. */
  add(resource: Resource): void {
    this.#batch.push(resource);
    if (this.#batch.length === batchSize) this.settle();
  }

  /**
   * Works on what was added since the last time. Throws what a resource that is no JSON makes it throw; the resources that
   * were to be worked on together with that one are then lost.
   */
  settle(): void {
    const { mask } = this.#options;
    const added = this.#batch;
    this.#batch = [];
    const batch = mask ? added.map(mask) : added;
    const start = this.#count * entryBytes;
    this.#grow(start + batch.length * entryBytes);
    this.#digests.write(this.#entries, start, batch);
    for (const [at, { kind, origin }] of batch.entries()) {
      const offset = start + at * entryBytes;
      this.#entries.writeUInt32LE(originCheck(origin), offset + originAt);
      this.#countByKind.set(kind, (this.#countByKind.get(kind) ?? 0) + 1);
      if (!this.#reuse(offset)) this.#pack(offset, this.#digests.body(at));
    }
    this.#count += batch.length;
  }

  /** Full packs since the last call; put them before the index is saved. */
  takePacks(): readonly Pack[] {
    const packs = this.#packs;
    this.#packs = [];
    return packs;
  }

  /** Number of packs waiting to be taken. */
  get pending(): number {
    return this.#packs.length;
  }

  /** Closes the last pack and cuts the index into chunks. */
  finish(): BuiltIndex {
    this.settle();
    this.#flush();
    const bits = chooseBits(this.#count, this.#options.previous?.index.bits);
    const cut = cutChunks(this.#entries.subarray(0, this.#count * entryBytes), bits, this.#options.previous);
    return {
      index: cut.index,
      chunks: cut.chunks,
      count: cut.count,
      countByKind: this.#countByKind,
      duplicates: cut.duplicates,
    };
  }

  #grow(length: number): void {
    if (length <= this.#entries.length) return;
    const larger = Buffer.alloc(2 * length);
    this.#entries.copy(larger);
    this.#entries = larger;
  }

  /** Points the entry at the previous snapshot's body when the resource did not change. */
  #reuse(offset: number): boolean {
    const { previous } = this.#options;
    if (!previous) return false;
    const entries = previous.buckets[bucketAt(this.#entries, offset, previous.index.bits)];
    for (let at = 0; entries && at < entries.length; at += entryBytes) {
      if (isSame(entries, at, this.#entries, offset)) {
        this.#entries.set(entries.subarray(at + packAt, at + originAt), offset + packAt);
        return true;
      }
    }
    return false;
  }

  #pack(offset: number, body: Uint8Array): void {
    this.#waiting.push(offset);
    this.#entries[offset + slotAt] = this.#bodies.add(body);
    if (this.#bodies.count === packCapacity) this.#flush();
  }

  #flush(): void {
    if (this.#bodies.count === 0) return;
    const pack = this.#bodies.take();
    for (const offset of this.#waiting) this.#entries.set(pack.id, offset + packAt);
    this.#packs.push(pack);
    this.#waiting = [];
  }
}

function isSame(left: Uint8Array, leftAt: number, right: Uint8Array, rightAt: number): boolean {
  return (
    compareBytes(left, leftAt, right, rightAt, identityBytes) === 0 &&
    compareBytes(left, leftAt + originAt, right, rightAt + originAt, originBytes) === 0
  );
}

/** FNV-1a over an origin's fields: it only has to tell that one moved, nobody gains by making two collide. */
function originCheck(origin: Origin | undefined): number {
  if (!origin) return 0;
  let check = 0x811c9dc5;
  const text = `${origin.place ?? ''}\n${origin.id ?? ''}\n${origin.actor ?? ''}\n${origin.at ?? ''}\n${origin.via ?? ''}`;
  for (let at = 0; at < text.length; at++) check = Math.imul(check ^ text.charCodeAt(at), 0x01000193);
  return check >>> 0;
}
