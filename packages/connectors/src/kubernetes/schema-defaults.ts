import { isJsonArray, isJsonObject, type Json, type JsonObject } from '@leeway/core';
import { canonicalJson } from '@leeway/core/json/canonical.ts';
import { kindName } from './kind-name.ts';
import { objectAt, objectsAt, textAt } from './kinds/edit.ts';
import type { KubernetesObject } from './object.ts';
import { lastAppliedObject } from './resource.ts';

/** The kind whose objects carry the defaults of others. */
export const definitionKind = 'apiextensions.k8s.io/CustomResourceDefinition';

/**
 * The defaults that custom resource definitions declare, taken out of the objects a server sent: it wrote them there
 * itself. A value that was applied explicitly stays, as the annotation of `kubectl apply` tells; without one, a value
 * equal to its default counts as the server's.
 * See https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#defaulting.
 */
export class SchemaDefaults {
  readonly #schemas = new Map<string, JsonObject>();

  add({ kind, body }: KubernetesObject): void {
    if (kind !== definitionKind) return;
    const spec = objectAt(body, 'spec');
    const ownKind = textAt(objectAt(spec, 'names'), 'kind') ?? '';
    for (const version of objectsAt(spec, 'versions')) {
      const apiVersion = `${textAt(spec, 'group')}/${textAt(version, 'name')}`;
      const schema = objectAt(objectAt(version, 'schema'), 'openAPIV3Schema');
      if (schema && hasDefault(schema)) this.#schemas.set(`${apiVersion} ${kindName(apiVersion, ownKind)}`, schema);
    }
  }

  fold(object: KubernetesObject): KubernetesObject {
    const schema = this.#schemas.get(`${textAt(object.body, 'apiVersion')} ${object.kind}`);
    if (!schema) return object;
    const explicit = lastAppliedObject(object.body);
    const folded = foldValue(object.body, schema, explicit);
    return isJsonObject(folded) ? { ...object, body: folded } : object;
  }
}

function hasDefault(schema: JsonObject): boolean {
  return JSON.stringify(schema).includes('"default":');
}

function foldValue(value: Json, schema: JsonObject, explicit: Json | undefined): Json {
  if (isJsonArray(value)) {
    const items = objectAt(schema, 'items');
    const given = isJsonArray(explicit) ? explicit : [];
    return items ? value.map((item, index) => foldValue(item, items, given[index])) : value;
  }
  if (!isJsonObject(value)) return value;
  const properties = objectAt(schema, 'properties');
  const others = objectAt(schema, 'additionalProperties');
  const given = isJsonObject(explicit) ? explicit : {};
  const kept = Object.entries(value).flatMap(([key, field]): readonly (readonly [string, Json])[] => {
    const part = objectAt(properties, key) ?? others;
    if (!part) return [[key, field]];
    const folded = foldValue(field, part, given[key]);
    return key in given || !isDefaultOf(part, field, folded) ? [[key, folded]] : [];
  });
  return Object.fromEntries(kept);
}

/** True for a value equal to the schema's default, itself with the defaults below it filled in or not. */
function isDefaultOf(schema: JsonObject, value: Json, folded: Json): boolean {
  const usual = schema['default'];
  if (usual === undefined) return false;
  return [value, folded].some((each) => canonicalJson(each) === canonicalJson(usual));
}
