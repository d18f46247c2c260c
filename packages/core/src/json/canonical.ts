import { shapeOf } from './shape.ts';
import { quote } from './text.ts';
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
  const { keys, names, firstNames } = shapeOf(object);
  if (keys.length === 0) return '{}';
  let text = `{${firstNames[0]}${canonicalJson(object[keys[0] as string] as Json)}`;
  for (let at = 1; at < keys.length; at++) text += names[at] + canonicalJson(object[keys[at] as string] as Json);
  return `${text}}`;
}

/** Text of null, a boolean or a number. */
export function scalarText(value: null | boolean | number): string {
  if (typeof value !== 'number') return value === null ? 'null' : value ? 'true' : 'false';
  if (!Number.isFinite(value)) throw new TypeError('JSON has no infinite or undefined numbers');
  return value === 0 ? '0' : String(value);
}
