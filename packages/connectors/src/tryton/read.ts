import type { CheckLine, ReadContext, Reading } from '@leeway/connector-kit';
import { matchesWildcard, type Problem, ProblemError, problem } from '@leeway/core';
import { z } from 'zod';
import { openSession, type TrytonSession } from './client.ts';
import { valueBehind } from './model.ts';
import { type Company, readConfiguration, type Surroundings } from './read-configuration.ts';
import { type Found, readTable, type TableQuery } from './read-table.ts';
import { searchRecords } from './records.ts';
import { ModelAccess, type TrytonSettings } from './schema.ts';
import { tables } from './tables.ts';

/** One kind to read, and how. */
export interface Unit {
  readonly kind: string;
  readonly model: string;
  readonly read: () => AsyncGenerator<Found>;
}

/** What was found out before reading. */
interface Opened extends Surroundings {
  readonly units: readonly Unit[];
  /** Models the user may not read. */
  readonly denied: ReadonlySet<string>;
  /** Companies whose records the user does not see. */
  readonly hidden: readonly string[];
}

/** Reads every kind the settings ask for; one that fails leaves the others alone. */
export async function* readTryton(settings: TrytonSettings, context: ReadContext): AsyncGenerator<Reading> {
  let session: TrytonSession | undefined;
  try {
    session = await openSession(settings, context);
    const opened = await openTryton(session, settings);
    for (const name of opened.hidden) yield { type: 'notice', problem: hiddenCompany(session, name) };
    for (const unit of opened.units) yield* readUnit(unit, opened);
  } catch (error) {
    yield { type: 'notice', problem: problemOf(error) };
  } finally {
    await session?.close();
  }
}

async function* readUnit(
  { kind, model, read }: Unit,
  { session, denied, models, hidden }: Opened,
): AsyncGenerator<Reading> {
  if (denied.has(model)) {
    yield { type: 'notice', kind, problem: deniedModel(session, model) };
    return;
  }
  try {
    // A model of a module that is not installed: there is none of its records.
    if (models.has(model)) for await (const { resource } of read()) yield { type: 'resource', resource };
    if (hidden.length === 0) yield { type: 'complete', kind };
  } catch (error) {
    yield { type: 'notice', kind, problem: problemOf(error) };
  }
}

/** Says of every kind whether it may be read. */
export async function checkTryton(settings: TrytonSettings, context: ReadContext): Promise<readonly CheckLine[]> {
  let session: TrytonSession | undefined;
  try {
    session = await openSession(settings, context);
    const { system } = session;
    const { units, denied, hidden, seesUsers, models } = await openTryton(session, settings);
    const lines = units
      .filter(({ model }) => models.has(model))
      .map(({ kind, model }): CheckLine => {
        const isDenied = denied.has(model);
        return { what: kind, ok: !isDenied, ...(isDenied && session && { problem: deniedModel(session, model) }) };
      });
    const users = { system, what: 'who changed what', permission: 'read access to res.user' };
    return [
      { what: `${system}, signed in as ${settings.user}`, ok: true },
      ...lines,
      ...hidden.map((name) => ({ what: name, ok: false, problem: hiddenCompany({ system }, name) })),
      { what: 'who changed what (res.user)', ok: seesUsers, ...(!seesUsers && { problem: problem('LW3003', users) }) },
    ];
  } catch (error) {
    return [{ what: new URL(settings.url).host, ok: false, problem: problemOf(error) }];
  } finally {
    await session?.close();
  }
}

/** Finds out what there is and what of it the user may read. */
export async function openTryton(session: TrytonSession, settings: TrytonSettings): Promise<Opened> {
  const models = await readModels(session);
  const companies = models.has('company.company') ? await readCompanies(session) : [];
  const unitsSeen = (seesUsers: boolean) =>
    unitsOf({ session, companies, models, seesUsers }, settings).filter(({ kind }) => isWanted(settings, kind));
  const asked = new Set(
    [...unitsSeen(false).map(({ model }) => model), 'res.user'].filter((model) => models.has(model)),
  );
  const denied = await deniedModels(session, [...asked].sort());
  const seesUsers = asked.has('res.user') && !denied.has('res.user');
  const around: Surroundings = { session, companies, models, seesUsers };
  return { ...around, units: unitsSeen(seesUsers), denied, hidden: await hiddenCompanies(around) };
}

