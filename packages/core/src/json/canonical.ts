import type { Json, JsonObject } from './value.ts';

/**
 * Canonical JSON text of a value: the JSON Canonicalization Scheme of RFC 8785 (keys sorted by UTF-16 code units, numbers
 * and strings as ECMAScript writes them, no white space). Equal values have equal texts, whatever order they were written
 * in. Lone surrogates are written as JSON.stringify writes them (`\udXXX`), where RFC 8785 would refuse the document.
 */
export function canonicalJson(value: Json): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value !== 'object' || value === null) return scalarText(value);
  if (Array.isArray(value)) return canonicalArray(value);
  return canonicalObject(value as JsonObject);
}

function canonicalArray(items: readonly Json[]): string {
  if (items.length === 0) return '[]';
  let text = `[${canonicalJson(items[0] as Json)}`;
  for (let at = 1; at < items.length; at++) text += `,${canonicalJson(items[at] as Json)}`;
  return `${text}]`;
}

function canonicalObject(object: JsonObject): string {
  const keys = sortedKeys(object);
  if (keys.length === 0) return '{}';
  let text = '{';
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at] as string;
    text += at === 0 ? quotedKey(key) : `,${quotedKey(key)}`;
    text += canonicalJson(object[key] as Json);
  }
  return `${text}}`;
}

/** Own keys in canonical order. */
export function sortedKeys(object: JsonObject): string[] {
  const keys = Object.keys(object);
  return keys.length > longestInsertionSort ? keys.sort(compareCodeUnits) : insertionSort(keys);
}

/** Most objects have few keys, nearly in order: insertion sort is then several times faster than Array.sort. */
const longestInsertionSort = 40;

function insertionSort(keys: string[]): string[] {
  for (let at = 1; at < keys.length; at++) {
    const key = keys[at] as string;
    let to = at;
    while (to > 0 && (keys[to - 1] as string) > key) {
      keys[to] = keys[to - 1] as string;
      to--;
    }
    keys[to] = key;
  }
  return keys;
}

/** Order of UTF-16 code units: the same on every machine, whatever its locale. */
export function compareCodeUnits(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what JSON has to escape.
const needsEscape = /["\\\u0000-\u001f\ud800-\udfff]/;

/** A JSON string literal. */
export function quote(text: string): string {
  return needsEscape.test(text) ? JSON.stringify(text) : `"${text}"`;
}

const maximumRememberedKeys = 20_000;
const quotedKeys = new Map<string, string>();

/** `"key":`, remembered, since a few field names make up most of what is written. */
export function quotedKey(key: string): string {
  let text = quotedKeys.get(key);
  if (text === undefined) {
    text = `${quote(key)}:`;
    if (quotedKeys.size < maximumRememberedKeys) quotedKeys.set(key, text);
  }
  return text;
}

/** Text of null, a boolean or a number. */
export function scalarText(value: null | boolean | number): string {
  if (typeof value !== 'number') return value === null ? 'null' : value ? 'true' : 'false';
  if (!Number.isFinite(value)) throw new TypeError('JSON has no infinite or undefined numbers');
  return value === 0 ? '0' : String(value);
}
