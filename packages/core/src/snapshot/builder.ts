import { hash } from 'node:crypto';
import { normalText } from '../compare/normal-text.ts';
import type { KindIndex } from '../resource/kind-index.ts';
import { type Neutralizer, noNeutralizer } from '../resource/neutral.ts';
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
import { PackWriter } from './pack.ts';
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
  readonly #bodies = new PackWriter();
  /** Offsets of the entries whose bodies are in `#bodies`, by slot. */
  #waiting: number[] = [];
  #packs: Pack[] = [];

  constructor(options: SnapshotBuilderOptions) {
    this.#options = options;
    this.#neutralizer = options.neutralizer ?? noNeutralizer;
  }

  /** Adds one resource, already masked. */
  add(resource: Resource): void {
    const offset = this.#grow();
    // A rescan needs few bodies; a first scan needs all, and a body tells at once whether any text in it is escaped.
    const body = this.#options.previous ? undefined : JSON.stringify(resource);
    this.#digest(offset, resource, body?.includes('\\') === false);
    this.#entries.writeUInt32LE(originCheck(resource.origin), offset + originAt);
    this.#countByKind.set(resource.kind, (this.#countByKind.get(resource.kind) ?? 0) + 1);
    if (!this.#reuse(offset)) this.#pack(offset, body ?? JSON.stringify(resource));
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

  /**
   * Writes key hash and both digests. The digest within an environment is one of the neutral digest and of what was taken
   * out to get there: a few bytes to hash, where the text as it was would be all of it once more.
   */
  #digest(offset: number, { kind: name, key, attributes }: Resource, unescaped: boolean): void {
    const kind = this.#options.kinds.find(name);
    const strict = this.#options.strict === true;
    const normal = normalText(kind, attributes, { strict, unescaped });
    const shared = kind.noise?.instance
      ? normalText(kind, attributes, { strict, unescaped, acrossEnvironments: true })
      : normal;
    const taken = new TakenOut();
    const keyText = `${name}\n${taken.from(key, this.#neutralizer.neutralize)}`;
    const secretless = strict ? shared : taken.from(shared, withoutSecretDigests);
    const neutral = sha256(`${keyText}\n${taken.from(secretless, this.#neutralizer.neutralize)}`);
    if (shared !== normal) taken.add(normal);
    this.#write(offset, sha256(keyText), keyHashBytes);
    this.#write(offset + neutralAt, neutral, digestBytesInEntry);
    this.#write(offset + digestAt, taken.isEmpty ? neutral : sha256(neutral + taken.text), digestBytesInEntry);
  }

  #write(offset: number, digest: string, length: number): void {
    this.#entries.write(digest, offset, length, 'latin1');
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
  #pack(offset: number, body: string): void {
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

/** Remembers what was taken out of texts, and where: with it, what is left tells the texts as they were. */
class TakenOut {
  #text = '';
  #isEmpty = true;

  from(text: string, takeOut: (text: string, taken: string[]) => string): string {
    const taken: string[] = [];
    const rest = takeOut(text, taken);
    this.#text += '\n';
    if (taken.length > 0) this.add(taken.join('\n'));
    return rest;
  }

  add(text: string): void {
    this.#text += text;
    this.#isEmpty = false;
  }

  get text(): string {
    return this.#text;
  }

  get isEmpty(): boolean {
    return this.#isEmpty;
  }
}

/** As a text of one character a byte: several times cheaper to get than a Buffer. */
function sha256(text: string): string {
  return hash('sha256', text, 'binary');
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
