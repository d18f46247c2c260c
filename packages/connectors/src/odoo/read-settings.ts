import type { Json, JsonObject } from '@leeway/core';
import { z } from 'zod';
import { displayNames, type Found, type Surroundings } from './records.ts';
import type { FieldDefinition, FieldDefinitions } from './schema.ts';

export const settingsModel = 'res.config.settings';

export interface Company {
  readonly id: number;
  readonly name: string;
}

/** What the settings screen of Odoo shows and stores elsewhere: switches, selections, numbers, texts and references. */
const shown = new Set(['boolean', 'selection', 'char', 'integer', 'float', 'many2one']);

/**
 * The settings screen is a form that is never kept: its values are those a new one begins with (`default_get`). Values of
 * the company are read once a company.
 */
export async function* readSettings(
  around: Surroundings,
  companies: readonly Company[],
  definitions: FieldDefinitions,
): AsyncGenerator<Found> {
  const names = Object.keys(definitions)
    .filter((name) => isSetting(name, definitions[name]))
    .sort();
  const isOwn = (name: string) => ofCompany(definitions[name]);
  const shared = names.filter((name) => !isOwn(name));
  const own = names.filter(isOwn);
  yield await readDefaults(around, {
    definitions,
    names: shared,
    key: 'all companies',
    companies: companies.map(({ id }) => id),
  });
  for (const { id, name } of companies)
    yield await readDefaults(around, { definitions, names: own, key: name, companies: [id] });
}

function isSetting(name: string, definition: FieldDefinition | undefined): boolean {
  return (
    shown.has(definition?.type ?? '') &&
    !/^(?:id|display_name|company_id|create_|write_|is_root_company$|user_id$)/.test(name)
  );
}

function ofCompany(definition: FieldDefinition | undefined): boolean {
  const related = definition?.related;
  const path = Array.isArray(related) ? related.join('.') : related;
  return path?.startsWith('company_id.') ?? false;
}

interface Part {
  readonly definitions: FieldDefinitions;
  readonly names: readonly string[];
  readonly key: string;
  readonly companies: readonly number[];
}

async function readDefaults(around: Surroundings, { definitions, names, key, companies }: Part): Promise<Found> {
  const context = { ...around.context, allowed_company_ids: companies };
  const values = (await around.session.call(
    { model: settingsModel, method: 'default_get', first: { name: 'fields', value: names }, named: { context } },
    z.record(z.string(), z.json()),
  )) as JsonObject;
  const attributes: Record<string, Json> = {};
  for (const name of names) attributes[name] = await settingOf(around, values[name], definitions[name]);
  return {
    resource: { kind: `odoo.${settingsModel}`, key, attributes, origin: { place: settingsModel } },
    id: 0,
    model: settingsModel,
    definitions,
  };
}

async function settingOf(
  around: Surroundings,
  value: Json | undefined,
  definition: FieldDefinition | undefined,
): Promise<Json> {
  const { type, relation } = definition ?? {};
  if (type === 'boolean') return value === true;
  if (value === undefined || value === false || value === null) return null;
  if (type !== 'many2one' || relation === undefined || typeof value !== 'number') return value;
  return (await displayNames(around, relation, [value])).get(value) ?? null;
}
