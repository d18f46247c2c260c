import { skipSpace, stringEnd } from './json-scan.ts';

/** Where a text stops being JSON and why, in words that never repeat the text (it may hold a secret). */
export interface JsonFault {
  readonly offset: number;
  readonly reason: string;
}

/** Thrown and caught in this file only. */
class Stop extends Error {
  readonly fault: JsonFault;
  constructor(offset: number, reason: string) {
    super(reason);
    this.fault = { offset, reason };
  }
}

const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const escapePattern = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** Finds the first syntax error by RFC 8259. Call only with a bounded nesting depth: it recurses. */
export function findJsonFault(text: string): JsonFault | undefined {
  try {
    const end = skipSpace(text, readValue(text, skipSpace(text, 0)));
    return end < text.length ? { offset: end, reason: 'something follows the end of the document' } : undefined;
  } catch (error) {
    if (error instanceof Stop) return error.fault;
    throw error;
  }
}

function readValue(text: string, at: number): number {
  const first = text[at];
  if (first === undefined) throw new Stop(at, 'the text ends where a value is expected');
  if (first === '{') return readItems(text, at, '}', readMember);
  if (first === '[') return readItems(text, at, ']', readValue);
  if (first === '"') return readString(text, at);
  for (const word of ['true', 'false', 'null']) if (text.startsWith(word, at)) return at + word.length;
  numberPattern.lastIndex = at;
  if (numberPattern.test(text)) return numberPattern.lastIndex;
  throw new Stop(at, `a value is expected here, ${nameOf(first)} was found`);
}

function readItems(text: string, open: number, close: string, readItem: (text: string, at: number) => number): number {
  let at = skipSpace(text, open + 1);
  if (text[at] === close) return at + 1;
  for (;;) {
    at = skipSpace(text, readItem(text, at));
    if (text[at] === close) return at + 1;
    if (text[at] !== ',') throw new Stop(at, `"," or "${close}" is expected here, ${nameOf(text[at])} was found`);
    at = skipSpace(text, at + 1);
    if (text[at] === close) throw new Stop(at, `a comma stands before the closing "${close}"`);
  }
}

function readMember(text: string, at: number): number {
  if (text[at] !== '"') throw new Stop(at, `a key in double quotes is expected here, ${nameOf(text[at])} was found`);
  const colonAt = skipSpace(text, readString(text, at));
  if (text[colonAt] !== ':') throw new Stop(colonAt, `":" is expected here, ${nameOf(text[colonAt])} was found`);
  return readValue(text, skipSpace(text, colonAt + 1));
}

/** Character by character: one pattern for the whole string overflows V8's stack on a long one. */
function readString(text: string, start: number): number {
  const end = stringEnd(text, start);
  for (let at = start + 1; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 10) throw new Stop(start, 'a string is not closed on its line');
    if (code < 32) throw new Stop(at, 'a control character stands in a string');
    if (code !== 92) continue;
    escapePattern.lastIndex = at;
    if (!escapePattern.test(text)) throw new Stop(at, 'an escape is not valid');
    at = escapePattern.lastIndex - 1;
  }
  if (end >= text.length) throw new Stop(start, 'a string is not closed');
  return end + 1;
}

/** Names a character; letters and digits only by class, so that no part of a value is repeated. */
function nameOf(character: string | undefined): string {
  if (character === undefined) return 'the end of the text';
  if (/[\p{L}\p{N}]/u.test(character)) return 'a bare word';
  return /[!-~]/.test(character) ? `"${character}"` : 'another character';
}
