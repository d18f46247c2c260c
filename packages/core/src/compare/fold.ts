import { canonicalJson } from '../json/canonical.ts';
import { compareCodeUnits } from '../json/text.ts';
import { isJsonArray, type Json } from '../json/value.ts';
import type { NoisePlan } from '../resource/noise-plan.ts';
import { normalizeQuantity } from './quantity.ts';

/** True for the canonical texts of values that carry nothing. */
export function isEmptyText(text: string): boolean {
  return text === '""' || text === '[]' || text === '{}' || text === 'null';
}

const known = new WeakMap<NoisePlan, readonly Buffer[]>();

/** Canonical texts of the known defaults of a place, in every spelling, as bytes. */
export function defaultTexts(plan: NoisePlan): readonly Buffer[] {
  let texts = known.get(plan);
  if (!texts) {
    const written = new Set((plan.defaults ?? []).flatMap((value) => spellings(plan, value)));
    texts = [...written].map((text) => Buffer.from(text));
    known.set(plan, texts);
  }
  return texts;
}

/** Whether a value, as read or by its normal text, equals a known default of this place. Only equality folds. */
export function isDefault(plan: NoisePlan, value: Json, normal: string): boolean {
  const texts = defaultTexts(plan).map(String);
  return texts.includes(normal) || (typeof value === 'object' && texts.includes(canonicalJson(value)));
}

function spellings(plan: NoisePlan, value: Json): readonly string[] {
  const quantity = plan.quantity ? normalizeQuantity(plan.quantity, value) : value;
  const sorted =
    plan.unordered && isJsonArray(quantity)
      ? `[${quantity.map(canonicalJson).sort(compareCodeUnits).join(',')}]`
      : undefined;
  return [canonicalJson(value), sorted ?? canonicalJson(quantity)];
}
