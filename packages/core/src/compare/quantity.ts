import { canonicalJson } from '../json/canonical.ts';
import { isJsonArray, type Json } from '../json/value.ts';
import type { QuantityUnit } from '../resource/kind.ts';

/**
 * The canonical value of a quantity, or the value itself where it is not one of its unit: something that cannot be
 * understood is compared as it stands and never dropped.
 */
export function normalizeQuantity(unit: QuantityUnit, value: Json): Json {
  return normalizers[unit](value);
}

const normalizers: Readonly<Record<QuantityUnit, (value: Json) => Json>> = {
  kubernetes: (value) => amount(value, kubernetesQuantity),
  bytes: (value) => amount(value, byteQuantity),
  duration: (value) => amount(value, durationQuantity),
  scalar: normalizeScalar,
  json: normalizeJsonText,
  'one-or-many': (value) => (isJsonArray(value) || value === null ? value : [value]),
  'case-insensitive': (value) => (typeof value === 'string' ? value.toLowerCase() : value),
  'white-space': (value) => (typeof value === 'string' ? value.trim().replace(/\s+/g, ' ') : value),
};

function amount(value: Json, read: (text: string) => string | undefined): Json {
  if (typeof value === 'number') return read(String(value)) ?? value;
  return typeof value === 'string' ? (read(value.trim()) ?? value) : value;
}

/**
 * An exact decimal times a factor, as decimal text without exponent or trailing zeros. Digits are counted, not
 * rounded: 0.1 and 100m meet, and so do 2^60 bytes written in two ways.
 */
function scaleDecimal(decimal: string, exponent: number, numerator: bigint, denominator = 1n): string | undefined {
  const parts = /^([+-]?)(\d*)\.?(\d*)$/.exec(decimal);
  if (!parts || (parts[2] === '' && parts[3] === '') || Math.abs(exponent) > 60 || decimal.length > 60)
    return undefined;
  const fraction = parts[3] ?? '';
  const shift = exponent - fraction.length;
  let top = BigInt(`${parts[2]}${fraction}` || '0') * numerator * 10n ** BigInt(Math.max(shift, 0));
  let bottom = denominator * 10n ** BigInt(Math.max(-shift, 0));
  const common = greatestCommonDivisor(top, bottom);
  top /= common;
  bottom /= common;
  const text = bottom === 1n ? String(top) : `${top}/${bottom}`;
  return parts[1] === '-' && top !== 0n ? `-${text}` : text;
}

function greatestCommonDivisor(left: bigint, right: bigint): bigint {
  return right === 0n ? left || 1n : greatestCommonDivisor(right, left % right);
}

const binary: Readonly<Record<string, bigint>> = {
  Ki: 2n ** 10n,
  Mi: 2n ** 20n,
  Gi: 2n ** 30n,
  Ti: 2n ** 40n,
  Pi: 2n ** 50n,
  Ei: 2n ** 60n,
};
const decimalExponents: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};

/** Kubernetes `resource.Quantity`: signed number with a binary, decimal SI or exponent suffix (apimachinery's quantity.go). */
function kubernetesQuantity(text: string): string | undefined {
  const parts = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([KMGTPE]i)|([numkMGTPE]?)|[eE]([+-]?\d{1,2}))$/.exec(text);
  if (!parts?.[1]) return undefined;
  if (parts[2]) return scaleDecimal(parts[1], 0, binary[parts[2]] ?? 1n);
  return scaleDecimal(parts[1], parts[4] ? Number(parts[4]) : (decimalExponents[parts[3] ?? ''] ?? 0), 1n);
}

const byteUnits: Readonly<Record<string, bigint>> = {
  '': 1n,
  b: 1n,
  kb: 1024n,
  mb: 1024n ** 2n,
  gb: 1024n ** 3n,
  tb: 1024n ** 4n,
};

/** PostgreSQL's memory units: B, kB, MB, GB, TB, each 1024 times the one before. */
function byteQuantity(text: string): string | undefined {
  const parts = /^([+-]?\d+\.?\d*)\s*(B|kB|MB|GB|TB|)$/i.exec(text);
  const factor = byteUnits[(parts?.[2] ?? '').toLowerCase()];
  return parts?.[1] && factor ? scaleDecimal(parts[1], 0, factor) : undefined;
}

/** Nanoseconds, so that every unit is whole. */
const timeUnits: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  min: 60_000_000_000n,
  h: 3_600_000_000_000n,
  d: 86_400_000_000_000n,
  w: 604_800_000_000_000n,
  y: 31_536_000_000_000_000n,
};

/** Go, Prometheus (d, w and y of 365 days), PostgreSQL (`min`) and ISO 8601 durations; a bare number counts seconds. */
function durationQuantity(text: string): string | undefined {
  const iso = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text);
  if (iso && text.length > 1 && !text.endsWith('T')) {
    return sumDurations(['w', 'd', 'h', 'm', 's'].map((unit, at) => [iso[at + 1] ?? '0', unit] as const));
  }
  if (/^\d+(?:\.\d+)?$/.test(text)) return sumDurations([[text, 's']]);
  const pieces = [...text.matchAll(/(\d+(?:\.\d+)?)\s*(ns|us|µs|ms|min|s|m|h|d|w|y)/g)];
  if (pieces.length === 0 || pieces.map((piece) => piece[0]).join('') !== text) return undefined;
  return sumDurations(pieces.map((piece) => [piece[1] ?? '', piece[2] ?? ''] as const));
}

function sumDurations(parts: readonly (readonly [string, string])[]): string | undefined {
  let total = 0n;
  for (const [count, unit] of parts) {
    // Thousandths of a nanosecond keep decimals such as 0.5ns whole.
    const nanoseconds = scaleDecimal(count, 3, timeUnits[unit] ?? 0n);
    if (nanoseconds === undefined || nanoseconds.includes('/')) return undefined;
    total += BigInt(nanoseconds);
  }
  return `${total}ps`;
}

/** `"5432"` and 5432, `"TRUE"` and true, `"1.0"` and 1. Text such as `007` or `1e3` stays text: it may be a name. */
function normalizeScalar(value: Json): Json {
  if (typeof value !== 'string') return value;
  const text = value.trim();
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  if (!/^-?(0|[1-9]\d{0,14})(\.\d{1,9})?$/.test(text)) return value;
  const number = Number(text);
  // Only the spelling a number itself prints: as texts, the versions "1.10" and "1.1" are two.
  return String(number) === text ? number : value;
}

function normalizeJsonText(value: Json): Json {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value) || value.length > 1_000_000) return value;
  try {
    const parsed = JSON.parse(value) as Json;
    // A document too deep to be written back is compared as text.
    canonicalJson(parsed);
    return parsed;
  } catch {
    return value;
  }
}
