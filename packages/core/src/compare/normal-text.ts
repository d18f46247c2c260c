import { canonicalJson } from '../json/canonical.ts';
import { shapeOf } from '../json/shape.ts';
import { sortTexts } from '../json/text.ts';
import type { Json, JsonObject } from '../json/value.ts';
import type { Kind } from '../resource/kind.ts';
import { fieldPlan, type NoisePlan, noisePlan } from '../resource/noise-plan.ts';
import { isDefault, isEmptyText } from './fold.ts';
import { normalizeQuantity } from './quantity.ts';

export interface NormalizeOptions {
  /** True folds nothing: no defaults, computed or empty fields, no spellings. Lists still align. */
  readonly strict?: boolean;
  /** True leaves out what identifies an instance: for comparing environments with each other. */
  readonly acrossEnvironments?: boolean;
}

/**
 * Canonical JSON of a resource's attributes with the kind's noise taken out: what is digested. This is the hot path of
 * every scan (a million resources), so it writes text straight away. `normal-tree.ts` computes the same normal form as a
 * tree for the few resources that differ; a property test holds the two equal.
 */
export function normalText(kind: Kind, attributes: JsonObject, options: NormalizeOptions = {}): string {
  const input = kind.normalize && !options.strict ? kind.normalize(attributes, kind.name) : attributes;
  return write(input, noisePlan(kind, options.strict), options.acrossEnvironments === true) ?? '{}';
}

/** Undefined when a rule leaves the value out. */
function write(value: Json, plan: NoisePlan | null, across: boolean): string | undefined {
  if (plan === null) return canonicalJson(value);
  if (plan.plain) return writeStructure(value, plan, across);
  if (plan.computed || (across && plan.instance)) return undefined;
  const text = plan.quantity
    ? writeStructure(normalizeQuantity(plan.quantity, value), plan, across)
    : writeStructure(value, plan, across);
  if (plan.empty && isEmptyText(text)) return undefined;
  if (plan.defaults && isDefault(plan, value, text)) return undefined;
  return text;
}

function writeStructure(value: Json, plan: NoisePlan, across: boolean): string {
  if (typeof value !== 'object' || value === null) return canonicalJson(value);
  return Array.isArray(value) ? writeList(value, plan, across) : writeObject(value as JsonObject, plan, across);
}

function writeObject(object: JsonObject, plan: NoisePlan, across: boolean): string {
  const { keys, names, firstNames } = shapeOf(object);
  let text = '{';
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at] as string;
    const field = write(object[key] as Json, fieldPlan(plan, key), across);
    if (field !== undefined) text += (text.length === 1 ? firstNames[at] : names[at]) + field;
  }
  return `${text}}`;
}

function writeList(items: readonly Json[], plan: NoisePlan, across: boolean): string {
  if (plan.item === null && !plan.unordered) return canonicalJson(items);
  const texts: string[] = [];
  for (const item of items) {
    const text = write(item, plan.item, across);
    if (text !== undefined) texts.push(text);
  }
  if (plan.unordered) sortTexts(texts);
  let list = '[';
  for (let at = 0; at < texts.length; at++) list += at === 0 ? texts[at] : `,${texts[at]}`;
  return `${list}]`;
}
