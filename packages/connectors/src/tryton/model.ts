import type { Json, JsonObject } from '@leeway/core';
import type { TrytonSession } from './client.ts';
import { type FieldDefinition, FieldDefinitions, type TrytonRecord } from './schema.ts';
import { fromTryton } from './value.ts';

/** One field to read, as the model's own definitions have it. */
export interface Field {
  /** Name of the attribute: the field's own. */
  readonly name: string;
  readonly type: string;
  readonly relation: string | undefined;
  /** Fields of the record or records behind it. */
  readonly behind: readonly string[];
}

const toMany = new Set(['one2many', 'many2many']);
/** Files are compared by nobody, and functions of the client's screens say nothing of the system. */
const unread = new Set(['binary', 'one2many', 'timestamp']);
const technical = /^(?:id|rec_name|xml_id|left|right|create_uid|create_date|write_uid|write_date|_.*)$/;

export const isToMany = ({ type }: Field) => toMany.has(type);

export function definitionsOf(
  session: TrytonSession,
  model: string,
): Promise<Readonly<Record<string, FieldDefinition>>> {
  const call = { method: `model.${model}.fields_get`, params: [[], session.context], what: `the fields of ${model}` };
  return session.call({ ...call, permission: `read access to ${model}` }, FieldDefinitions);
}

/** The fields of the paths that this server has: modules and versions add and take away some. */
export function planFields(
  paths: readonly string[],
  definitions: Readonly<Record<string, FieldDefinition>>,
): readonly Field[] {
  return paths.flatMap((path) => {
    const { name, behind } = parsePath(path);
    const definition = Object.hasOwn(definitions, name) ? definitions[name] : undefined;
    return definition ? [{ name, type: definition.type, relation: definition.relation ?? undefined, behind }] : [];
  });
}

/** Every field of a model that holds a setting. */
export function settingFields(definitions: Readonly<Record<string, FieldDefinition>>): readonly string[] {
  return Object.keys(definitions)
    .filter((name) => !technical.test(name) && !unread.has(definitions[name]?.type ?? ''))
    .sort();
}

/** `model.model`, `lines(type,ratio)` or a plain name. */
export function parsePath(path: string): { readonly name: string; readonly behind: readonly string[] } {
  const list = /^([^(.]+)\((.*)\)$/.exec(path);
  if (list) return { name: list[1] ?? '', behind: (list[2] ?? '').split(',') };
  const [name = '', ...rest] = path.split('.');
  return { name, behind: [rest.length > 0 ? rest.join('.') : 'rec_name'] };
}

/** What to ask for so that {@link attributesOf} finds everything. */
export function requestedFields(fields: readonly Field[]): readonly string[] {
  return [
    ...new Set(
      fields.flatMap(({ name, type, behind }) =>
        type === 'many2one' ? behind.map((field) => `${name}.${field}`) : [name],
      ),
    ),
  ];
}

/** Texts of records behind lists, by model and id. */
export type Names = (relation: string, id: number, behind: readonly string[]) => Json;

export function attributesOf(record: TrytonRecord, fields: readonly Field[], names: Names): JsonObject {
  return Object.fromEntries(fields.map((field) => [field.name, attributeOf(record, field, names)]));
}

function attributeOf(record: TrytonRecord, field: Field, names: Names): Json {
  const { name, type, relation = '', behind } = field;
  if (type === 'many2one') return valueBehind(record, name, behind[0] ?? 'rec_name');
  const value: Json = record[name] ?? null;
  // A reference is `model,id`: its id means nothing in another environment.
  if (type === 'reference') return typeof value === 'string' ? (value.split(',')[0] ?? null) : null;
  if (!isToMany(field)) return fromTryton(value);
  const ids = Array.isArray(value) ? value.filter((id): id is number => typeof id === 'number') : [];
  return ids.map((id) => names(relation, id, behind)).toSorted(compareJson);
}

/** `model.model` of `{ "model.": { "model": … } }`. */
export function valueBehind(record: Readonly<Record<string, Json>>, name: string, path: string): Json {
  let value: Json = record[`${name}.`] ?? null;
  const steps = path.split('.');
  for (const [index, step] of steps.entries()) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    const object = value as JsonObject;
    value = object[index < steps.length - 1 ? `${step}.` : step] ?? null;
  }
  return fromTryton(value);
}

function compareJson(left: Json, right: Json): number {
  const [a, b] = [JSON.stringify(left), JSON.stringify(right)];
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
