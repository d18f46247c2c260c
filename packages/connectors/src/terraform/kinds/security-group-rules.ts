import { isJsonArray, isJsonObject, type JsonObject } from '@leeway/core';

/**
 * Rules of one protocol, port range and description as one: EC2 keeps a rule for each source, and how many a block of
 * the configuration holds is the provider's matter. Pure and idempotent.
 */
export function mergeRules(attributes: JsonObject): JsonObject {
  const merged = ['ingress', 'egress'].flatMap((block) => {
    const rules = attributes[block];
    return isJsonArray(rules) && rules.every(isJsonObject) ? [[block, mergeList(rules)] as const] : [];
  });
  return { ...attributes, ...Object.fromEntries(merged) };
}

const groupSources = ['cidr_blocks', 'ipv6_cidr_blocks', 'security_groups', 'prefix_list_ids'];

function mergeList(rules: readonly JsonObject[]): readonly JsonObject[] {
  const byPort = Map.groupBy(rules, ({ protocol, from_port, to_port, description }) =>
    JSON.stringify([String(protocol).toLowerCase(), String(from_port), String(to_port), description || '']),
  );
  return [...byPort.values()].map((same) => same.reduce(mergePair));
}

function mergePair(left: JsonObject, right: JsonObject): JsonObject {
  const sources = groupSources.flatMap((field) => {
    const both = [left[field], right[field]].flatMap((list) => (isJsonArray(list) ? list : []));
    return both.length === 0 ? [] : [[field, [...new Set(both)]] as const];
  });
  const self = left['self'] === true || right['self'] === true;
  return { ...left, ...Object.fromEntries(sources), ...(self && { self }) };
}
