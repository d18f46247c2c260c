import { isJsonArray, isJsonObject, type Json, type JsonObject } from '@leeway/core';

/** Nodes of a JSON Schema that describe the value at a path, alternatives included; the outermost of each first. */
export function nodesAt(schema: JsonObject, path: readonly string[]): readonly JsonObject[] {
  let nodes: readonly JsonObject[] = [schema];
  for (const token of path) nodes = nodes.flatMap(expand).flatMap((node) => stepsInto(node, token));
  return nodes;
}

/** Names of the fields that are allowed at a path. */
export function allowedFields(schema: JsonObject, path: readonly string[]): readonly string[] {
  const nodes = nodesAt(schema, path).flatMap(expand);
  return nodes.flatMap((node) => Object.keys(isJsonObject(node['properties']) ? node['properties'] : {}));
}

function expand(node: JsonObject): readonly JsonObject[] {
  const alternatives = node['anyOf'];
  return isJsonArray(alternatives) ? [node, ...alternatives.filter(isJsonObject).flatMap(expand)] : [node];
}

function stepsInto(node: JsonObject, token: string): readonly JsonObject[] {
  const properties = node['properties'];
  const named = isJsonObject(properties) && Object.hasOwn(properties, token) ? properties[token] : undefined;
  const next: readonly (Json | undefined)[] = [named ?? node['additionalProperties'], node['items']];
  return next.filter((candidate) => isJsonObject(candidate));
}
