import type { JsonObject } from '@leeway/core';

/** Milliseconds, largest first: `SHOW` writes a time in the largest unit that leaves no rest. */
const times: readonly (readonly [string, number])[] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
  ['ms', 1],
];
const yes = /^(?:on|true|yes|1|t|tr|tru|y|ye)$/i;
const no = /^(?:off|false|no|0|f|fa|fal|fals|n|of)$/i;

/**
 * A setting with its value as `SHOW` would write it, whatever way it was set: a bare number counts in the setting's own
 * unit, and on, true, yes and 1 are one. `unit` and `type` only tell how to read the value.
 * See https://www.postgresql.org/docs/current/config-setting.html#CONFIG-SETTING-NAMES-VALUES
 */
export function canonicalSetting({ unit, type, ...setting }: JsonObject): JsonObject {
  const { value } = setting;
  if (typeof value !== 'string') return setting;
  return { ...setting, value: canonicalValue(value.trim(), String(unit ?? ''), String(type ?? '')) };
}

function canonicalValue(value: string, unit: string, type: string): string {
  if (type === 'bool') return canonicalSwitch(value);
  if (type === 'enum') return value.toLowerCase();
  const isBare = /^-?\d+(?:\.\d+)?$/.test(value);
  if (times.some(([name]) => name === unit)) return canonicalTime(isBare ? `${value}${unit}` : value);
  return isBare ? withMemoryUnit(Number(value), unit) : value;
}

function canonicalSwitch(value: string): string {
  if (yes.test(value)) return 'on';
  return no.test(value) ? 'off' : value;
}

/** Units are `B`, `kB`, `MB`, and blocks of several: `8kB`. -1 and 0 have none. */
function withMemoryUnit(count: number, unit: string): string {
  const [, block, name] = /^(\d*)([kM]?B)$/.exec(unit) ?? [];
  return name && count > 0 ? `${count * Number(block || 1)}${name}` : String(count);
}

function canonicalTime(text: string): string {
  const [, count, unit] = /^(\d+(?:\.\d+)?)\s*(ms|s|min|h|d)$/.exec(text) ?? [];
  const milliseconds = Number(count) * (times.find(([name]) => name === unit)?.[1] ?? Number.NaN);
  if (!Number.isInteger(milliseconds)) return text;
  const [name, factor] = times.find(([, size]) => milliseconds > 0 && milliseconds % size === 0) ?? ['ms', 1];
  return milliseconds === 0 ? '0' : `${milliseconds / factor}${name}`;
}
