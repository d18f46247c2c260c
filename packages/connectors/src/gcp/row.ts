import type { Json, JsonObject } from '@leeway/core';
import { mapping, shape, text, textAt, valueAt } from '../shared/cloud/shape.ts';

/** Reads assets of one type as resources of one of Terraform's kinds. */
export interface Table {
  /** Asset type, as https://cloud.google.com/asset-inventory/docs/asset-types has it. */
  readonly type: string;
  readonly kind: string;
  read(asset: Json): Found | undefined;
}

export interface Found {
  readonly name: string;
  readonly detail?: string;
  readonly attributes: JsonObject;
  /** Beside the asset's own name. */
  readonly ids?: readonly string[];
  readonly isGiven?: boolean;
}

/** `projects/p/global/networks/n` of a full name or a link. */
export function pathOf(name: string): string {
  return name.replace(/^https:\/\/[^/]+\/(?:compute\/|storage\/)?(?:v\d\w*|beta)\//, '').replace(/^\/\/[^/]+\//, '');
}

export const projectOf = (name: string): string => /(?:^|\/)projects\/([^/]+)/.exec(name)?.[1] ?? '';

export const lastPart = (path: string): string => path.split('/').at(-1) ?? path;

/** The last part of a link: how Terraform writes regions, zones and types. */
export const last =
  (path: string) =>
  (node: Json): Json | undefined => {
    const value = textAt(node, path);
    return value === undefined ? undefined : lastPart(value);
  };

const shared = shape({
  self_link: text('selfLink'),
  labels: mapping('labels'),
  description: text('description'),
});

/** What most assets have in common, and what theirs alone tell. `data` is the resource as its own API has it. */
export function attributesOf(asset: Json, fields: (data: Json) => JsonObject): JsonObject {
  const data = dataOf(asset);
  const name = textAt(asset, 'name') ?? '';
  const project = projectOf(name);
  const own = { id: pathOf(name), name: lastPart(pathOf(name)), ...(project !== '' && { project }) };
  return { ...own, ...shared(data), ...fields(data) };
}

/** The resource as its own API has it. */
export function dataOf(asset: Json): Json {
  return valueAt(asset, 'resource.data') ?? null;
}

/** A type whose name is the last part of its path. */
export function table(type: string, kind: string, fields: (data: Json) => JsonObject): Table {
  return {
    type,
    kind,
    read(asset) {
      const attributes = attributesOf(asset, fields);
      return { name: textAt(attributes, 'name') ?? '', attributes };
    },
  };
}

/** The same, named in another way. */
export function renamed(original: Table, change: (found: Found, asset: Json) => Found | undefined): Table {
  return {
    ...original,
    read: (asset) => {
      const found = original.read(asset);
      return found && change(found, asset);
    },
  };
}
