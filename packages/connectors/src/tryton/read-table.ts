import type { JsonObject, Resource } from '@leeway/core';
import type { TrytonSession } from './client.ts';
import { Keys, keyParts } from './keys.ts';
import { attributesOf, definitionsOf, type Field, planFields, requestedFields, settingFields } from './model.ts';
import { nameRecords, originFields, originOf, searchRecords } from './records.ts';
import type { FieldDefinition, TrytonRecord } from './schema.ts';
import type { Table } from './tables.ts';

/** A resource and the record it was read from. */
export interface Found {
  readonly resource: Resource;
  readonly record: TrytonRecord;
  readonly definitions: Readonly<Record<string, FieldDefinition>>;
  readonly model: string;
  readonly context: JsonObject;
}

/** What {@link readTable} needs of a table: `fields` empty means all that hold settings. */
export type TableQuery = Pick<Table, 'name' | 'model' | 'key' | 'fields' | 'domain'>;

/** Every record of a table as a resource, page by page. */
export async function* readTable(session: TrytonSession, table: TableQuery, seesUsers: boolean): AsyncGenerator<Found> {
  const { model, name: kind } = table;
  const definitions = await definitionsOf(session, model);
  const paths = table.fields.length > 0 ? table.fields : settingFields(definitions);
  const fields = planFields(paths, definitions);
  // A part of the key may be a field that nobody asked for, or two fields of one record.
  const naming = planKey(table.key, definitions);
  const query = {
    model,
    fields: [...requestedFields([...fields, ...naming]), ...originFields(seesUsers), '_timestamp'],
    ...(table.domain !== undefined && { domain: table.domain }),
  };
  const keys = new Keys();
  for await (const page of searchRecords(session, query)) {
    const names = await nameRecords(session, page, fields);
    const rows = page.map((record) => ({
      record,
      attributes: attributesOf(record, fields, names),
      parts: naming.flatMap((field, index) =>
        keyParts(attributesOf(record, [field], names), [table.key[index] ?? field.name]),
      ),
    }));
    for (const { record, attributes, parts } of rows.toSorted((a, b) => a.record.id - b.record.id)) {
      const origin = { place: `${model} ${record.id}`, ...originOf(record) };
      const resource = { kind, key: keys.take(parts), attributes, origin };
      yield { resource, record, definitions, model, context: {} };
    }
  }
}

function planKey(key: readonly string[], definitions: Readonly<Record<string, FieldDefinition>>): readonly Field[] {
  return key.flatMap((path) => planFields([path], definitions));
}