async function readModels(session: TrytonSession): Promise<ReadonlySet<string>> {
  const models = new Set<string>();
  for await (const page of searchRecords(session, { model: 'ir.model', fields: ['model'] })) {
    for (const { model } of page) if (typeof model === 'string') models.add(model);
  }
  return models;
}

async function deniedModels(session: TrytonSession, asked: readonly string[]): Promise<ReadonlySet<string>> {
  const params = [asked, session.context];
  const access = await session.call(
    { method: 'model.ir.model.access.get_access', params, what: 'the rights of the user' },
    ModelAccess,
  );
  return new Set(asked.filter((model) => !access[model]?.read));
}

async function readCompanies(session: TrytonSession): Promise<readonly Company[]> {
  const companies: Company[] = [];
  for await (const page of searchRecords(session, { model: 'company.company', fields: ['party.rec_name'] })) {
    companies.push(
      ...page.map((record) => ({ id: record.id, name: String(valueBehind(record, 'party', 'rec_name')) })),
    );
  }
  return companies.toSorted((a, b) => a.id - b.id);
}

/** Companies the user was not given: record rules keep their records back without a word. */
async function hiddenCompanies({ session, companies, seesUsers }: Surroundings): Promise<readonly string[]> {
  if (companies.length < 2 || !seesUsers) return [];
  const own = await session.call(
    { method: 'model.res.user.get_preferences', params: [false, session.context], what: 'the companies of the user' },
    z.looseObject({
      company: z.int().nullish(),
      companies: z.array(z.int()).nullish(),
      company_filter: z.string().nullish(),
    }),
  );
  const seen = new Set(own.company_filter === 'one' ? [own.company] : own.companies);
  return companies.filter(({ id }) => !seen.has(id)).map(({ name }) => name);
}

/** `ir.configuration` is the server's own: no client may ask for it. */
const isConfiguration = /^(?!ir\.)[\w.-]+\.configuration$/;

function unitsOf(around: Surroundings, { models: further = {} }: TrytonSettings): readonly Unit[] {
  const { session, models, seesUsers } = around;
  const configurations = [...models].filter((model) => isConfiguration.test(model)).sort();
  const own = Object.entries(further).map(
    ([model, { key, fields = [], domain }]): TableQuery => ({
      name: `tryton.${model}`,
      model,
      key,
      fields,
      ...(domain !== undefined && { domain }),
    }),
  );
  const replaced = new Set(own.map(({ model }) => model));
  const known = tables.filter(({ model }) => !replaced.has(model));
  return [
    ...configurations.map((model) => ({
      kind: `tryton.${model}`,
      model,
      read: () => readConfiguration(around, model),
    })),
    ...[...known, ...own].map((table) => ({
      kind: table.name,
      model: table.model,
      read: () => readTable(session, table, seesUsers),
    })),
  ];
}

function isWanted({ kinds, exceptKinds = [] }: TrytonSettings, kind: string): boolean {
  const isNamed = (pattern: string) => matchesWildcard(pattern, kind);
  return (kinds === undefined || kinds.some(isNamed)) && !exceptKinds.some(isNamed);
}

function deniedModel({ system }: Pick<TrytonSession, 'system'>, model: string): Problem {
  return problem('LW3003', { system, what: model, permission: `read access to ${model} for a group of the user` });
}

function hiddenCompany({ system }: Pick<TrytonSession, 'system'>, name: string): Problem {
  const permission = `the company ${name} among the companies of the user, with company filter "all"`;
  return problem('LW3003', { system, what: `the records of ${name}`, permission });
}

/** Expected failures as problems; anything else is a bug and stays thrown. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  throw error;
}
