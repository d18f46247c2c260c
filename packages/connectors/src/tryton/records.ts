import type { Json, JsonObject, Origin } from '@leeway/core';
import { z } from 'zod';
import type { TrytonSession } from './client.ts';
import { type Field, isToMany, parsePath, valueBehind } from './model.ts';
import { TrytonRecord } from './schema.ts';
import { fromTryton } from './value.ts';

const pageSize = 500;
/** Who and when, where the reader may see users. */
const dates = ['create_date', 'write_date'];
const actors = ['create_uid.login', 'write_uid.login'];

/** Which records of a model to read, and as whom. */
export interface Query {
  readonly model: string;
  readonly domain?: Json;
  readonly fields: readonly string[];
  readonly context?: JsonObject;
}

/** Records page by page, in the order they were made. */
export async function* searchRecords(session: TrytonSession, query: Query): AsyncGenerator<readonly TrytonRecord[]> {
  const { model, domain = [], fields, context = {} } = query;
  for (let offset = 0; ; offset += pageSize) {
    const params = [domain, offset, pageSize, [['id', 'ASC']], fields, { ...session.context, ...context }];
    const page = await session.call(
      {
        method: `model.${model}.search_read`,
        params,
        what: `the records of ${model}`,
        permission: `read access to ${model}`,
      },
      z.array(TrytonRecord),
    );
    yield page as readonly TrytonRecord[];
    if (page.length < pageSize) return;
  }
}

/** Records by id, in any order. */
async function readRecords(session: TrytonSession, model: string, ids: readonly number[], fields: readonly string[]) {
  const params = [ids, fields, session.context];
  const records = await session.call(
    { method: `model.${model}.read`, params, what: `the records of ${model}`, permission: `read access to ${model}` },
    z.array(TrytonRecord),
  );
  return records as readonly TrytonRecord[];
}

/** Looks the records behind lists up, all of a page in one call for each field. */
export async function nameRecords(session: TrytonSession, page: readonly TrytonRecord[], fields: readonly Field[]) {
  const known = new Map<string, Json>();
  for (const field of fields.filter(isToMany)) {
    const ids = [...new Set(page.flatMap((record) => idsOf(record[field.name])))];
    if (ids.length === 0 || field.relation === undefined) continue;
    const records = await readRecords(
      session,
      field.relation,
      ids.sort((a, b) => a - b),
      field.behind,
    );
    for (const record of records)
      known.set(nameOf(field.relation, record.id, field.behind), shapeOf(record, field.behind));
  }
  return (relation: string, id: number, behind: readonly string[]) => known.get(nameOf(relation, id, behind)) ?? null;
}

const nameOf = (relation: string, id: number, behind: readonly string[]) => `${relation} ${id} ${behind.join(',')}`;

const idsOf = (value: Json | undefined) =>
  Array.isArray(value) ? value.filter((id): id is number => typeof id === 'number') : [];

/** One field alone is the value itself; several are an object. */
function shapeOf(record: TrytonRecord, behind: readonly string[]): Json {
  const [only] = behind;
  const value = (path: string): Json => {
    const { name, behind: further } = parsePath(path);
    return path.includes('.') ? valueBehind(record, name, further[0] ?? 'rec_name') : fromTryton(record[name] ?? null);
  };
  if (behind.length === 1 && only !== undefined) return value(only);
  return Object.fromEntries(behind.map((path) => [parsePath(path).name, value(path)]));
}

export function originFields(seesUsers: boolean): readonly string[] {
  return seesUsers ? [...dates, ...actors] : dates;
}

/** Who changed a record last, or made it where nobody changed it since. */
export function originOf(record: TrytonRecord): Origin {
  const isChanged = record['write_date'] !== null && record['write_date'] !== undefined;
  const at = fromTryton(record[isChanged ? 'write_date' : 'create_date'] ?? null);
  const actor = valueBehind(record, isChanged ? 'write_uid' : 'create_uid', 'login');
  return { ...(typeof actor === 'string' && { actor }), ...(typeof at === 'string' && { at }) };
}
