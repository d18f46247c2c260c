import { scalarText } from '../json/canonical.ts';
import { compareCodeUnits, quote, sortTexts } from '../json/text.ts';
import { isJsonArray, isJsonObject, type Json, type JsonObject } from '../json/value.ts';
import type { Kind } from '../resource/kind.ts';
import { type Neutralizer, noNeutralizer } from '../resource/neutral.ts';
import { fieldPlan, type NoisePlan, noisePlan } from '../resource/noise-plan.ts';
import { isDefault, isEmptyText } from './fold.ts';
import type { NormalizeOptions } from './normal-text.ts';
import { normalizeQuantity } from './quantity.ts';

/** A normalised value that remembers how it was written, so that differences are shown as people know them. */
export interface NormalNode {
  /** The value as read. */
  readonly raw: Json;
  /** Canonical text of the normal form; equal texts mean no difference. */
  readonly text: string;
  /** Fields of an object by (neutral) name; absent for other values. */
  readonly fields?: ReadonlyMap<string, NormalNode>;
  /** Items of a list in the order read. */
  readonly items?: readonly NormalNode[];
  readonly plan: NoisePlan | null;
}

export interface NormalTreeOptions extends NormalizeOptions {
  /** Replaces the environment's own names in keys and values. */
  readonly neutralizer?: Neutralizer;
}

/** The normal form of a resource's attributes as a tree: for the few resources whose digests differ. */
export function normalTree(kind: Kind, attributes: JsonObject, options: NormalTreeOptions = {}): NormalNode {
  const input = kind.normalize && !options.strict ? kind.normalize(attributes, kind.name) : attributes;
  const builder = new TreeBuilder(options);
  return builder.node(input, noisePlan(kind, options.strict)) ?? { raw: {}, text: '{}', fields: new Map(), plan: null };
}

class TreeBuilder {
  readonly #across: boolean;
  readonly #neutralizer: Neutralizer;

  constructor(options: NormalTreeOptions) {
    this.#across = options.acrossEnvironments === true;
    this.#neutralizer = options.neutralizer ?? noNeutralizer;
  }

  /** Undefined when a rule leaves the value out. */
  node(raw: Json, plan: NoisePlan | null): NormalNode | undefined {
    if (plan?.computed || (this.#across && plan?.instance)) return undefined;
    const value = plan?.quantity ? normalizeQuantity(plan.quantity, raw) : raw;
    const built = this.#structure(raw, value, plan);
    if (plan?.empty && isEmptyText(built.text)) return undefined;
    if (plan?.defaults && isDefault(plan, raw, built.text)) return undefined;
    return built;
  }

  #structure(raw: Json, value: Json, plan: NoisePlan | null): NormalNode {
    if (isJsonArray(value)) return this.#list(raw, value, plan);
    if (isJsonObject(value)) return this.#object(raw, value, plan);
    const text = typeof value === 'string' ? quote(this.#neutralizer.neutralize(value)) : scalarText(value);
    return { raw, text, plan };
  }

  #object(raw: Json, object: JsonObject, plan: NoisePlan | null): NormalNode {
    const fields = new Map<string, NormalNode>();
    for (const key of Object.keys(object)) {
      const field = this.node(object[key] as Json, plan ? fieldPlan(plan, key) : null);
      if (field) fields.set(this.#neutralizer.neutralize(key), field);
    }
    const keys = [...fields.keys()].sort(compareCodeUnits);
    const text = `{${keys.map((key) => `${quote(key)}:${fields.get(key)?.text}`).join(',')}}`;
    return { raw, text, fields, plan };
  }

  #list(raw: Json, list: readonly Json[], plan: NoisePlan | null): NormalNode {
    const items: NormalNode[] = [];
    for (const item of list) {
      const built = this.node(item, plan ? plan.item : null);
      if (built) items.push(built);
    }
    const texts = items.map((item) => item.text);
    if (plan?.unordered) sortTexts(texts);
    return { raw, text: `[${texts.join(',')}]`, items, plan };
  }
}
