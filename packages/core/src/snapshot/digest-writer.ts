import { hash } from 'node:crypto';
import { normalized } from '../compare/normal-text.ts';
import { NormalWriter } from '../compare/normal-writer.ts';
import type { KindIndex } from '../resource/kind-index.ts';
import type { Neutralizer } from '../resource/neutral.ts';
import { noisePlan } from '../resource/noise-plan.ts';
import type { Resource } from '../resource/resource.ts';
import { TakeOut } from '../resource/take-out.ts';
import { ByteWriter } from '../text/byte-writer.ts';
import { digestAt, digestBytesInEntry, entryBytes, keyHashBytes, neutralAt } from './entry.ts';

const newline = 0x0a;
const hashBytes = 32;
const mostLengths = 10_000;

/** Where the texts of one resource stand among those of its batch. */
interface Places {
  /** Its body, and in it its attributes. */
  body: number;
  attributes: number;
  bodyEnd: number;
  /** What environments share of its normal form. */
  normal: number;
  normalEnd: number;
  /** The whole of its normal form; empty where environments share all of it. */
  whole: number;
  wholeEnd: number;
  /** Kind, neutral key and neutral normal form: what the key hash is of, up to `keyEnd`, and the neutral digest. */
  neutral: number;
  keyEnd: number;
  neutralEnd: number;
  /** Room for the neutral digest, then all that tells the whole normal form from the neutral one; empty for nothing. */
  within: number;
  withinEnd: number;
}

/**
 * Writes key hashes and digests of resources, a batch at a time. Each step is done for all of a batch before the next one:
 * parsing, masking and adding one resource after the other took a fifth to a half longer than each for 64, most likely
 * because the steps together are more code than a processor keeps at hand.
 */
export class DigestWriter {
  readonly #kinds: KindIndex;
  readonly #strict: boolean;
  readonly #bytes = new ByteWriter();
  readonly #normal: NormalWriter;
  readonly #takeOut: TakeOut;
  readonly #places: Places[] = [];
  /** Bytes of a body before its attributes, by kind. */
  readonly #lengths = new Map<string, number>();

  constructor(kinds: KindIndex, neutralizer: Neutralizer, strict: boolean) {
    this.#kinds = kinds;
    this.#strict = strict;
    this.#normal = new NormalWriter(this.#bytes);
    this.#takeOut = new TakeOut(neutralizer, this.#bytes);
  }

  /** Writes those of a batch into the entries from `offset` on. */
  write(entries: Buffer, offset: number, batch: readonly Resource[]): void {
    this.#bytes.length = 0;
    while (this.#places.length < batch.length) this.#places.push(noPlaces());
    for (const [at, resource] of batch.entries()) this.#writeBody(this.#places[at] as Places, resource);
    for (const [at, resource] of batch.entries()) this.#writeNormal(this.#places[at] as Places, resource);
    for (const [at, resource] of batch.entries()) this.#writeNeutral(this.#places[at] as Places, resource);
    for (const at of batch.keys()) this.#digest(entries, offset + at * entryBytes, this.#places[at] as Places);
  }

  /** The body of a resource of the last batch: as it was read, so that better rules can be applied to it later. */
  body(at: number): Uint8Array {
    const { body, bodyEnd } = this.#places[at] as Places;
    return this.#bytes.part(body, bodyEnd);
  }

  #writeBody(places: Places, { kind, key, attributes, origin }: Resource): void {
    const bytes = this.#bytes;
    places.body = bytes.length;
    // The kind first: whoever asks for the resources of some kinds sees by it which texts to leave unread.
    bytes.text(JSON.stringify({ kind, attributes, key, origin }));
    places.attributes = places.body + this.#beforeAttributes(kind);
    places.bodyEnd = bytes.length;
  }

  #beforeAttributes(kind: string): number {
    let length = this.#lengths.get(kind);
    if (length === undefined) {
      length = Buffer.byteLength(`{"kind":${JSON.stringify(kind)},"attributes":`);
      // Kinds of live systems are few, but nothing promises it.
      if (this.#lengths.size < mostLengths) this.#lengths.set(kind, length);
    }
    return length;
  }

  #writeNormal(places: Places, { kind: name, attributes }: Resource): void {
    const bytes = this.#bytes;
    const normal = this.#normal;
    const kind = this.#kinds.find(name);
    const plan = noisePlan(kind, this.#strict);
    const hooked = normalized(kind, attributes, this.#strict);
    const read = hooked === attributes ? places.attributes : bytes.length;
    if (hooked !== attributes) bytes.text(JSON.stringify(hooked));
    normal.read(read);
    places.normal = bytes.length;
    normal.write(plan, true);
    places.normalEnd = bytes.length;
    places.whole = bytes.length;
    if (normal.leftInstance) normal.write(plan, false);
    places.wholeEnd = bytes.length;
  }

  #writeNeutral(places: Places, { kind, key }: Resource): void {
    const bytes = this.#bytes;
    const takeOut = this.#takeOut;
    takeOut.clear();
    const written = bytes.length;
    bytes.text(key);
    places.neutral = bytes.length;
    bytes.text(kind);
    bytes.byte(newline);
    takeOut.add(written, places.neutral, false);
    places.keyEnd = bytes.length;
    bytes.byte(newline);
    takeOut.add(places.normal, places.normalEnd, !this.#strict);
    places.neutralEnd = bytes.length;
    places.within = bytes.length;
    if (takeOut.cuts > 0 || places.wholeEnd > places.whole) {
      bytes.reserve(hashBytes);
      bytes.length += hashBytes;
      bytes.few(takeOut.taken.bytes, 0, takeOut.taken.length);
      bytes.again(places.whole, places.wholeEnd);
    }
    places.withinEnd = bytes.length;
  }

  /**
   * The digest within an environment is one of the neutral digest and of what was taken out to get there: a few bytes to
   * hash, where the text as it was would be all of it once more.
   */
  #digest(entries: Buffer, offset: number, places: Places): void {
    const { neutral, keyEnd, neutralEnd, within, withinEnd } = places;
    entries.write(this.#sha256(neutral, keyEnd), offset, keyHashBytes, 'latin1');
    const shared = this.#sha256(neutral, neutralEnd);
    entries.write(shared, offset + neutralAt, digestBytesInEntry, 'latin1');
    let own = shared;
    if (withinEnd > within) {
      this.#bytes.bytes.write(shared, within, 'latin1');
      own = this.#sha256(within, withinEnd);
    }
    entries.write(own, offset + digestAt, digestBytesInEntry, 'latin1');
  }

  /** As a text of one character a byte: several times cheaper to get than a Buffer. */
  #sha256(from: number, to: number): string {
    return hash('sha256', this.#bytes.part(from, to), 'binary');
  }
}

function noPlaces(): Places {
  return {
    body: 0,
    attributes: 0,
    bodyEnd: 0,
    normal: 0,
    normalEnd: 0,
    whole: 0,
    wholeEnd: 0,
    neutral: 0,
    keyEnd: 0,
    neutralEnd: 0,
    within: 0,
    withinEnd: 0,
  };
}
