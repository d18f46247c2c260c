import { isJsonArray, isJsonObject, type Json, type JsonObject } from '@leeway/core';
import { kindName } from './kind-name.ts';
import { objectAt, textAt } from './kinds/edit.ts';

/** A Kubernetes object as read: what identifies it, and all of it. */
export interface KubernetesObject {
  /** `group/Kind`, without version. */
  readonly kind: string;
  readonly name: string;
  /** Absent where the object names none: it is cluster-scoped, or its namespace is given from outside. */
  readonly namespace?: string;
  readonly body: JsonObject;
}

/** What a document holds: its objects, and JSON Pointers to items that are none. */
export interface Exploded {
  readonly objects: readonly { readonly object: KubernetesObject; readonly pointer: string }[];
  readonly strangers: readonly string[];
}

/**
 * The objects of a document: itself, or the items of a list (`kind: List` as kubectl writes it, `PodList` as the API
 * does, whose items name neither version nor kind; or a plain JSON array of objects).
 */
export function explode(document: Json, pointer = ''): Exploded {
  if (isJsonArray(document)) return join(document.map((item, index) => explode(item, `${pointer}/${index}`)));
  if (!isJsonObject(document)) return { objects: [], strangers: [pointer] };
  const items = listItems(document);
  if (!items) return single(document, pointer);
  return join(items.map((item, index) => explode(item, `${pointer}/items/${index}`)));
}

function single(body: JsonObject, pointer: string): Exploded {
  const object = parseObject(body);
  return object ? { objects: [{ object, pointer }], strangers: [] } : { objects: [], strangers: [pointer] };
}

function join(parts: readonly Exploded[]): Exploded {
  return { objects: parts.flatMap((part) => part.objects), strangers: parts.flatMap((part) => part.strangers) };
}

/** Items of a list with their version and kind filled in; undefined for anything but a list. */
export function listItems(document: JsonObject): readonly Json[] | undefined {
  const kind = textAt(document, 'kind');
  const items = document['items'];
  if (!kind?.endsWith('List') || !(isJsonArray(items) || items === null)) return undefined;
  const itemKind = kind.slice(0, -'List'.length);
  const given = itemKind ? { apiVersion: document['apiVersion'] ?? 'v1', kind: itemKind } : {};
  return (items ?? []).map((item) => (isJsonObject(item) ? { ...given, ...item } : item));
}

/** Undefined where version, kind or name is missing. */
export function parseObject(body: JsonObject): KubernetesObject | undefined {
  const apiVersion = textAt(body, 'apiVersion');
  const kind = textAt(body, 'kind');
  const metadata = objectAt(body, 'metadata');
  const name = textAt(metadata, 'name');
  if (!apiVersion || !kind || !name) return undefined;
  const namespace = textAt(metadata, 'namespace');
  return { kind: kindName(apiVersion, kind), name, ...(namespace && { namespace }), body };
}

/** True for what a server sent: it has a uid. A manifest never does. */
export function isServed({ body }: KubernetesObject): boolean {
  return objectAt(body, 'metadata')?.['uid'] !== undefined;
}
