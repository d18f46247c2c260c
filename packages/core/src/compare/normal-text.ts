import { canonicalJson, compareCodeUnits, quotedKey, sortedKeys } from '../json/canonical.ts';
import type { Json, JsonObject } from '../json/value.ts';
import type { Kind, QuantityUnit } from '../resource/kind.ts';
import { fieldPlan, type NoisePlan, noisePlan } from '../resource/noise-plan.ts';
import { isDefault, isEmptyText } from './fold.ts';
import { normalizeQuantity } from './quantity.ts';

/** Both written forms of a resource's attributes: as read, and with the kind's noise taken out. */
export interface AttributeTexts {
  /** Canonical JSON of the attributes as read: what is stored. */
  readonly raw: string;
  /** Canonical JSON after normalisation: what is digested. The same string as `raw` where no rule applied. */
  readonly normal: string;
}

export interface NormalizeOptions {
  /** True folds nothing: no defaults, computed or empty fields, no spellings. Lists still align. */
  readonly strict?: boolean;
  /** True leaves out what identifies an instance: for comparing environments with each other. */
  readonly acrossEnvironments?: boolean;
}

/**
 * Writes both forms in one walk. This is the hot path of every scan (a million resources): subtrees no noise rule
 * reaches are written once and shared. `normal-tree.ts` computes the same normal form as a tree; a property test holds
 * the two equal.
 */
export function attributeTexts(kind: Kind, attributes: JsonObject, options: NormalizeOptions = {}): AttributeTexts {
  const plan = noisePlan(kind, options.strict);
  const across = options.acrossEnvironments === true;
  if (kind.normalize && !options.strict) {
    const raw = canonicalJson(attributes);
    write(kind.normalize(attributes, kind.name), plan, across);
    return { raw, normal: normal ?? '{}' };
  }
  const raw = write(attributes, plan, across);
  return { raw, normal: normal ?? '{}' };
}

/** Second result of {@link write}: the normal form, undefined when the value is left out. A variable saves an object a call. */
let normal: string | undefined;

function write(value: Json, plan: NoisePlan | null, across: boolean): string {
  if (plan === null) return writePlain(value);
  if (plan.plain) return writeStructure(value, plan, across);
  if (plan.computed || (across && plan.instance)) {
    const text = canonicalJson(value);
    normal = undefined;
    return text;
  }
  const raw = plan.quantity ? writeQuantity(value, plan, plan.quantity, across) : writeStructure(value, plan, across);
  if (normal !== undefined && plan.empty && isEmptyText(normal)) normal = undefined;
  if (normal !== undefined && plan.defaults && isDefault(plan, raw, normal)) normal = undefined;
  return raw;
}

function writePlain(value: Json): string {
  const text = canonicalJson(value);
  normal = text;
  return text;
}

function writeQuantity(value: Json, plan: NoisePlan, unit: QuantityUnit, across: boolean): string {
  const quantity = normalizeQuantity(unit, value);
  if (quantity === value) return writeStructure(value, plan, across);
  writeStructure(quantity, plan, across);
  return canonicalJson(value);
}

function writeStructure(value: Json, plan: NoisePlan, across: boolean): string {
  if (typeof value !== 'object' || value === null) return writePlain(value);
  return Array.isArray(value) ? writeList(value, plan, across) : writeObject(value as JsonObject, plan, across);
}

function writeObject(object: JsonObject, plan: NoisePlan, across: boolean): string {
  let raw = '';
  // One text serves both forms until the first field in which they part.
  let parted = false;
  let normals = '';
  for (const key of sortedKeys(object)) {
    const name = raw === '' ? quotedKey(key) : `,${quotedKey(key)}`;
    const text = write(object[key] as Json, fieldPlan(plan, key), across);
    if (!parted && normal !== text) {
      parted = true;
      normals = raw;
    }
    raw += name + text;
    if (parted && normal !== undefined)
      normals += normals === '' ? quotedKey(key) + normal : `,${quotedKey(key)}${normal}`;
  }
  const whole = `{${raw}}`;
  normal = parted ? `{${normals}}` : whole;
  return whole;
}

function writeList(items: readonly Json[], plan: NoisePlan, across: boolean): string {
  if (items.length === 0 || (plan.item === null && !plan.unordered)) return writePlain(items);
  let raw = '';
  // The same as `raw` until an item is left out, differs in its forms, or stands out of order.
  let parted = false;
  const normals: string[] = [];
  for (const item of items) {
    const text = write(item, plan.item, across);
    raw += raw === '' ? text : `,${text}`;
    if (normal === undefined) parted = true;
    else {
      parted ||= normal !== text || (plan.unordered && normals.length > 0 && normal < (normals.at(-1) as string));
      normals.push(normal);
    }
  }
  const whole = `[${raw}]`;
  normal = parted ? `[${(plan.unordered ? normals.sort(compareCodeUnits) : normals).join(',')}]` : whole;
  return whole;
}
