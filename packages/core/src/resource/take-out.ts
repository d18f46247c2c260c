import { ByteWriter } from '../text/byte-writer.ts';
import type { Neutralizer } from './neutral.ts';
import { withoutSecretDigests } from './secret.ts';

const quote = 0x22;
const dollar = 0x24;
const star = 0x2a;
const lessThan = 0x3c;
const greaterThan = 0x3e;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/** What stands before the digest of a secret, from the sign on by which it is found (a quote stands before the first). */
const sealedValue = Buffer.from('$secret":"');
const sealedPart = Buffer.from('<secret:');
const digestLength = 16;

/** Of a byte: that a name may begin with it; after a byte: that a name may begin here. */
const nameBit = 1;
const backslashBit = 2;
/** Of a byte: that the mark of a digest may begin with it. */
const digestBit = 4;

interface Name {
  /** In lower case. */
  readonly bytes: Uint8Array;
  readonly neutral: Uint8Array;
}

/**
 * Takes out of texts in UTF-8 what is an environment's own: its names, and the digests of its secrets. What is left is what
 * `neutralize` and {@link withoutSecretDigests} leave, at a fraction of their cost; a property test holds them equal.
 */
export class TakeOut {
  /**
   * What was taken and where it stood, so that the texts can be told from what is left and this: of each cut its place, its
   * length and its bytes; behind a text's last cut the length of the text and -1.
   */
  readonly taken: ByteWriter = new ByteWriter();
  /** Number of cuts. */
  cuts = 0;
  readonly #neutralizer: Neutralizer;
  readonly #output: ByteWriter;
  /** By their first byte; longer names first. Undefined where a name is not ASCII: upper case is then no matter of bytes. */
  readonly #names: readonly (readonly Name[] | undefined)[] | undefined;
  /** What a cut may begin with. */
  readonly #begins: Uint8Array = new Uint8Array(256);
  #copied = 0;

  /** What it reads was written to the same place before. */
  constructor(neutralizer: Neutralizer, output: ByteWriter) {
    this.#neutralizer = neutralizer;
    this.#output = output;
    this.#names = namesByFirst(neutralizer.names);
    for (const [first, names] of (this.#names ?? []).entries()) if (names) this.#begins[first] = nameBit;
    this.#begins[dollar] = (this.#begins[dollar] as number) | digestBit;
    this.#begins[lessThan] = (this.#begins[lessThan] as number) | digestBit;
  }

  /** Forgets what was taken. */
  clear(): void {
    this.taken.length = 0;
    this.cuts = 0;
  }

  /** Adds what is left of the text from `from` to before `to`. `secrets`: whether digests of secrets are taken out as well. */
  add(from: number, to: number, secrets: boolean): void {
    if (this.#names === undefined) this.#addText(from, to, secrets);
    else this.#addBytes(from, to, secrets);
    this.taken.number(to - from);
    this.taken.number(-1);
  }

  #addBytes(from: number, to: number, secrets: boolean): void {
    const begins = this.#begins;
    // The same bytes stand here even when room for more has to be found.
    const source = this.#output.bytes;
    this.#copied = from;
    // Few bytes begin anything where they stand. Whether they may is looked up, not asked: a processor guesses each
    // question, and with letters it guesses wrong.
    let may = nameBit;
    for (let at = from; at < to; at++) {
      const byte = source[at] as number;
      if (((begins[byte] as number) & (may | digestBit)) !== 0) {
        const end = this.#cutAt(source, from, at, to, secrets);
        if (end > at) {
          at = end - 1;
          may = afterByte[source[at] as number] as number;
          continue;
        }
      }
      may = (afterByte[byte] as number) | ((may >> 1) & (afterEscape[byte] as number));
    }
    this.#output.again(this.#copied, to);
  }

  /** Cuts what begins at `at` and gives where it ends; `at` itself where nothing does. */
  #cutAt(source: Uint8Array, from: number, at: number, to: number, secrets: boolean): number {
    const first = source[at] as number;
    if (secrets && (first === dollar || first === lessThan)) {
      const digest = digestAfter(source, from, at, to);
      if (digest > at) {
        this.#cut(source, from, digest, digest + digestLength);
        this.#output.byte(star);
        return digest + digestLength;
      }
    }
    const names = this.#names?.[first];
    if (!names || !isBoundaryBefore(source, from, at)) return at;
    for (const { bytes, neutral } of names) {
      const end = at + bytes.length;
      if (end > to || !standsInAnyCase(bytes, source, at) || (end < to && continuesName(source[end] as number)))
        continue;
      this.#cut(source, from, at, end);
      this.#output.few(neutral, 0, neutral.length);
      return end;
    }
    return at;
  }

  #cut(source: Uint8Array, from: number, at: number, end: number): void {
    this.#output.again(this.#copied, at);
    this.#copied = end;
    this.cuts++;
    this.taken.number(at - from);
    this.taken.number(end - at);
    this.taken.few(source, at, end);
  }

