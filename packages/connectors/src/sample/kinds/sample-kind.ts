import type { Json, JsonObject, Kind } from '@leeway/core';
import type { Random } from '../random.ts';

/** What the maker of a resource is told. */
export interface Maker {
  readonly random: Random;
  /** The environment's own word, which names carry: `prod`. */
  readonly stage: string;
  /** Number of the resource, part of its name. */
  readonly index: number;
  readonly application: string;
  /** Stands where a secret stands in a real system. */
  readonly secret: string;
}

/** One change that an operator might make by hand, and the path it must be reported at. */
export interface Edit {
  readonly path: string;
  apply(attributes: JsonObject): JsonObject;
}

/** A kind of the sample estate: how it is declared, how a live system would answer, and how it drifts. */
export interface SampleKind {
  readonly kind: Kind;
  /** Environment-neutral apart from the stage in it. */
  nameOf(maker: Omit<Maker, 'random' | 'secret'>): string;
  /** As somebody writes it: defaults left out. */
  declare(maker: Maker): JsonObject;
  /** As a server answers: defaults filled in, lists in another order, amounts respelt, fields of its own. */
  observe(declared: JsonObject, random: Random): JsonObject;
  /** Each changes something that every resource of the kind has. */
  readonly edits: readonly [Edit, ...Edit[]];
}

export function replaceField(path: string, change: (value: Json | undefined) => Json): Edit {
  const field = path.slice(1);
  return { path, apply: (attributes) => ({ ...attributes, [field]: change(attributes[field]) }) };
}

/** Changes a field of one item of a list of objects; `select` names the item, `path` is where it must be reported. */
export function replaceInItem(
  path: string,
  list: string,
  select: (item: JsonObject) => boolean,
  fields: (item: JsonObject) => JsonObject,
): Edit {
  const change = (items: readonly JsonObject[]) =>
    items.map((item) => (select(item) ? { ...item, ...fields(item) } : item));
  return { path, apply: (attributes) => ({ ...attributes, [list]: change(itemsOf(attributes[list])) }) };
}

/** The list as objects: sample resources are made here, so its shape is known. */
export function itemsOf(list: Json | undefined): readonly JsonObject[] {
  return list as readonly JsonObject[];
}
