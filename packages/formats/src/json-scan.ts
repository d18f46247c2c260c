/** What one pass over a JSON text tells before it is parsed. Meaningful up to the first syntax error. */
export interface JsonMeasure {
  readonly depth: number;
  /** Members of all objects together: colons outside strings. */
  readonly members: number;
  /** True when a number may not fit a double exactly. */
  readonly hasLongNumbers: boolean;
}

const quote = 34;
const colon = 58;
const backslash = 92;

/** Counts nesting and members without allocating; strings are skipped whole. */
export function measureJson(text: string): JsonMeasure {
  let depth = 0;
  let deepest = 0;
  let members = 0;
  let hasLongNumbers = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) at = stringEnd(text, at);
    else if (code === colon) members++;
    else if (code === 123 || code === 91) deepest = Math.max(deepest, ++depth);
    else if (code === 125 || code === 93) depth--;
    else if (code >= 48 && code <= 57) {
      const end = numberEnd(text, at);
      hasLongNumbers ||= end - at >= 15 || hasExponent(text, at, end);
      at = end - 1;
    }
  }
  return { depth: deepest, members, hasLongNumbers };
}

/** True when a key of a valid text is written with an escape. */
export function hasEscapedKeys(text: string): boolean {
  let nextEscape = text.indexOf('\\');
  let at = nextEscape === -1 ? -1 : text.indexOf('"');
  while (at !== -1 && nextEscape !== -1) {
    const end = stringEnd(text, at);
    if (nextEscape < at) nextEscape = text.indexOf('\\', at);
    if (nextEscape !== -1 && nextEscape < end && text.charCodeAt(skipSpace(text, end + 1)) === colon) return true;
    at = text.indexOf('"', end + 1);
  }
  return false;
}

/** Offset of the quote that closes the string opened at `start`, or of the text's end. */
export function stringEnd(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === backslash) slashes++;
    if (slashes % 2 === 0) return end;
  }
  return text.length;
}

function numberEnd(text: string, start: number): number {
  let at = start;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const isPart = (code >= 48 && code <= 57) || code === 46 || code === 43 || code === 45 || (code | 32) === 101;
    if (!isPart) break;
  }
  return at;
}

function hasExponent(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if ((text.charCodeAt(at) | 32) === 101) return true;
  return false;
}

/** Offset just behind the value that starts at `start` in a valid text. */
export function valueEnd(text: string, start: number): number {
  const first = text[start];
  if (first === '"') return stringEnd(text, start) + 1;
  if (first !== '{' && first !== '[') return scalarEnd(text, start);
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) at = stringEnd(text, at);
    else if (code === 123 || code === 91) depth++;
    else if ((code === 125 || code === 93) && --depth === 0) return at + 1;
  }
  return text.length;
}

function scalarEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length && !',]} \t\r\n'.includes(text[at] ?? '')) at++;
  return at;
}

export function skipSpace(text: string, start: number): number {
  let at = start;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) break;
  }
  return at;
}

/** One child of a container in a valid text: where its key (or the item itself) and its value start. */
export interface JsonChild {
  readonly token: string;
  readonly at: number;
  readonly valueAt: number;
}

/** Children of the object or array that starts at `start`, in a valid text; none for scalars. */
export function* jsonChildren(text: string, start: number): Generator<JsonChild> {
  const open = text[start];
  if (open !== '{' && open !== '[') return;
  let at = skipSpace(text, start + 1);
  for (let index = 0; at < text.length && text[at] !== '}' && text[at] !== ']'; index++) {
    const keyAt = at;
    let token = String(index);
    if (open === '{') {
      const end = stringEnd(text, at) + 1;
      token = JSON.parse(text.slice(at, end)) as string;
      at = skipSpace(text, skipSpace(text, end) + 1);
    }
    yield { token, at: keyAt, valueAt: at };
    at = skipSpace(text, valueEnd(text, at));
    if (text[at] === ',') at = skipSpace(text, at + 1);
  }
}
