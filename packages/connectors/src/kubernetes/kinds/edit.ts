import { isJsonArray, isJsonObject, type Json, type JsonObject } from '@leeway/core';

/** The object at a field, or undefined where there is none. */
export function objectAt(parent: JsonObject | undefined, field: string): JsonObject | undefined {
  const value = parent?.[field];
  return isJsonObject(value) ? value : undefined;
}

/** The objects in a list field; other items are left out. */
export function objectsAt(parent: JsonObject | undefined, field: string): readonly JsonObject[] {
  const value = parent?.[field];
  return isJsonArray(value) ? value.filter(isJsonObject) : [];
}

export function textAt(parent: JsonObject | undefined, field: string): string | undefined {
  const value = parent?.[field];
  return typeof value === 'string' ? value : undefined;
}

/** A copy without the fields named; the same object when it has none of them. */
export function without(object: JsonObject, ...fields: readonly string[]): JsonObject {
  if (!fields.some((field) => field in object)) return object;
  return Object.fromEntries(Object.entries(object).filter(([field]) => !fields.includes(field)));
}

/** A copy with an object field edited; the same object where there is no such field or nothing changed. */
export function editObject(parent: JsonObject, field: string, edit: (value: JsonObject) => JsonObject): JsonObject {
  const value = parent[field];
  if (!isJsonObject(value)) return parent;
  const edited = edit(value);
  return edited === value ? parent : { ...parent, [field]: edited };
}

/** A copy with every object in a list field edited. */
export function editItems(parent: JsonObject, field: string, edit: (item: JsonObject) => JsonObject): JsonObject {
  const value = parent[field];
  if (!isJsonArray(value)) return parent;
  let changed = false;
  const edited = value.map((item): Json => {
    if (!isJsonObject(item)) return item;
    const next = edit(item);
    changed ||= next !== item;
    return next;
  });
  return changed ? { ...parent, [field]: edited } : parent;
}

/** Steps one after the other. */
export function chain(...steps: readonly ((object: JsonObject) => JsonObject)[]): (object: JsonObject) => JsonObject {
  return (object) => steps.reduce((value, step) => step(value), object);
}

/** Edits what stands at a path of object fields: `at(['spec', 'template', 'spec'], edit)`. */
export function at(
  path: readonly string[],
  edit: (object: JsonObject) => JsonObject,
): (object: JsonObject) => JsonObject {
  const [field, ...rest] = path;
  return field === undefined ? edit : (object) => editObject(object, field, at(rest, edit));
}
