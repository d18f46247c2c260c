import { canonicalJson, scalarText } from '../json/canonical.ts';
import { compareCodeUnits, quote, sortTexts } from '../json/text.ts';
import { isJsonArray, isJsonObject, type Json, type JsonObject } from '../json/value.ts';
import type { Kind } from '../resource/kind.ts';
import { type Neutralizer, noNeutralizer } from '../resource/neutral.ts';
import { fieldPlan, type NoisePlan, noisePlan } from '../resource/noise-plan.ts';
import { isSealed, withoutSecretDigests } from '../resource/secret.ts';
import { isDefault, isEmptyText } from './fold.ts';
import type { NormalizeOptions } from './normal-text.ts';
import { normalizeQuantity } from './quantity.ts';

/** A normalised value that remembers how it was written, so that differences are shown as people know them. */
export interface NormalNode {
  /** The value as read. */
  readonly raw: Json;
  /** Canonical text of the normal form, names of the environment's own taken out. */
  readonly text: string;
  /** The same with these names left in: a value that is the same word on both sides is equal, whatever the word means. */
  readonly plain: string;
  /** Fields of an object by (neutral) name; absent for other values. */
  readonly fields?: ReadonlyMap<string, NormalNode>;
  /** Names of fields as written, by neutral name, where the two are not the same. */
  readonly writtenNames?: ReadonlyMap<string, string>;
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
  return builder.node(input, noisePlan(kind, options.strict)) ?? emptyNode;
}

const emptyNode: NormalNode = { raw: {}, text: '{}', plain: '{}', fields: new Map(), plan: null };

/** Whether two normal forms say the same, with the environments' own names taken out or as they are. */
export function isEqual(left: NormalNode, right: NormalNode): boolean {
  return left.text === right.text || left.plain === right.plain;
}

class TreeBuilder {
  readonly #across: boolean;
  readonly #neutralizer: Neutralizer;
  /** Text of a scalar as the sides share it. */
  readonly #shared: (text: string) => string;

  constructor(options: NormalTreeOptions) {
    this.#across = options.acrossEnvironments === true;
    this.#neutralizer = options.neutralizer ?? noNeutralizer;
    this.#shared = this.#across && !options.strict ? withoutSecretDigests : (text) => text;
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
    if (typeof value !== 'string') return { raw, text: scalarText(value), plain: scalarText(value), plan };
    const plain = this.#shared(quote(value));
    return { raw, text: quote(this.#neutralizer.neutralize(this.#shared(value))), plain, plan };
  }

  #object(raw: Json, object: JsonObject, plan: NoisePlan | null): NormalNode {
    if (isSealed(object)) {
      const text = this.#shared(canonicalJson(object));
      return { raw, text, plain: text, plan };
    }
    const fields = new Map<string, NormalNode>();
    const writtenNames = new Map<string, string>();
    for (const key of Object.keys(object)) {
      const field = this.node(object[key] as Json, plan ? fieldPlan(plan, key) : null);
      if (!field) continue;
      const name = this.#neutralizer.neutralize(key);
      fields.set(name, field);
      if (name !== key) writtenNames.set(name, key);
    }
    const text = objectText([...fields].map(([name, field]) => [name, field.text]));
    const plain = objectText([...fields].map(([name, field]) => [writtenNames.get(name) ?? name, field.plain]));
    return { raw, text, plain, fields, ...(writtenNames.size > 0 && { writtenNames }), plan };
  }

  #list(raw: Json, list: readonly Json[], plan: NoisePlan | null): NormalNode {
    const items: NormalNode[] = [];
    for (const item of list) {
      const built = this.node(item, plan ? plan.item : null);
      if (built) items.push(built);
    }
    const ordered = (texts: string[]) => `[${(plan?.unordered ? sortTexts(texts) : texts).join(',')}]`;
    const text = ordered(items.map((item) => item.text));
    return { raw, text, plain: ordered(items.map((item) => item.plain)), items, plan };
  }
}

function objectText(fields: readonly (readonly [string, string])[]): string {
  const sorted = fields.toSorted(([left], [right]) => compareCodeUnits(left, right));
  return `{${sorted.map(([name, text]) => `${quote(name)}:${text}`).join(',')}}`;
}
