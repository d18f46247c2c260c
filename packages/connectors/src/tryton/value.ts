import { createHash } from 'node:crypto';
import { isJsonArray, isJsonObject, type Json, type JsonObject } from '@leeway/core';

const two = (value: Json | undefined) => String(value ?? 0).padStart(2, '0');

/** Values that JSON has no form for, as trytond marks them (trytond/protocols/jsonrpc.py). */
const typed: Readonly<Record<string, (value: JsonObject) => Json>> = {
  Decimal: ({ decimal }) => plainDecimal(String(decimal)),
  date: ({ year, month, day }) => `${year}-${two(month)}-${two(day)}`,
  time: ({ hour, minute, second }) => `${two(hour)}:${two(minute)}:${two(second)}`,
  // Instants are kept in UTC without saying so.
  datetime: ({ year, month, day, hour, minute, second }) =>
    `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}Z`,
  timedelta: ({ seconds }) => durationText(Number(seconds)),
  bytes: ({ base64 }) =>
    `sha256:${createHash('sha256')
      .update(Buffer.from(String(base64), 'base64'))
      .digest('hex')}`,
};

/** A value as attributes have it: decimals and times as text, files by digest. */
export function fromTryton(value: Json): Json {
  if (isJsonArray(value)) return value.map(fromTryton);
  if (!isJsonObject(value)) return value;
  const kind = value['__class__'];
  const convert = typeof kind === 'string' && Object.hasOwn(typed, kind) ? typed[kind] : undefined;
  if (convert) return convert(value);
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, fromTryton(field)]));
}

/** `0.210` and `0.21` are one number; PostgreSQL keeps the digits that were typed. */
function plainDecimal(text: string): string {
  return /^-?\d+\.\d+$/.test(text) ? text.replace(/\.?0+$/, '') : text;
}

/** ISO 8601, as people write it: `PT4H`, `P1DT30M`. */
export function durationText(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 86400), 'D'],
    [Math.floor(seconds / 3600) % 24, 'H'],
    [Math.floor(seconds / 60) % 60, 'M'],
    [seconds % 60, 'S'],
  ] as const;
  const [days, ...times] = parts.map(([count, unit]) => (count === 0 ? '' : `${count}${unit}`));
  const time = times.join('');
  return days || time ? `P${days}${time && `T${time}`}` : 'PT0S';
}

/** A value as `write` wants it for a field of this type; undefined where the text is none of that type. */
export function toTryton(type: string, value: Json): Json | undefined {
  if (value === null) return null;
  const convert = Object.hasOwn(writers, type) ? writers[type] : undefined;
  return convert?.(value);
}

const text = (value: Json) => (typeof value === 'string' ? value : undefined);

const writers: Readonly<Record<string, (value: Json) => Json | undefined>> = {
  boolean: (value) => (typeof value === 'boolean' ? value : undefined),
  integer: (value) => (Number.isSafeInteger(value) ? value : undefined),
  float: (value) => (typeof value === 'number' ? value : undefined),
  char: text,
  text,
  selection: text,
  numeric: (value) =>
    /^-?\d+(?:\.\d+)?$/.test(String(value)) ? { __class__: 'Decimal', decimal: String(value) } : undefined,
  date(value) {
    const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(String(value)) ?? [];
    if (year === undefined) return undefined;
    return { __class__: 'date', year: Number(year), month: Number(month), day: Number(day) };
  },
  timedelta(value) {
    const found = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(String(value));
    if (!found) return undefined;
    const [days = 0, hours = 0, minutes = 0, seconds = 0] = found.slice(1).map((part) => Number(part ?? 0));
    return { __class__: 'timedelta', seconds: ((days * 24 + hours) * 60 + minutes) * 60 + seconds };
  },
};
