import { hash } from 'node:crypto';
import { normalText } from '../compare/normal-text.ts';
import type { KindIndex } from '../resource/kind-index.ts';
import { type Neutralizer, noNeutralizer } from '../resource/neutral.ts';
import { noisePlan } from '../resource/noise-plan.ts';
import type { Origin, Resource } from '../resource/resource.ts';
import { withoutSecretDigests } from '../resource/secret.ts';
import { chooseBits, cutChunks, type LoadedIndex } from './chunk.ts';
import {
  type BodyRef,
  bucketAt,
  compareBytes,
  digestAt,
  digestBytesInEntry,
  entryBytes,
  identityBytes,
  keyHashBytes,
  neutralAt,
  originAt,
  originBytes,
  packAt,
  packCapacity,
  slotAt,
} from './entry.ts';
import { makePack } from './pack.ts';
import type { Chunk, Pack, SnapshotIndex } from './snapshot.ts';

export interface SnapshotBuilderOptions {
  readonly kinds: KindIndex;
  readonly neutralizer?: Neutralizer;
  readonly strict?: boolean;
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
  readonly #neutralizer: Neutralizer;
  readonly #countByKind = new Map<string, number>();
  #entries: Buffer = Buffer.alloc(entryBytes * 1024);
  #count = 0;
  #lines: string[] = [];
  /** Offsets of the entries whose bodies are in `#lines`, by slot. */
  #waiting: number[] = [];
  #packs: Pack[] = [];

  constructor(options: SnapshotBuilderOptions) {
    this.#options = options;
    this.#neutralizer = options.neutralizer ?? noNeutralizer;
  }

  /** Adds one resource, already masked. */
  add(resource: Resource): void {
    const offset = this.#grow();
    const kind = this.#options.kinds.find(resource.kind);
    const strict = this.#options.strict === true;
    const normal = normalText(kind, resource.attributes, { strict });
    const neutralKey = this.#neutralizer.hits(resource.key) ? this.#neutralizer.neutralize(resource.key) : resource.key;
    const head = `${resource.kind}\n`;
    this.#write(offset, head + neutralKey, keyHashBytes);
    this.#write(offset + digestAt, `${head}${resource.key}\n${normal}`, digestBytesInEntry);
    const neutral = this.#neutralText(resource, normal, strict);
    if (neutral === normal && neutralKey === resource.key) {
      this.#entries.copy(this.#entries, offset + neutralAt, offset + digestAt, offset + neutralAt);
    } else this.#write(offset + neutralAt, `${head}${neutralKey}\n${neutral}`, digestBytesInEntry);
    this.#entries.writeUInt32LE(originCheck(resource.origin), offset + originAt);
    this.#countByKind.set(resource.kind, (this.#countByKind.get(resource.kind) ?? 0) + 1);
    if (!this.#reuse(offset)) this.#pack(offset, resource);
    this.#count++;
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

  #grow(): number {
    const offset = this.#count * entryBytes;
    if (offset + entryBytes > this.#entries.length) {
      const larger = Buffer.alloc(this.#entries.length * 2);
      this.#entries.copy(larger);
      this.#entries = larger;
    }
    return offset;
  }

  #write(offset: number, text: string, length: number): void {
    this.#entries.write(hash('sha256', text, 'binary'), offset, length, 'latin1');
  }

  #neutralText(resource: Resource, normal: string, strict: boolean): string {
    const kind = this.#options.kinds.find(resource.kind);
    const text =
      kind.noise?.instance && noisePlan(kind, strict)
        ? normalText(kind, resource.attributes, { strict, acrossEnvironments: true })
        : normal;
    const shared = strict ? text : withoutSecretDigests(text);
    return this.#neutralizer.hits(shared) ? this.#neutralizer.neutralize(shared) : shared;
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

  /** Keeps the resource as it was read, not its normal form, so that better rules can be applied to it later. */
  #pack(offset: number, resource: Resource): void {
    this.#waiting.push(offset);
    this.#lines.push(JSON.stringify(resource));
    if (this.#lines.length === packCapacity) this.#flush();
  }

  #flush(): void {
    if (this.#lines.length === 0) return;
    const pack = makePack(this.#lines);
    for (const [slot, offset] of this.#waiting.entries()) {
      this.#entries.set(pack.id, offset + packAt);
      this.#entries[offset + slotAt] = slot;
    }
    this.#packs.push(pack);
    this.#lines = [];
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
