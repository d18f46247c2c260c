import type { Seal } from '@leeway/connector-kit';
import { isJsonArray, isJsonObject, type Json, type JsonObject } from '@leeway/core';
import type { PathStep } from './schema.ts';

/** Stands for a value that only applying will tell: it equals every other value and absence. */
export const unknownValue: Json = { $unknown: true };

/** Secrets shorter than this are not searched for elsewhere: too many harmless values are equal to them. */
const shortestSecret = 6;

/**
 * Attributes with their sensitive parts sealed. `marks` mirrors the value, with `true` where it is sensitive. Terraform
 * loses the mark where a provider echoes a value (`terraform_data.output`), so texts equal to one of the resource's own
 * secrets are sealed too.
 */
export function sealMarked(attributes: JsonObject, marks: Json | undefined, seal: Seal): JsonObject {
  const secrets = new Set<string>();
  collectMarked(attributes, marks, secrets);
  const sealed = applyMarks(attributes, marks, seal);
  return (secrets.size > 0 ? sealEchoes(sealed, secrets, seal) : sealed) as JsonObject;
}

function applyMarks(value: Json, marks: Json | undefined, seal: Seal): Json {
  if (marks === true) return sealAny(value, seal);
  if (isJsonArray(value)) {
    if (!isJsonArray(marks)) return value;
    return value.map((item, index) => applyMarks(item, marks[index], seal));
  }
  if (!isJsonObject(value) || !isJsonObject(marks)) return value;
  return mapFields(value, (field, key) => applyMarks(field, marks[key], seal));
}

/** A sensitive block or list is sealed as a whole: even its number of items may be a secret. */
function sealAny(value: Json, seal: Seal): Json {
  if (value === null) return null;
  return seal(typeof value === 'string' ? value : JSON.stringify(value));
}

function collectMarked(value: Json, marks: Json | undefined, secrets: Set<string>): void {
  if (marks === true) collectTexts(value, secrets);
  else if (isJsonArray(value) && isJsonArray(marks)) {
    for (const [index, item] of value.entries()) collectMarked(item, marks[index], secrets);
  } else if (isJsonObject(value) && isJsonObject(marks)) {
    for (const [key, mark] of Object.entries(marks)) collectMarked(value[key] ?? null, mark, secrets);
  }
}

function collectTexts(value: Json, secrets: Set<string>): void {
  if (typeof value === 'string') {
    if (value.length >= shortestSecret) secrets.add(value);
  } else if (isJsonArray(value)) for (const item of value) collectTexts(item, secrets);
  else if (isJsonObject(value)) for (const field of Object.values(value)) collectTexts(field, secrets);
}

function sealEchoes(value: Json, secrets: ReadonlySet<string>, seal: Seal): Json {
  if (typeof value === 'string') return secrets.has(value) ? seal(value) : value;
  if (isJsonArray(value)) return value.map((item) => sealEchoes(item, secrets, seal));
  return isJsonObject(value) ? mapFields(value, (field) => sealEchoes(field, secrets, seal)) : value;
}

/**
 * Attributes with `$unknown` where applying will decide. A list with an unknown item is unknown as a whole, since
 * Terraform leaves such items out and the others move.
 */
export function markUnknown(value: Json, unknown: Json | undefined): Json {
  if (unknown === true) return unknownValue;
  if (isJsonArray(unknown)) {
    if (unknown.some((mark) => hasUnknown(mark, true))) return unknownValue;
    return isJsonArray(value) ? value.map((item, index) => markUnknown(item, unknown[index])) : value;
  }
  if (!isJsonObject(unknown)) return value;
  const known = isJsonObject(value) ? value : {};
  const names = Object.keys(unknown).filter((key) => !Object.hasOwn(known, key) && hasUnknown(unknown[key], false));
  if (names.length === 0 && known !== value) return value;
  const fields = [...Object.keys(known), ...names];
  return Object.fromEntries(fields.map((key) => [key, markUnknown(known[key] ?? null, unknown[key])]));
}

/** `shallow` asks for `true` itself: an item with an unknown field is still an item. */
function hasUnknown(mark: Json | undefined, shallow: boolean): boolean {
  if (mark === true) return true;
  if (shallow) return false;
  if (isJsonArray(mark)) return mark.some((item) => hasUnknown(item, false));
  return isJsonObject(mark) && Object.values(mark).some((field) => hasUnknown(field, false));
}

/** The marks that `show -json` would give for the sensitive paths of a raw state. */
export function marksFromPaths(paths: readonly (readonly PathStep[])[]): Json {
  const root: Marks = new Map();
  for (const path of paths) {
    let at = root;
    for (const [index, step] of path.entries()) {
      const key = typeof step.value === 'string' ? step.value : String(step.value.value);
      const known = at.get(key);
      if (known === true) break;
      const next: Marks = known ?? new Map();
      at.set(key, index === path.length - 1 ? true : next);
      at = next;
    }
  }
  return plainMarks(root);
}

type Marks = Map<string, Marks | true>;

function plainMarks(marks: Marks): Json {
  return Object.fromEntries([...marks].map(([key, mark]) => [key, mark === true ? true : plainMarks(mark)]));
}

/** Marks by key fit lists too, once they are lists. */
export function fitMarks(value: Json, marks: Json | undefined): Json | undefined {
  if (!isJsonObject(marks)) return marks;
  if (isJsonArray(value)) return value.map((item, index) => fitMarks(item, marks[String(index)]) ?? false);
  if (!isJsonObject(value)) return marks;
  return mapFields(marks, (mark, key) => fitMarks(value[key] ?? null, mark) ?? false);
}

/** Nulls are Terraform's way to say "not set": they are left out, in blocks too; items of lists keep their place. */
export function dropUnset(value: Json): Json {
  if (isJsonArray(value)) return value.map(dropUnset);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, field]) => (field === null ? [] : [[key, dropUnset(field)] as const])),
  );
}

const primitiveTypes = new Set<Json>(['string', 'number', 'bool', 'dynamic']);
const compositeTypes = new Set<Json>(['list', 'set', 'map', 'object', 'tuple']);

/** Raw state writes values of any type with their type beside them, `{ value, type }`; `show -json` without. */
export function unwrapDynamic(value: Json): Json {
  if (isJsonArray(value)) return value.map(unwrapDynamic);
  if (!isJsonObject(value)) return value;
  const { value: inner, type } = value;
  if (inner !== undefined && Object.keys(value).length === 2 && isTypeName(type)) return unwrapDynamic(inner);
  return mapFields(value, unwrapDynamic);
}

function isTypeName(type: Json | undefined): boolean {
  if (typeof type === 'string') return primitiveTypes.has(type);
  return isJsonArray(type) && type.length >= 2 && compositeTypes.has(type[0] ?? null);
}

function mapFields(object: JsonObject, change: (field: Json, key: string) => Json): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, field]) => [key, change(field, key)]));
}
