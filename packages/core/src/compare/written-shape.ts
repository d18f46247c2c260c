import { sortTexts } from '../json/text.ts';
import { fieldPlan, type NoisePlan } from '../resource/noise-plan.ts';

/** Shapes remembered before all are forgotten: keys come from live systems, and nothing else bounds them. */
const mostShapes = 16_384;
const mostKeys = 64;
/** Shapes that go on from one: objects with keys of their own each are told apart no further. */
const mostNext = 16;
/** First keys are spread over so many beginnings, by their first letters: there are too many to try in turn. */
const beginnings = 256;

/**
 * The keys that an object of JSON text begins with, in the order written. Most objects of an estate share a few shapes:
 * what follows from the keys (their order, the rules for each) is worked out once a shape instead of once an object, and
 * a key is recognised by its bytes without being made a text.
 */
export class WrittenShape {
  readonly #before: WrittenShape | undefined;
  /** The last key as it stands in JSON text, with its quotes. */
  readonly #written: Uint8Array;
  readonly #size: number;
  readonly #next: WrittenShape[] = [];
  #keys: readonly string[] | undefined;
  #order: Uint32Array | null | undefined;
  #plan: NoisePlan | undefined;
  #plans: readonly (NoisePlan | null)[] = [];

  constructor(before?: WrittenShape, written: Uint8Array = new Uint8Array()) {
    this.#before = before;
    this.#written = written;
    this.#size = before ? before.#size + 1 : 0;
  }

  /** Keys in the order written. */
  get keys(): readonly string[] {
    this.#keys ??= this.#before
      ? [...this.#before.keys, keyAt(Buffer.from(this.#written), 0, this.#written.length)]
      : [];
    return this.#keys;
  }

  /** Where the keys stand, sorted; null when they are sorted as written. */
  get order(): Uint32Array | null {
    if (this.#order === undefined) this.#order = orderOf(this.keys);
    return this.#order;
  }

  /** The plan of each key under the plan of the object. Only the last is remembered: few shapes have two. */
  plansUnder(plan: NoisePlan): readonly (NoisePlan | null)[] {
    if (this.#plan !== plan) {
      this.#plan = plan;
      this.#plans = this.keys.map((key) => fieldPlan(plan, key));
    }
    return this.#plans;
  }

  /** Length of the last key in JSON text, with its quotes. */
  get length(): number {
    return this.#written.length;
  }

  /** The shape, met before, with the key more that begins with its quote at `at`; undefined where none was. */
  follow(source: Uint8Array, at: number): WrittenShape | undefined {
    for (const shape of this.#next) if (stands(shape.#written, source, at)) return shape;
    return undefined;
  }

  /** The same, met for the first time; undefined for one too many. */
  with(source: Uint8Array, from: number, to: number): WrittenShape | undefined {
    if (this.#next.length >= mostNext || this.#size >= mostKeys) return undefined;
    if (remembered >= mostShapes) forget();
    remembered++;
    const shape = new WrittenShape(this, source.slice(from, to));
    this.#next.push(shape);
    return shape;
  }
}

let remembered = 0;
let firsts: readonly WrittenShape[] = [];
forget();

export const emptyShape: WrittenShape = new WrittenShape();

function forget(): void {
  remembered = 0;
  firsts = Array.from({ length: beginnings }, () => new WrittenShape());
}

/** The shape of no keys yet, for an object whose first key begins with its quote at `at`. */
export function shapeBefore(source: Uint8Array, at: number): WrittenShape {
  const beginning = ((source[at + 1] as number) + 31 * (source[at + 2] as number)) % beginnings;
  return firsts[beginning] as WrittenShape;
}

/** Whether a key stands at `at`. None is the beginning of another: each has its closing quote. */
function stands(key: Uint8Array, source: Uint8Array, at: number): boolean {
  for (let byte = 0; byte < key.length; byte++) if (source[at + byte] !== key[byte]) return false;
  return true;
}

/** The key that stands with its quotes from `from` to before `to`. */
export function keyAt(source: Buffer, from: number, to: number): string {
  return JSON.parse(source.toString('utf8', from, to)) as string;
}

/** Where keys stand, sorted by code units; null when they are sorted as written. */
export function orderOf(keys: readonly string[]): Uint32Array | null {
  const sorted = sortTexts([...keys]);
  if (sorted.every((key, at) => key === keys[at])) return null;
  const places = new Map(keys.map((key, at) => [key, at]));
  return Uint32Array.from(sorted, (key) => places.get(key) ?? 0);
}
