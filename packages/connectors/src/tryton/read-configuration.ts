import type { JsonObject, Resource } from '@leeway/core';
import { z } from 'zod';
import type { TrytonSession } from './client.ts';
import { attributesOf, definitionsOf, type Field, planFields, requestedFields, settingFields } from './model.ts';
import type { Found } from './read-table.ts';
import { nameRecords, originFields, originOf } from './records.ts';
import { type FieldDefinition, TrytonRecord } from './schema.ts';

/** One company of the database. */
export interface Company {
  readonly id: number;
  readonly name: string;
}

/** What is known of the database before its configurations are read. */
export interface Surroundings {
  readonly session: TrytonSession;
  readonly companies: readonly Company[];
  /** Every model the server has. */
  readonly models: ReadonlySet<string>;
  readonly seesUsers: boolean;
}

/** Key of what holds for every company. */
export const everyCompany = 'all companies';

/**
 * A configuration is one record, but trytond keeps many of its values in models beside it, some of them once a company
 * (`MultiValueMixin`, `CompanyValueMixin`). One resource says what holds for all companies, one each what a company has
 * of its own.
 */
export async function* readConfiguration(around: Surroundings, model: string): AsyncGenerator<Found> {
  const { session, companies } = around;
  const definitions = await definitionsOf(session, model);
  const fields = planFields(settingFields(definitions), definitions);
  const perCompany = await companyFields(around, model);
  const isOwn = ({ name }: Field) => perCompany.has(name);
  const shared = fields.filter((field) => !isOwn(field));
  const own = fields.filter(isOwn);
  if (shared.length > 0) yield await readSingleton(around, { model, definitions, fields: shared });
  if (own.length === 0) return;
  for (const company of companies) {
    yield await readSingleton(around, { model, definitions, fields: own, company });
  }
}

interface Part {
  readonly model: string;
  readonly definitions: Readonly<Record<string, FieldDefinition>>;
  readonly fields: readonly Field[];
  readonly company?: Company;
}

async function readSingleton(around: Surroundings, part: Part): Promise<Found> {
  const { session, seesUsers } = around;
  const { model, definitions, fields, company } = part;
  const context: JsonObject = company ? { company: company.id } : {};
  const asked = [...requestedFields(fields), ...originFields(seesUsers), 'create_uid', '_timestamp'];
  const [record] = await session.call(
    {
      method: `model.${model}.read`,
      params: [[1], asked, { ...session.context, ...context }],
      what: company ? `${model} of ${company.name}` : model,
      permission: `read access to ${model}`,
    },
    z.tuple([TrytonRecord]),
  );
  const found = record as TrytonRecord;
  const names = await nameRecords(session, [found], fields);
  const resource: Resource = {
    kind: `tryton.${model}`,
    key: company?.name ?? everyCompany,
    attributes: attributesOf(found, fields, names),
    // Nobody ever saved it: trytond makes it up, dates included.
    origin: { place: model, ...(found['create_uid'] !== null && originOf(found)) },
  };
  return { resource, record: found, definitions, model, context };
}

/** Fields that each company has its own value of: those of models beside it that know a company. */
async function companyFields({ session, models }: Surroundings, model: string): Promise<ReadonlySet<string>> {
  const beside = [...models].filter((name) => name.startsWith(`${model}.`)).sort();
  const found = new Set<string>();
  for (const name of beside) {
    const definitions = await definitionsOf(session, name);
    // Steps of wizards have such names too; they are no tables.
    if (!Object.hasOwn(definitions, 'create_date') || !Object.hasOwn(definitions, 'company')) continue;
    for (const field of settingFields(definitions)) found.add(field);
  }
  return found;
}
