import type { Json } from '@leeway/core';
import { Optional } from '@marcbachmann/cel-js';

/** A CEL value as JSON: ints as numbers, timestamps as ISO 8601, durations as seconds, an absent optional as null. */
export function toJson(value: unknown): Json {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'bigint':
      return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
    case 'object':
      return value === null ? null : objectToJson(value);
    default:
      return null;
  }
}

function objectToJson(value: object): Json {
  if (Array.isArray(value)) return value.map(toJson);
  if (value instanceof Date) return value.toISOString();
  if (isDuration(value)) return `${value.valueOf() / 1000}s`;
  if (value instanceof Optional) return toJson(value.orValue(null));
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  return Object.fromEntries(entries.map(([name, item]) => [String(name), toJson(item)]));
}

/** The engine's duration class is not exported; no JSON value has bigint seconds. */
function isDuration(value: object): value is { valueOf(): number } {
  return 'seconds' in value && typeof value.seconds === 'bigint';
}

/** A CEL value as it reads in a sentence: texts bare, lists with commas, objects as JSON, nothing as `none`. */
export function valueText(value: unknown): string {
  const plain = toJson(value);
  if (plain === null) return 'none';
  if (typeof plain === 'string') return plain;
  if (Array.isArray(plain)) return plain.length === 0 ? 'none' : plain.map((item) => valueText(item)).join(', ');
  return JSON.stringify(plain);
}

/** What an optional holds, undefined when it holds nothing; other values as they are. Functions take `resource.?name` so. */
export function unwrap(value: unknown): unknown {
  return value instanceof Optional ? value.orValue(undefined) : value;
}
