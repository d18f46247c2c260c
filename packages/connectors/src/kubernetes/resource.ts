import type { Seal } from '@leeway/connector-kit';
import { isJsonArray, isJsonObject, type Json, type JsonObject, type Origin, type Resource } from '@leeway/core';
import { lastChange } from './attribution.ts';
import { editObject, objectAt, textAt, without } from './kinds/edit.ts';
import type { KubernetesObject } from './object.ts';
import { sealSecret } from './secret-data.ts';

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** An object as a resource. `place` says where it was read. Its namespace is settled before. */
export function toResource(object: KubernetesObject, place: string, seal: Seal): Resource {
  const metadata = objectAt(object.body, 'metadata');
  const id = textAt(metadata, 'uid');
  const origin: Origin = { place, ...(id && { id }), ...lastChange(metadata) };
  const body = scrub(object.body);
  return {
    kind: object.kind,
    key: object.namespace === undefined ? object.name : `${object.namespace}/${object.name}`,
    attributes: object.kind === 'core/Secret' ? sealSecret(body, seal) : body,
    origin,
  };
}

/**
 * Without the fields that change with every heartbeat (status, versions) and those that repeat the object in another
 * form, secrets included (managed fields, the last applied configuration). A field that is null is absent to the API.
 */
function scrub(body: JsonObject): JsonObject {
  const edited = editObject(without(body, 'status'), 'metadata', (metadata) =>
    editObject(
      without(metadata, 'managedFields', 'resourceVersion', 'generation', 'selfLink'),
      'annotations',
      (annotations) => without(annotations, lastApplied),
    ),
  );
  return dropNulls(edited) as JsonObject;
}

function dropNulls(value: Json): Json {
  if (isJsonArray(value)) return keep(value, value.map(dropNulls));
  if (!isJsonObject(value)) return value;
  let changed = false;
  const entries: [string, Json][] = [];
  for (const key of Object.keys(value)) {
    const field = value[key] ?? null;
    const next = dropNulls(field);
    changed ||= next !== field || field === null;
    if (field !== null) entries.push([key, next]);
  }
  return changed ? Object.fromEntries(entries) : value;
}

function keep(before: readonly Json[], after: readonly Json[]): Json {
  return after.every((item, index) => item === before[index]) ? before : after;
}

/** The object that `kubectl apply` last sent, from its annotation; undefined where there is none or it is not JSON. */
export function lastAppliedObject(body: JsonObject): JsonObject | undefined {
  const text = textAt(objectAt(objectAt(body, 'metadata'), 'annotations'), lastApplied);
  if (text === undefined) return undefined;
  try {
    const applied = JSON.parse(text) as Json;
    return isJsonObject(applied) ? applied : undefined;
  } catch {
    return undefined;
  }
}
