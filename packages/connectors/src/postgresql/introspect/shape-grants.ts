import { isJsonArray, type Json, type JsonObject } from '@leeway/core';
import type { Row, Scope } from './family.ts';

/** Privileges by grantee: name of the privilege → whether it may be passed on. */
type Access = Map<string, Map<string, boolean>>;

/** What initdb grants on schema `public` to everybody: CREATE ended with 15. */
const publicSchema = (version: number) =>
  new Map([['USAGE', false], ...(version < 150000 ? [['CREATE', false] as const] : [])]);

/** One grant resource for each grantee whose rights depart from PostgreSQL's defaults. */
export function shapeGrants(row: Row, { version }: Scope): readonly Row[] {
  const { objectKind, object, owner, granted, usual } = row.attributes;
  const is = accessOf(granted);
  const was = accessOf(usual);
  const whole = was.get(String(owner));
  if (objectKind === 'schema' && object === 'public') {
    was.set('PUBLIC', publicSchema(version));
    // Its owner is the template's choice, see schemaFamily.
    for (const access of [is, was]) access.delete(String(owner));
  }
  return [...new Set([...is.keys(), ...was.keys()])]
    .filter((grantee) => spell(is.get(grantee)) !== spell(was.get(grantee)))
    .map((grantee) => {
      const to = grantee === owner ? 'owner' : grantee;
      const attributes = {
        object: object ?? null,
        objectKind: objectKind ?? null,
        grantee: to,
        ...privilegesOf(is.get(grantee), whole),
      };
      return { kind: row.kind, key: `${row.key} to ${to}`, attributes };
    });
}

/** One resource for each kind of objects, schema, creating role and grantee. */
export function shapeDefaultPrivileges(row: Row): readonly Row[] {
  const { objects, schema, owner, granted, usual, whole } = row.attributes;
  const is = accessOf(granted);
  const was = accessOf(usual);
  const all = accessOf(whole).get(String(owner));
  const where = typeof schema === 'string' ? ` in ${schema}` : '';
  return [...new Set([...is.keys(), ...was.keys()])]
    .filter((grantee) => spell(is.get(grantee)) !== spell(was.get(grantee)))
    .map((grantee) => {
      const to = grantee === owner ? 'owner' : grantee;
      const attributes = {
        objects: objects ?? null,
        schema: schema ?? null,
        owner: owner ?? null,
        grantee: to,
        ...privilegesOf(is.get(grantee), all),
      };
      return { kind: row.kind, key: `${String(objects)}${where} to ${to} by ${String(owner)}`, attributes };
    });
}

function accessOf(list: Json | undefined): Access {
  const access: Access = new Map();
  for (const item of isJsonArray(list) ? list : []) {
    if (!isJsonArray(item)) continue;
    const [grantee, privilege, grantable] = item;
    const held = access.get(String(grantee)) ?? new Map<string, boolean>();
    // Two grantors may have granted the same.
    held.set(String(privilege), held.get(String(privilege)) === true || grantable === true);
    access.set(String(grantee), held);
  }
  return access;
}

const spell = (held: Map<string, boolean> | undefined) => JSON.stringify([...(held ?? [])].sort());

function privilegesOf(held: Map<string, boolean> | undefined, whole: Map<string, boolean> | undefined): JsonObject {
  const privileges = [...(held ?? new Map<string, boolean>())];
  const passOn = privileges.filter(([, grantable]) => grantable).map(([name]) => name);
  return {
    privileges: spellAll(
      privileges.map(([name]) => name),
      whole,
    ),
    grantable: spellAll(passOn, whole),
  };
}

/** ALL where nothing is missing, so that a privilege a later version adds is no difference. */
function spellAll(names: readonly string[], whole: Map<string, boolean> | undefined): readonly string[] {
  if (whole && whole.size > 1 && names.length === whole.size) return ['ALL'];
  return [...names].sort();
}
