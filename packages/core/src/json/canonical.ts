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
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  return canonicalObject(value as JsonObject);
}

function canonicalObject(object: JsonObject): string {
  const { keys, names } = shapeOf(object);
  const fields = keys.map((key, at) => names[at] + canonicalJson(object[key] as Json));
  return `{${fields.join(',')}}`;
}

/** Text of null, a boolean or a number. */
export function scalarText(value: null | boolean | number): string {
  if (typeof value !== 'number') return value === null ? 'null' : value ? 'true' : 'false';
  if (!Number.isFinite(value)) throw new TypeError('JSON has no infinite or undefined numbers');
  return value === 0 ? '0' : String(value);
}
