import type { CheckLine, ReadContext, Reading } from '@leeway/connector-kit';
import { matchesWildcard, type Problem, ProblemError } from '@leeway/core';
import { type OdooSession, openSession, systemOf } from './client.ts';
import { type Company, readSettings, settingsModel } from './read-settings.ts';
import { type Found, readTable, type Surroundings, searchRecords, type TableQuery } from './records.ts';
import { FieldDefinitions } from './schema.ts';
import type { OdooSettings } from './settings.ts';
import { tables } from './tables.ts';

/** One kind to read, and how. */
export interface Unit {
  readonly kind: string;
  readonly model: string;
  readonly read: () => AsyncGenerator<Found>;
}

export interface Opened {
  readonly around: Surroundings;
  readonly installed: ReadonlySet<string>;
  readonly units: readonly Unit[];
}

/** One language, so that names are the same everywhere; inactive records stay: a job switched off is not a missing one. */
const baseContext = { lang: 'en_US', tz: 'UTC', active_test: false };

/** Reads every kind the settings ask for; one that fails leaves the others alone. */
export async function* readOdoo(settings: OdooSettings, context: ReadContext): AsyncIterable<Reading> {
  let opened: Opened;
  try {
    opened = await openOdoo(settings, context);
  } catch (error) {
    yield { type: 'notice', problem: problemOf(error) };
    return;
  }
  for (const { kind, model, read } of opened.units) {
    try {
      // A model of a module that is not installed: there is none of its records.
      if (opened.installed.has(model)) for await (const { resource } of read()) yield { type: 'resource', resource };
      yield { type: 'complete', kind };
    } catch (error) {
      yield { type: 'notice', kind, problem: problemOf(error) };
    }
  }
}

/** Says of every kind whether it may be read, by asking for its fields and its first records. */
export async function checkOdoo(settings: OdooSettings, context: ReadContext): Promise<readonly CheckLine[]> {
  let opened: Opened;
  try {
    opened = await openOdoo(settings, context);
  } catch (error) {
    return [{ what: systemOf(settings), ok: false, problem: problemOf(error) }];
  }
  const lines: CheckLine[] = [{ what: systemOf(settings), ok: true }];
  for (const { kind, model, read } of opened.units) {
    if (opened.installed.has(model)) lines.push(await checkUnit(kind, read));
  }
  return lines;
}

async function checkUnit(kind: string, read: Unit['read']): Promise<CheckLine> {
  try {
    for await (const _ of read()) break;
    return { what: kind, ok: true };
  } catch (error) {
    return { what: kind, ok: false, problem: problemOf(error) };
  }
}

export async function openOdoo(settings: OdooSettings, reading: ReadContext): Promise<Opened> {
  const session = await openSession(settings, reading);
  const models = new Map<number, string>();
  for await (const page of searchRecords(session, baseContext, { model: 'ir.model', fields: ['model'] })) {
    for (const { id, model } of page) if (typeof model === 'string') models.set(id, model);
  }
  const companies = await readNames(session, 'res.company', 'name');
  const users = await readNames(session, 'res.users', 'login').catch((error: unknown) => tolerate(error));
  const context = { ...baseContext, allowed_company_ids: companies.map(({ id }) => id) };
  const around: Surroundings = {
    session,
    context,
    seal: reading.seal,
    models,
    users: new Map(users.map(({ id, name }) => [id, name])),
  };
  const units = unitsOf(around, companies, settings).filter(({ kind }) => isWanted(settings, kind));
  return { around, installed: new Set(models.values()), units };
}

async function readNames(session: OdooSession, model: string, field: string): Promise<readonly Company[]> {
  const found: Company[] = [];
  for await (const page of searchRecords(session, baseContext, { model, fields: [field] })) {
    found.push(...page.map((record) => ({ id: record.id, name: String(record[field]) })));
  }
  return found;
}

/** Without log-in names people are called by their names: no reason not to read. */
function tolerate(error: unknown): readonly Company[] {
  if (error instanceof ProblemError && error.problem.code === 'LW3003') return [];
  throw error;
}

function unitsOf(
  around: Surroundings,
  companies: readonly Company[],
  { models: further = {} }: OdooSettings,
): readonly Unit[] {
  const own = Object.entries(further).map(
    ([model, { key, fields, domain }]): TableQuery => ({
      name: `odoo.${model}`,
      model,
      key,
      fields,
      external: false,
      ...(domain !== undefined && { domain }),
    }),
  );
  const replaced = new Set(own.map(({ model }) => model));
  const asked = [...tables.filter(({ model }) => !replaced.has(model)), ...own];
  return [
    {
      kind: `odoo.${settingsModel}`,
      model: settingsModel,
      read: async function* () {
        yield* readSettings(around, companies, await definitionsOf(around, settingsModel));
      },
    },
    ...asked.map((table) => ({
      kind: table.name,
      model: table.model,
      read: async function* () {
        yield* readTable(around, table, await definitionsOf(around, table.model));
      },
    })),
  ];
}

function definitionsOf({ session, context }: Surroundings, model: string): Promise<FieldDefinitions> {
  const named = { attributes: ['type', 'relation', 'related', 'readonly'], context };
  return session.call({ model, method: 'fields_get', named }, FieldDefinitions);
}

function isWanted({ kinds, exceptKinds = [] }: OdooSettings, kind: string): boolean {
  const isNamed = (pattern: string) => matchesWildcard(pattern, kind);
  return (kinds === undefined || kinds.some(isNamed)) && !exceptKinds.some(isNamed);
}

/** Expected failures as problems; anything else is a bug and stays thrown. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  throw error;
}
