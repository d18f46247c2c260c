import { emptyShape, shapeBefore, type WrittenShape } from './written-shape.ts';

const quote = 0x22;
const comma = 0x2c;
const openBracket = 0x5b;
const backslash = 0x5c;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

const sorted = 1;

/**
 * Where everything stands in a JSON text: its values as nodes in the order written, a list or object before what it holds.
 * Read once, a text can be walked in any order without looking at its bytes again. Only for texts that JSON.stringify
 * wrote: it expects no white space and does not check.
 */
export class JsonTape {
  /** The first byte of a node, which says what it is. */
  firsts: Uint8Array = new Uint8Array(256);
  /** Where a node stands, with its key and colon where it has one, and from where without. */
  begins: Int32Array = new Int32Array(256);
  starts: Int32Array = new Int32Array(256);
  ends: Int32Array = new Int32Array(256);
  /** The node that follows, past all that this one holds. */
  nexts: Int32Array = new Int32Array(256);
  /** 1 where this and all objects within have their keys in order. */
  inOrder: Uint8Array = new Uint8Array(256);
  /** Shapes of objects; undefined for one that is not remembered. Of other nodes it says nothing. */
  readonly shapes: (WrittenShape | undefined)[] = new Array(256).fill(undefined);
  #source: Uint8Array = this.firsts;
  #count = 0;

  /** Reads the value that starts at `from`. Its node is 0. */
  read(source: Uint8Array, from: number): void {
    this.#source = source;
    this.#count = 0;
    this.#value(from, from);
  }

  isObject(node: number): boolean {
    return this.firsts[node] === openBrace;
  }

  isList(node: number): boolean {
    return this.firsts[node] === openBracket;
  }

  /** Gives where it ends. */
  #value(begin: number, at: number): number {
    const node = this.#count++;
    if (node === this.starts.length) this.#grow();
    this.begins[node] = begin;
    this.starts[node] = at;
    this.inOrder[node] = sorted;
    const first = this.#source[at] as number;
    this.firsts[node] = first;
    let end: number;
    if (first === quote) end = endOfText(this.#source, at);
    else if (first === openBrace) end = this.#object(node, at);
    else if (first === openBracket) end = this.#list(node, at);
    else end = endOfScalar(this.#source, at);
    this.ends[node] = end;
    this.nexts[node] = this.#count;
    return end;
  }

  #object(node: number, start: number): number {
    const source = this.#source;
    let at = start + 1;
    let shape: WrittenShape | undefined = source[at] === closeBrace ? emptyShape : shapeBefore(source, at);
    let inOrder = sorted;
    while (source[at] !== closeBrace) {
      if (source[at] === comma) at++;
      const known: WrittenShape | undefined = shape?.follow(source, at);
      const colon: number = known ? at + known.length : endOfText(source, at);
      shape = known ?? shape?.with(source, at, colon);
      const field = this.#count;
      at = this.#value(at, colon + 1);
      inOrder &= this.inOrder[field] as number;
    }
    this.shapes[node] = shape;
    this.inOrder[node] = shape?.order === null ? inOrder : 0;
    return at + 1;
  }

  #list(node: number, start: number): number {
    const source = this.#source;
    let at = start + 1;
    let inOrder = sorted;
    while (source[at] !== closeBracket) {
      if (source[at] === comma) at++;
      const item = this.#count;
      at = this.#value(at, at);
      inOrder &= this.inOrder[item] as number;
    }
    this.inOrder[node] = inOrder;
    return at + 1;
  }

  #grow(): void {
    const count = 2 * this.starts.length;
    const longer = (values: Int32Array) => {
      const copy = new Int32Array(count);
      copy.set(values);
      return copy;
    };
    this.begins = longer(this.begins);
    this.starts = longer(this.starts);
    this.ends = longer(this.ends);
    this.nexts = longer(this.nexts);
    this.inOrder = Uint8Array.from({ length: count }, (_, node) => this.inOrder[node] ?? 0);
    this.firsts = Uint8Array.from({ length: count }, (_, node) => this.firsts[node] ?? 0);
  }
}

/** Past the quote that closes the text whose opening quote is at `at`. */
function endOfText(source: Uint8Array, at: number): number {
  let end = at + 1;
  for (let byte = source[end]; byte !== quote; byte = source[end]) end += byte === backslash ? 2 : 1;
  return end + 1;
}

/** Past a number, true, false or null. */
function endOfScalar(source: Uint8Array, at: number): number {
  let end = at + 1;
  for (let byte = source[end]; byte !== comma && byte !== closeBrace && byte !== closeBracket; byte = source[end]) {
    if (byte === undefined) break;
    end++;
  }
  return end;
}