  /** The long way, by expressions: all of the text counts as taken when any of it is. */
  #addText(from: number, to: number, secrets: boolean): void {
    const text = this.#output.part(from, to).toString('utf8');
    const rest = this.#neutralizer.neutralize(secrets ? withoutSecretDigests(text) : text);
    this.#output.text(rest);
    if (rest === text) return;
    this.cuts++;
    this.taken.number(0);
    this.taken.number(to - from);
    this.taken.few(this.#output.bytes, from, to);
  }
}

function namesByFirst(names: ReadonlyMap<string, string>): readonly (readonly Name[] | undefined)[] | undefined {
  const byFirst: (Name[] | undefined)[] = new Array(256).fill(undefined);
  for (const [name, neutral] of names) {
    const bytes = Buffer.from(name);
    if (bytes.some((byte) => byte > 0x7f)) return undefined;
    const first = bytes[0] as number;
    for (const byte of new Set([first, Buffer.from(name.toUpperCase())[0] as number])) {
      byFirst[byte] ??= [];
      byFirst[byte].push({ bytes, neutral: Buffer.from(neutral) });
    }
  }
  return byFirst;
}

/** Where the digest of a secret begins whose mark begins at `at`; `at` itself where there is none. */
function digestAfter(source: Uint8Array, from: number, at: number, to: number): number {
  const isValue = source[at] === dollar;
  if (isValue && (at === from || source[at - 1] !== quote)) return at;
  const mark = isValue ? sealedValue : sealedPart;
  const digest = at + mark.length;
  const end = digest + digestLength;
  if (end >= to || !(source[end] === quote || source[end] === greaterThan)) return at;
  for (let byte = 0; byte < mark.length; byte++) if (source[at + byte] !== mark[byte]) return at;
  for (let byte = digest; byte < end; byte++) if (!isHexDigit(source[byte] as number)) return at;
  return digest;
}

function isHexDigit(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x61 && byte <= 0x66);
}

const alphanumeric = Uint8Array.from({ length: 256 }, (_, byte) =>
  /[A-Za-z0-9]/.test(String.fromCharCode(byte)) ? 1 : 0,
);

/** After anything that is no letter, digit or opening brace a name may begin, */
const afterByte = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte === backslash ? nameBit | backslashBit : alphanumeric[byte] === 1 || byte === openBrace ? 0 : nameBit,
);
/** and after an escape such as `\n`. */
const afterEscape = new Uint8Array(256);
for (const letter of Buffer.from('bfnrt')) afterEscape[letter] = nameBit;

function isBoundaryBefore(source: Uint8Array, from: number, at: number): boolean {
  if (at === from) return true;
  const before = source[at - 1] as number;
  if (afterByte[before] !== 0) return true;
  return at - 1 > from && source[at - 2] === backslash && afterEscape[before] === nameBit;
}

function continuesName(byte: number): boolean {
  return alphanumeric[byte] === 1 || byte === closeBrace;
}

function standsInAnyCase(name: Uint8Array, source: Uint8Array, at: number): boolean {
  for (let byte = 0; byte < name.length; byte++) {
    const found = source[at + byte] as number;
    const lower = found >= 0x41 && found <= 0x5a ? found | 0x20 : found;
    if (lower !== name[byte]) return false;
  }
  return true;
}
