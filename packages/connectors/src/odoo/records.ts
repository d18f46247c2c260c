import type { Seal } from '@leeway/connector-kit';
import { isSecretName } from '@leeway/connector-kit/mask/secret-names.ts';
import type { Json, JsonObject, Origin, Resource } from '@leeway/core';
import type { OdooSession } from './client.ts';
import { type FieldDefinitions, type OdooRecord, OdooRecords } from './schema.ts';
import type { Table } from './tables.ts';

const pageSize = 500;

/** What is known of the database before its records are read. */
export interface Surroundings {
  readonly session: OdooSession;
  readonly context: JsonObject;
  readonly seal: Seal;
  /** Technical names of models by id. */
  readonly models: ReadonlyMap<number, string>;
  /** Log-in names by id; empty where users may not be read. */
  readonly users: ReadonlyMap<number, string>;
}

/** A resource and the record it was read from. */
export interface Found {
  readonly resource: Resource;
  readonly id: number;
  readonly model: string;
  readonly definitions: FieldDefinitions;
}

export interface Query {
  readonly model: string;
  readonly domain?: Json;
  readonly fields: readonly string[];
}

/** Records page by page, in the order they were made. */
export async function* searchRecords(
  session: OdooSession,
  context: JsonObject,
  query: Query,
): AsyncGenerator<readonly OdooRecord[]> {
  const { model, domain = [], fields } = query;
  for (let offset = 0; ; offset += pageSize) {
    const named = { domain, fields, offset, limit: pageSize, order: 'id', context };
    const page = await session.call({ model, method: 'search_read', named }, OdooRecords);
    yield (page as readonly OdooRecord[]).toSorted((a, b) => a.id - b.id);
    if (page.length < pageSize) return;
  }
}

/** The query a table needs: `external` as in {@link Table}. */
export type TableQuery = Pick<Table, 'name' | 'model' | 'key' | 'fields' | 'domain' | 'external'>;

/** Every record of a table as a resource. */
export async function* readTable(
  around: Surroundings,
  table: TableQuery,
  definitions: FieldDefinitions,
): AsyncGenerator<Found> {
  const { session, context } = around;
  const { model } = table;
  const names = table.external ? await externalNames(around, model) : new Map<number, string>();
  const fields = table.fields.filter((name) => Object.hasOwn(definitions, name));
  const asked = [
    ...new Set([...fields, ...table.key.filter((name) => Object.hasOwn(definitions, name)), 'write_uid', 'write_date']),
  ];
  const query = { model, fields: asked, ...(table.domain !== undefined && { domain: table.domain }) };
  const taken = new Map<string, number>();
  for await (const page of searchRecords(session, context, query)) {
    const behind = await namesBehind(around, page, fields, definitions);
    for (const record of page) {
      const value = (name: string) => valueOfField(record, name, { definitions, behind, around });
      const attributes = sealParameter(Object.fromEntries(fields.map((name) => [name, value(name)])), around.seal);
      const natural = table.key.flatMap((name) => textOf(value(name)) || []).join('/');
      const key = names.get(record.id) ?? (natural || 'unnamed');
      const count = (taken.get(key) ?? 0) + 1;
      taken.set(key, count);
      const origin = { place: `${model} ${record.id}`, ...originOf(record, around) };
      const resource = { kind: table.name, key: count === 1 ? key : `${key}#${count}`, attributes, origin };
      yield { resource, id: record.id, model, definitions };
    }
  }
}

/** `sale.group_…`: the names modules give their records, the same in every database. */
async function externalNames({ session, context }: Surroundings, model: string): Promise<ReadonlyMap<number, string>> {
  const found = new Map<number, string>();
  const query = { model: 'ir.model.data', domain: [['model', '=', model]], fields: ['complete_name', 'res_id'] };
  for await (const page of searchRecords(session, context, query)) {
    for (const { res_id: id, complete_name: name } of page) {
      // Made by an export or an import of this one database.
      if (typeof id !== 'number' || typeof name !== 'string' || /^__(?:export|import)__\./.test(name)) continue;
      if (!found.has(id)) found.set(id, name);
    }
  }
  return found;
}

type Behind = ReadonlyMap<string, string>;

/** Names of the records behind lists, all of a page in one call for each field. */
async function namesBehind(
  around: Surroundings,
  page: readonly OdooRecord[],
  fields: readonly string[],
  definitions: FieldDefinitions,
): Promise<Behind> {
  const known = new Map<string, string>();
  for (const field of fields) {
    const { type = '', relation } = definitions[field] ?? {};
    if (!/^(?:many2many|one2many)$/.test(type) || relation === undefined) continue;
    const ids = [...new Set(page.flatMap((record) => idsOf(record[field])))].sort((a, b) => a - b);
    for (const [id, name] of ids.length === 0 ? [] : await displayNames(around, relation, ids))
      known.set(`${relation} ${id}`, name);
  }
  return known;
}

export async function displayNames({ session, context }: Surroundings, model: string, ids: readonly number[]) {
  const call = { model, method: 'read', ids, named: { fields: ['display_name'], context } };
  const records = (await session.call(call, OdooRecords)) as readonly OdooRecord[];
  return new Map(records.map((record) => [record.id, String(record['display_name'])]));
}

const idsOf = (value: Json | undefined) =>
  Array.isArray(value) ? value.filter((id): id is number => typeof id === 'number') : [];

interface Reading {
  readonly definitions: FieldDefinitions;
  readonly behind: Behind;
  readonly around: Surroundings;
}

/** Odoo says `false` for every empty value. */
function valueOfField(record: OdooRecord, name: string, { definitions, behind, around }: Reading): Json {
  const { type = '', relation = '' } = definitions[name] ?? {};
  const value: Json = record[name] ?? null;
  if (type === 'boolean') return value === true;
  if (value === false || value === null) return null;
  if (type === 'many2one') return nameOfOne(value, relation, around);
  if (!Array.isArray(value)) return value;
  return idsOf(value)
    .map((id) => behind.get(`${relation} ${id}`) ?? null)
    .toSorted();
}

/** `[id, name]`; models by their technical names, which no language changes. */
function nameOfOne(value: Json, relation: string, { models }: Surroundings): Json {
  if (!Array.isArray(value)) return null;
  const [id, name] = value;
  return (
    (relation === 'ir.model' && typeof id === 'number' ? models.get(id) : undefined) ??
    (typeof name === 'string' ? name : null)
  );
}

/** The value of a parameter whose key says secret. */
function sealParameter(attributes: JsonObject, seal: Seal): JsonObject {
  const { key, value } = attributes;
  return typeof key === 'string' && typeof value === 'string' && isSecretName(key)
    ? { ...attributes, value: seal(value) }
    : attributes;
}

/** Instants are UTC without saying so. */
function originOf(record: OdooRecord, { users }: Surroundings): Origin {
  const { write_uid: user, write_date: date } = record;
  const [id, name] = Array.isArray(user) ? user : [];
  const actor = (typeof id === 'number' ? users.get(id) : undefined) ?? name;
  const at =
    typeof date === 'string' && /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/.test(date)
      ? `${date.slice(0, 19).replace(' ', 'T')}Z`
      : undefined;
  return { ...(typeof actor === 'string' && { actor }), ...(at !== undefined && { at }) };
}

function textOf(value: Json): string {
  if (value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
