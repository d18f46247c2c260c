import type { Json, Place, Problem } from '@leeway/core';

/** A value read from text, and where its parts stand in that text. */
export interface ParsedDocument {
  readonly value: Json;
  /**
   * Place of the value at a JSON Pointer (RFC 6901), computed on demand. Of an object's member it is the place of the
   * key. A pointer that leads nowhere gives the nearest ancestor that exists; a malformed one gives undefined.
   */
  placeOf(pointer: string): Place | undefined;
}

/** What a parser accepts. */
export interface ParseLimits {
  /** Levels of nesting. */
  readonly depth?: number;
  /** Values that aliases may add to a document (YAML). */
  readonly aliasedValues?: number;
}

/** Generous for configuration, far below what exhausts a stack: Kubernetes CRD schemas nest some 60 levels. */
export const defaultDepth = 256;
export const defaultAliasedValues = 100_000;
/** Largest text read unless a caller says otherwise: 64 MiB. */
export const defaultBytes = 64 * 1024 * 1024;

/** Problems reported per file: beyond these a file is not what it claims to be, and more lines help nobody. */
const mostProblems = 50;

/** Adds problems up to the most that are reported per file; false once no more are. */
export function report(problems: Problem[], ...found: readonly Problem[]): boolean {
  problems.push(...found.slice(0, mostProblems - problems.length));
  return problems.length < mostProblems;
}

/** Splits a pointer into its tokens; undefined when it is not a JSON Pointer. */
export function pointerTokens(pointer: string): readonly string[] | undefined {
  if (pointer === '') return [];
  if (!pointer.startsWith('/')) return undefined;
  return pointer
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Writes tokens as a JSON Pointer. */
export function pointerOf(tokens: readonly string[]): string {
  return tokens.map((token) => `/${token.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** Turns offsets of a text into lines and columns, both from 1; columns count UTF-16 units as editors do. */
export class LineIndex {
  readonly #text: string;
  readonly #firstLine: number;
  #starts: number[] | undefined;

  constructor(text: string, firstLine = 1) {
    this.#text = text;
    this.#firstLine = firstLine;
  }

  placeAt(file: string, offset: number, pointer?: string): Place {
    const starts = this.#lineStarts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const position = { file, line: low + this.#firstLine, column: offset - (starts[low] ?? 0) + 1 };
    return pointer === undefined ? position : { ...position, pointer };
  }

  #lineStarts(): number[] {
    if (this.#starts) return this.#starts;
    const starts = [0];
    for (let at = this.#text.indexOf('\n'); at !== -1; at = this.#text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.#starts = starts;
    return starts;
  }
}

/** Sets an own property whatever its name: plain assignment of `__proto__` would change the prototype instead. */
export function setOwn(target: Record<string, Json>, key: string, value: Json): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    target[key] = value;
  }
}

/**
 * The number a source text stands for. Integers that a double cannot hold exactly (beyond 2^53 - 1) and numbers it
 * cannot hold at all (`1e400`) stay text, digit for digit: an account id that silently changes its last digits is worse
 * than one that is a string. Fractions are doubles, as in every JSON reader.
 */
export function exactNumber(source: string): number | string {
  const value = Number(source);
  if (!Number.isFinite(value)) return source;
  const isInteger = /^[-+]?\d+$/.test(source);
  return isInteger && !Number.isSafeInteger(value) ? source : value;
}
