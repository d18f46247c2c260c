import type { Json } from '@leeway/core';
import type { Draft } from '../shared/cloud/jobs.ts';
import { blocks, shape, text, textAt, texts } from '../shared/cloud/shape.ts';
import type { Azure } from './graph.ts';
import { lastPart } from './row.ts';

export const roleKinds = ['azurerm_role_assignment', 'azurerm_role_definition'] as const;

const definition = shape({
  name: text('properties.roleName'),
  description: text('properties.description'),
  assignable_scopes: texts('properties.assignableScopes'),
  permissions: blocks(
    'properties.permissions',
    shape({
      actions: texts('actions'),
      not_actions: texts('notActions'),
      data_actions: texts('dataActions'),
      not_data_actions: texts('notDataActions'),
    }),
  ),
});

const assignment = shape({
  id: text('id'),
  name: text('name'),
  scope: text('properties.scope'),
  role_definition_id: text('properties.roleDefinitionId'),
  principal_id: text('properties.principalId'),
  principal_type: text('properties.principalType'),
  description: text('properties.description'),
  condition: text('properties.condition'),
  condition_version: text('properties.conditionVersion'),
});

const table = 'authorizationresources';
const columns = 'project id, name, type, properties | order by id asc';

/** Roles of the account's own, and who has which role where. */
export async function* readRoles(azure: Azure): AsyncGenerator<Draft> {
  const roles = new Map<string, string>();
  const definitions = azure.query(
    'role definitions',
    `${table} | where type =~ 'microsoft.authorization/roledefinitions' | ${columns}`,
  );
  for await (const row of definitions) {
    const id = textAt(row, 'id') ?? '';
    const name = textAt(row, 'properties.roleName') ?? lastPart(id);
    roles.set(lastPart(id).toLowerCase(), name);
    if (textAt(row, 'properties.type') === 'CustomRole')
      yield { kind: 'azurerm_role_definition', name, attributes: { id, ...definition(row) }, ids: [id] };
  }
  const people = await nameIdentities(azure);
  const assignments = azure.query(
    'role assignments',
    `${table} | where type =~ 'microsoft.authorization/roleassignments' | ${columns}`,
  );
  for await (const row of assignments) yield toAssignment(row, roles, people);
}

/** Names of the identities that resources have: an id means nothing in another environment. */
async function nameIdentities(azure: Azure): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  const query =
    'resources | extend principal = coalesce(tostring(identity.principalId), tostring(properties.principalId)) | where isnotempty(principal) | project id, name, principal | order by id asc';
  for await (const row of azure.query('identities', query)) {
    names.set((textAt(row, 'principal') ?? '').toLowerCase(), textAt(row, 'name') ?? '');
  }
  return names;
}

function toAssignment(row: Json, roles: ReadonlyMap<string, string>, people: ReadonlyMap<string, string>): Draft {
  const id = textAt(row, 'id') ?? '';
  const role = roles.get(lastPart(textAt(row, 'properties.roleDefinitionId') ?? '').toLowerCase());
  const principal = textAt(row, 'properties.principalId') ?? '';
  const who = people.get(principal.toLowerCase()) ?? principal;
  const attributes = { ...assignment(row), ...(role !== undefined && { role_definition_name: role }) };
  const name = `${role ?? 'role'}/${scopeName(textAt(row, 'properties.scope') ?? '')}/${who}`;
  return { kind: 'azurerm_role_assignment', name, detail: lastPart(id), attributes, ids: [id] };
}

/** `rg-wms/stnorthwind` of a resource, `rg-wms` of its group, `subscription` of all of it. */
function scopeName(scope: string): string {
  const [, group = '', rest = ''] = /\/resourceGroups\/([^/]+)(.*)$/i.exec(scope) ?? [];
  if (group !== '') return rest === '' ? group : `${group}/${lastPart(rest)}`;
  return /^\/subscriptions\/[^/]+$/i.test(scope) ? 'subscription' : lastPart(scope) || 'everything';
}
