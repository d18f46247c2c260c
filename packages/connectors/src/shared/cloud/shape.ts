import { isJsonArray, isJsonObject, type Json, type JsonObject } from '@leeway/core';

/** What one attribute takes from an answer; undefined leaves it out. */
export type Field = (node: Json) => Json | undefined;

/** Attributes as a table: their names, and where in an answer each stands. */
export function shape(fields: Readonly<Record<string, Field>>): (node: Json) => JsonObject {
  const entries = Object.entries(fields);
  return (node) =>
    Object.fromEntries(
      entries.flatMap(([name, field]) => {
        const value = field(node);
        return value === undefined ? [] : [[name, value] as const];
      }),
    );
}

/** The value at a path of names, `a.b.c`; undefined where any of them is missing. An empty path is the node itself. */
export function valueAt(node: Json | undefined, path: string): Json | undefined {
  if (path === '') return node;
  let at: Json | undefined = node;
  for (const name of path.split('.')) {
    if (!isJsonObject(at) || !Object.hasOwn(at, name)) return undefined;
    at = at[name];
  }
  return at ?? undefined;
}

/** The items at a path. XML writes a list of one as its item, and an empty list as empty text. */
export function itemsAt(node: Json | undefined, path: string): readonly Json[] {
  const value = valueAt(node, path);
  if (value === undefined || value === '') return [];
  return isJsonArray(value) ? value : [value];
}

/** The text at a path; undefined for none and for anything that is no text or number. */
export function textAt(node: Json | undefined, path: string): string | undefined {
  const value = valueAt(node, path);
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function isTrueAt(node: Json | undefined, path: string): boolean {
  const value = valueAt(node, path);
  return value === true || value === 'true';
}

export const text =
  (path: string): Field =>
  (node) =>
    textAt(node, path);

/** XML writes numbers as text. */
export const number =
  (path: string): Field =>
  (node) => {
    const value = textAt(node, path);
    return value === undefined || Number.isNaN(Number(value)) ? undefined : Number(value);
  };

/** A switch that is said; undefined where it is not. */
export const flag =
  (path: string): Field =>
  (node) =>
    valueAt(node, path) === undefined ? undefined : isTrueAt(node, path);

/** Texts of a list: its items, or one field of each. */
export const texts =
  (path: string, field = ''): Field =>
  (node) =>
    itemsAt(node, path).flatMap((item) => textAt(item, field) ?? []);

/** Blocks of a list, as Terraform writes them. */
export const blocks =
  (path: string, item: (node: Json) => JsonObject): Field =>
  (node) =>
    itemsAt(node, path).map(item);

/** One nested block: a list of one, or nothing. */
export const block =
  (path: string, item: (node: Json) => JsonObject): Field =>
  (node) => {
    const value = valueAt(node, path);
    return value === undefined || value === '' ? undefined : [item(value)];
  };

/** A map written as a list of names and values: tags, dimensions. */
export const entries =
  (path: string, name: string, value: string): Field =>
  (node) =>
    Object.fromEntries(
      itemsAt(node, path).flatMap((item) => {
        const key = textAt(item, name);
        return key === undefined ? [] : [[key, textAt(item, value) ?? ''] as const];
      }),
    );

/** A map of texts that is written as a map. */
export const mapping =
  (path: string): Field =>
  (node) => {
    const value = valueAt(node, path);
    if (!isJsonObject(value)) return undefined;
    return Object.fromEntries(Object.entries(value).filter(([, item]) => typeof item === 'string'));
  };

/** Whatever stands there, as it stands. */
export const asIs =
  (path: string): Field =>
  (node) =>
    valueAt(node, path);

export const always =
  (value: Json): Field =>
  () =>
    value;

/** A field that is looked at further, e.g. in another spelling. */
export const mapped =
  (field: Field, change: (value: Json) => Json | undefined): Field =>
  (node) => {
    const value = field(node);
    return value === undefined ? undefined : change(value);
  };
