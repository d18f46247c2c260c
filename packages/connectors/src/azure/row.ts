import type { Json, JsonObject } from '@leeway/core';
import { asIs, isTrueAt, mapping, shape, text, textAt } from '../shared/cloud/shape.ts';

/** Reads the rows of one Azure type as resources of Terraform's kinds. */
export interface Table {
  /** In lower case, as Resource Graph has it. */
  readonly type: string;
  readonly kinds: readonly string[];
  read(row: Json): readonly Found[];
}

/** A resource before its name is completed with where it is. */
export interface Found {
  readonly kind: string;
  readonly name: string;
  readonly attributes: JsonObject;
  readonly id: string;
  readonly isGiven?: boolean;
}

const shared = shape({
  id: text('id'),
  name: text('name'),
  location: text('location'),
  resource_group_name: text('resourceGroup'),
  tags: mapping('tags'),
  zones: asIs('zones'),
});

/** A type that is one kind: what all have in common, and what its properties tell. */
export function table(type: string, kind: string, properties: (row: Json) => JsonObject): Table {
  return {
    type: type.toLowerCase(),
    kinds: [kind],
    read(row) {
      const attributes = { ...shared(row), ...properties(row) };
      return [{ kind, name: textAt(row, 'name') ?? '', attributes, id: textAt(row, 'id') ?? '' }];
    },
  };
}

/** "Disabled" and its like, of a field that says so in words; absent means the other. */
export const unless =
  (path: string, off: string) =>
  (row: Json): Json =>
    textAt(row, path) !== off;

/** On only where it is said so. */
export const onlyIf =
  (path: string, on = 'Enabled') =>
  (row: Json): Json =>
    textAt(row, path) === on;

export const not =
  (path: string) =>
  (row: Json): Json =>
    !isTrueAt(row, path);

/** Children in the properties of their parent: `name` of an id's last part. */
export const lastPart = (id: string) => id.split('/').at(-1) ?? id;

/** An identity block, where a resource has one. */
export function identityOf(row: Json): JsonObject {
  const type = textAt(row, 'identity.type');
  if (type === undefined || type === 'None') return {};
  const block = shape({ type: text('type'), principal_id: text('principalId'), tenant_id: text('tenantId') });
  const owned = Object.keys((mappingOf(row) ?? {}) as JsonObject);
  return { identity: [{ ...block((asIs('identity')(row) ?? null) as Json), identity_ids: owned }] };
}

const mappingOf = asIs('identity.userAssignedIdentities');
