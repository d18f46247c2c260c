import { writeCanonical } from '../json/canonical.ts';
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
  /** True when no text in the attributes has a character that JSON escapes: none is then looked through for one. */
  readonly unescaped?: boolean;
}

/**
 * Canonical JSON of a resource's attributes with the kind's noise taken out: what is digested. This is the hot path of
 * every scan (a million resources), so it writes text straight away. `normal-tree.ts` computes the same normal form as a
 * tree for the few resources that differ; a property test holds the two equal.
 */
export function normalText(kind: Kind, attributes: JsonObject, options: NormalizeOptions = {}): string {
  const { strict, acrossEnvironments = false, unescaped = false } = options;
  const plan = noisePlan(kind, strict);
  // A hook may make texts of its own.
  if (!kind.normalize || strict) return new Writer(acrossEnvironments, unescaped).write(attributes, plan) ?? '{}';
  return new Writer(acrossEnvironments, false).write(kind.normalize(attributes, kind.name), plan) ?? '{}';
}

class Writer {
  readonly #across: boolean;
  readonly #unescaped: boolean;

  constructor(across: boolean, unescaped: boolean) {
    this.#across = across;
    this.#unescaped = unescaped;
  }

  /** Undefined when a rule leaves the value out. */
  write(value: Json, plan: NoisePlan | null): string | undefined {
    if (plan === null) return writeCanonical(value, this.#unescaped);
    if (plan.plain) return this.#structure(value, plan);
    if (plan.computed || (this.#across && plan.instance)) return undefined;
    const text = this.#structure(plan.quantity ? normalizeQuantity(plan.quantity, value) : value, plan);
    if (plan.empty && isEmptyText(text)) return undefined;
    if (plan.defaults && isDefault(plan, value, text)) return undefined;
    return text;
  }

  #structure(value: Json, plan: NoisePlan): string {
    if (typeof value !== 'object' || value === null) return writeCanonical(value, this.#unescaped);
    return Array.isArray(value) ? this.#list(value, plan) : this.#object(value as JsonObject, plan);
  }

  #object(object: JsonObject, plan: NoisePlan): string {
    const { keys, names, firstNames } = shapeOf(object);
    let text = '{';
    for (let at = 0; at < keys.length; at++) {
      const key = keys[at] as string;
      const field = this.write(object[key] as Json, fieldPlan(plan, key));
      if (field !== undefined) text += (text.length === 1 ? firstNames[at] : names[at]) + field;
    }
    return `${text}}`;
  }

  #list(items: readonly Json[], plan: NoisePlan): string {
    if (plan.item === null && !plan.unordered) return writeCanonical(items, this.#unescaped);
    const texts: string[] = [];
    for (const item of items) {
      const text = this.write(item, plan.item);
      if (text !== undefined) texts.push(text);
    }
    if (plan.unordered) sortTexts(texts);
    let list = '[';
    for (let at = 0; at < texts.length; at++) list += at === 0 ? texts[at] : `,${texts[at]}`;
    return `${list}]`;
  }
}
