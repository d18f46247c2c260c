import { canonicalJson } from '../json/canonical.ts';
import type { Json } from '../json/value.ts';
import type { QuantityUnit } from '../resource/kind.ts';
import { normalizeQuantity } from './quantity.ts';

/** An amount as it was written and as it is compared, both in JSON text. */
export interface ReadQuantity {
  readonly unit: QuantityUnit;
  readonly written: Uint8Array;
  readonly normal: Uint8Array;
  /** Whether it is an object or a list that stood in a text. */
  readonly isDocument: boolean;
}

/** Places for amounts met before; each of them has one it may be in, from which the next one drives it out. */
const places = 4096;
const longest = 40;
/** An estate writes the same few thousands of amounts again and again, and each costs an expression or two to read. */
const memory: (ReadQuantity | undefined)[] = new Array(places).fill(undefined);

/** The amount whose JSON text stands from `from` to before `to`. */
export function quantityAt(unit: QuantityUnit, source: Buffer, from: number, to: number): ReadQuantity {
  if (to - from > longest) return readQuantity(unit, source, from, to);
  let place = unit.length;
  for (let at = from; at < to; at++) place = (Math.imul(place, 31) + (source[at] as number)) | 0;
  place &= places - 1;
  const known = memory[place];
  if (known !== undefined && known.unit === unit && stands(known.written, source, from, to)) return known;
  const read = readQuantity(unit, source, from, to);
  memory[place] = read;
  return read;
}

function readQuantity(unit: QuantityUnit, source: Buffer, from: number, to: number): ReadQuantity {
  const value = normalizeQuantity(unit, JSON.parse(source.toString('utf8', from, to)) as Json);
  return {
    unit,
    written: Uint8Array.from(source.subarray(from, to)),
    normal: Buffer.from(canonicalJson(value)),
    isDocument: typeof value === 'object' && value !== null,
  };
}

function stands(written: Uint8Array, source: Uint8Array, from: number, to: number): boolean {
  if (written.length !== to - from) return false;
  for (let at = 0; at < written.length; at++) if (written[at] !== source[from + at]) return false;
  return true;
}
