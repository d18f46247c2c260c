import { shapeOf } from './shape.ts';
import { quote } from './text.ts';
import type { Json, JsonObject } from './value.ts';

/**
 * Canonical JSON text of a value: the JSON Canonicalization Scheme of RFC 8785 (keys sorted by UTF-16 code units, numbers
 * and strings as ECMAScript writes them, no white space). Equal values have equal texts, whatever order they were written
 * in. Lone surrogates are written as JSON.stringify writes them (`\udXXX`), where RFC 8785 would refuse the document.
 */
export function canonicalJson(value: Json): string {
  return writeCanonical(value, false);
}

/** The same. `unescaped` is set by a caller who knows that no text in the value has a character that JSON escapes. */
export function writeCanonical(value: Json, unescaped: boolean): string {
  if (typeof value === 'string') return unescaped ? `"${value}"` : quote(value);
  if (typeof value !== 'object' || value === null) return scalarText(value);
  if (Array.isArray(value)) return canonicalArray(value, unescaped);
  return canonicalObject(value as JsonObject, unescaped);
}

function canonicalArray(items: readonly Json[], unescaped: boolean): string {
  if (items.length === 0) return '[]';
  let text = `[${writeCanonical(items[0] as Json, unescaped)}`;
  for (let at = 1; at < items.length; at++) text += `,${writeCanonical(items[at] as Json, unescaped)}`;
  return `${text}]`;
}

function canonicalObject(object: JsonObject, unescaped: boolean): string {
  const { keys, names, firstNames } = shapeOf(object);
  if (keys.length === 0) return '{}';
  let text = `{${firstNames[0]}${writeCanonical(object[keys[0] as string] as Json, unescaped)}`;
  for (let at = 1; at < keys.length; at++)
    text += names[at] + writeCanonical(object[keys[at] as string] as Json, unescaped);
  return `${text}}`;
}

/** Text of null, a boolean or a number. */
export function scalarText(value: null | boolean | number): string {
  if (typeof value !== 'number') return value === null ? 'null' : value ? 'true' : 'false';
  if (!Number.isFinite(value)) throw new TypeError('JSON has no infinite or undefined numbers');
  return value === 0 ? '0' : String(value);
}
