import { pointerOf } from './document.ts';

/** A whole value in one token: strings (multi-line first), comments, brackets, or anything else up to one of these. */
const valueToken =
  /"""[\s\S]*?"{3,5}|'''[\s\S]*?'{3,5}|"[^"\\\n]*(?:\\.[^"\\\n]*)*"|'[^'\n]*'|#[^\n]*|[[\]{}\n]|[^"'#[\]{}\n]+/y;
const header = /[ \t]*(\[\[?)((?:[^"'\]\n]|"[^"\\\n]*(?:\\.[^"\\\n]*)*"|'[^'\n]*')*)\]\]?[^\n]*/y;
const keyPart = /[ \t]*(?:"([^"\\\n]*(?:\\.[^"\\\n]*)*)"|'([^'\n]*)'|([\w-]+))[ \t]*\.?/y;

/**
 * Offsets of headers and keys in a valid TOML text, by pointer. Parts of inline tables and arrays have none of their
 * own: they stand where their key stands.
 */
export function indexToml(text: string): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  const counts = new Map<string, number>();
  let table: readonly string[] = [];
  let at = 0;
  while (at < text.length) {
    header.lastIndex = at;
    const head = header.exec(text);
    if (head) {
      table = openTable(keysOf(head[2] ?? ''), head[1] === '[[', counts);
      note(places, table, at + (head[0].length - head[0].trimStart().length));
      at = header.lastIndex;
    } else {
      at = readKey(text, at, table, places);
    }
    at++;
  }
  return places;
}

/** Path of a table; within an array of tables, of the item last opened. */
function openTable(keys: readonly string[], isItem: boolean, counts: Map<string, number>): readonly string[] {
  const path: string[] = [];
  for (const [index, key] of keys.entries()) {
    path.push(key);
    const pointer = pointerOf(path);
    const count = counts.get(pointer);
    if (isItem && index === keys.length - 1) {
      counts.set(pointer, (count ?? 0) + 1);
      path.push(String(count ?? 0));
    } else if (count !== undefined) path.push(String(count - 1));
  }
  return path;
}

/** Notes the key at the line's start, if there is one; returns the offset of the line end behind its value. */
function readKey(text: string, start: number, table: readonly string[], places: Map<string, number>): number {
  const equals = /[ \t]*(?![#\n])((?:[^"'=\n]|"[^"\\\n]*(?:\\.[^"\\\n]*)*"|'[^'\n]*')+)=/y;
  equals.lastIndex = start;
  const match = equals.exec(text);
  let at = start;
  if (match) {
    const indent = match[0].length - match[0].trimStart().length;
    note(places, [...table, ...keysOf(match[1] ?? '')], start + indent);
    at = equals.lastIndex;
  }
  return endOfValue(text, at);
}

function endOfValue(text: string, start: number): number {
  let open = 0;
  valueToken.lastIndex = start;
  for (let match = valueToken.exec(text); match; match = valueToken.exec(text)) {
    const token = match[0];
    if (token === '\n' && open <= 0) return match.index;
    if (token === '[' || token === '{') open++;
    else if (token === ']' || token === '}') open--;
  }
  return text.length;
}

function keysOf(dotted: string): readonly string[] {
  const keys: string[] = [];
  keyPart.lastIndex = 0;
  for (let match = keyPart.exec(dotted); match; match = keyPart.exec(dotted)) {
    keys.push(match[1] === undefined ? (match[2] ?? match[3] ?? '') : unquote(match[1]));
    if (keyPart.lastIndex >= dotted.length) break;
  }
  return keys;
}

/** Escapes of TOML's basic strings are JSON's, but for `\U` and `\e`, which do not occur in keys people write. */
function unquote(inner: string): string {
  try {
    return JSON.parse(`"${inner}"`) as string;
  } catch {
    return inner;
  }
}

/** Notes a path and those of its parents that have no place yet. */
function note(places: Map<string, number>, path: readonly string[], at: number): void {
  for (let length = path.length; length > 0; length--) {
    const pointer = pointerOf(path.slice(0, length));
    if (places.has(pointer)) continue;
    places.set(pointer, at);
  }
}
