import { normalizeQuantity } from '../compare/quantity.ts';
import { canonicalJson } from '../json/canonical.ts';
import { digestHex } from '../json/digest.ts';
import type { Json } from '../json/value.ts';
import type { Constraint } from './approved.ts';

/** The two values a constraint is held against; undefined means absent. */
export interface ConstraintSides {
  readonly expected: Json | undefined;
  readonly actual: Json | undefined;
}

/** Whether a whole text matches an RE2 pattern. Handed in: the core has no expression engine, and a backtracking one would hang. */
export type PatternMatcher = (pattern: string, text: string) => boolean;

/** Digest that pins a whole resource or structure, as `leeway approve` writes it. */
export function pinDigest(value: Json): string {
  return digestHex(canonicalJson(value), 16);
}

/** Whether the actual value stays within what was approved. Something that cannot be compared does not hold. */
export function constraintHolds(
  constraint: Constraint,
  { expected, actual }: ConstraintSides,
  matchesPattern: PatternMatcher,
): boolean {
  if ('absent' in constraint) return actual === undefined;
  if (actual === undefined) return false;
  if ('equals' in constraint) return canonicalJson(actual) === canonicalJson(constraint.equals);
  if ('oneOf' in constraint) return constraint.oneOf.some((value) => canonicalJson(value) === canonicalJson(actual));
  if ('digest' in constraint) return pinDigest(actual) === constraint.digest;
  if ('matches' in constraint)
    return matchesPattern(constraint.matches, typeof actual === 'string' ? actual : canonicalJson(actual));
  if ('ratio' in constraint) return ratioHolds(constraint.ratio, expected, actual);
  if ('atMost' in constraint)
    return compareAmounts(actual, boundOf(constraint.atMost, expected), (order) => order <= 0);
  return compareAmounts(actual, boundOf(constraint.atLeast, expected), (order) => order >= 0);
}

function boundOf(bound: 'reference' | number | string, expected: Json | undefined): Json | undefined {
  return bound === 'reference' ? expected : bound;
}

function ratioHolds(
  ratio: { readonly min?: number; readonly max?: number },
  expected: Json | undefined,
  actual: Json,
): boolean {
  const top = amountOf(actual);
  const bottom = amountOf(expected);
  if (top === undefined || bottom === undefined || bottom === 0) return false;
  const value = top / bottom;
  return value >= (ratio.min ?? Number.NEGATIVE_INFINITY) && value <= (ratio.max ?? Number.POSITIVE_INFINITY);
}

function compareAmounts(left: Json, right: Json | undefined, holds: (order: number) => boolean): boolean {
  const a = amountOf(left);
  const b = amountOf(right);
  return a !== undefined && b !== undefined && holds(a - b);
}

/** A number, a number in text, or a quantity with a unit, as a number. */
function amountOf(value: Json | undefined): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return undefined;
  for (const unit of ['kubernetes', 'bytes', 'duration'] as const) {
    const amount = normalizeQuantity(unit, value);
    if (amount !== value || /^-?\d+$/.test(value)) return fractionOf(String(amount));
  }
  return undefined;
}

/** `3/2`, `150`, `1000ps` as numbers. */
function fractionOf(text: string): number | undefined {
  const [top, bottom = '1'] = text.replace(/ps$/, '').split('/');
  const value = Number(top) / Number(bottom);
  return Number.isFinite(value) ? value : undefined;
}

/** A constraint in words, for reports. */
export function describeConstraint(constraint: Constraint): string {
  if ('equals' in constraint) return `exactly ${shortText(constraint.equals)}`;
  if ('oneOf' in constraint) return `one of ${constraint.oneOf.map(shortText).join(', ')}`;
  if ('atMost' in constraint)
    return `at most ${constraint.atMost === 'reference' ? "the reference's value" : constraint.atMost}`;
  if ('atLeast' in constraint)
    return `at least ${constraint.atLeast === 'reference' ? "the reference's value" : constraint.atLeast}`;
  if ('matches' in constraint) return `text matching ${constraint.matches}`;
  if ('ratio' in constraint)
    return `${constraint.ratio.min ?? 0} to ${constraint.ratio.max ?? '∞'} times the reference's value`;
  if ('absent' in constraint) return 'absence';
  return `exactly what was pinned (${constraint.digest})`;
}

function shortText(value: Json): string {
  const text = typeof value === 'string' ? value : canonicalJson(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
