import type { Seal } from '@leeway/connector-kit';
import type { JsonObject, Resource } from '@leeway/core';
import { describeUser } from './acl.ts';
import { parameterName, parameterValue } from './parameters.ts';

/** Parameters by name, as attributes: one name for each, one spelling for each value. */
export function settingsResource(name: string, parameters: Iterable<readonly [string, string]>): Resource {
  const attributes: Record<string, string> = {};
  for (const [given, value] of parameters) {
    const parameter = parameterName(given);
    attributes[parameter] = parameterValue(parameter, value);
  }
  return { kind: 'redis.settings', key: name, attributes };
}

export function userResource(name: string, user: string, rules: readonly string[], seal: Seal): Resource {
  return { kind: 'redis.acl-user', key: user, attributes: { server: name, ...describeUser(rules, seal) } };
}

export function serverResource(name: string, attributes: JsonObject): Resource {
  return { kind: 'redis.server', key: name, attributes };
}

export function withPlace(resource: Resource, place: string): Resource {
  return { ...resource, origin: { place } };
}
