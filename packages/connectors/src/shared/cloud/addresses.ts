import type { ReadContext } from '@leeway/connector-kit';
import { failed, type JsonObject, ok, type Problem, type Result } from '@leeway/core';
import { readTerraform } from '../../terraform/read.ts';
import type { TerraformSettings } from '../../terraform/settings.ts';

/** What Terraform calls the things it keeps: addresses by kind and by any of the names a cloud knows them under. */
export interface Addresses {
  find(kind: string, ids: readonly string[]): string | undefined;
}

/** Fields that name one object of a cloud; the first few alone, the last ones together. */
const names = ['arn', 'id', 'self_link', 'identifier', 'family'] as const;
const owners = ['role', 'user', 'group'] as const;

/**
 * Reads addresses from states or plans, so that what a cloud holds is called what its declaration calls it. Everything
 * else of the states is dropped at once.
 */
export async function readAddresses(settings: TerraformSettings, context: ReadContext): Promise<Result<Addresses>> {
  const addresses = new Map<string, string>();
  const problems: Problem[] = [];
  for await (const reading of readTerraform(settings, context)) {
    if (reading.type === 'notice') problems.push(reading.problem);
    if (reading.type !== 'resource') continue;
    const { kind, key, attributes } = reading.resource;
    for (const id of idsOf(kind, attributes)) addresses.set(nameOf(kind, id), key);
  }
  if (problems.length > 0) return failed(...problems);
  return ok({
    find: (kind, ids) => ids.map((id) => addresses.get(nameOf(kind, id))).find((key) => key !== undefined),
  });
}

/** Some clouds write the case of their ids as they please, and no two ids differ by it alone. */
const nameOf = (kind: string, id: string) => `${kind} ${id.toLowerCase()}`;

function idsOf(kind: string, attributes: JsonObject): readonly string[] {
  const own = names.map((field) => attributes[field]);
  // The ids of these are made up by Terraform: the two ends of the bond name it.
  const policy = attributes['policy_arn'];
  const bonds = kind.endsWith('_policy_attachment')
    ? owners.map((field) => attributes[field] && `${attributes[field]}/${policy}`)
    : [];
  const member = kind.endsWith('_group_membership') ? [attributes['user']] : [];
  return [...own, ...bonds, ...member].filter((id) => typeof id === 'string');
}
