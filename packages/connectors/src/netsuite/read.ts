import type { CheckLine, ReadContext, Reading } from '@leeway/connector-kit';
import { requestShape } from '@leeway/connector-kit/request-shape.ts';
import {
  failed,
  type Json,
  type JsonObject,
  matchesWildcard,
  ok,
  problem,
  type Resource,
  type Result,
} from '@leeway/core';
import { z } from 'zod';
import { readPreferences } from './read-preferences.ts';
import type { NetSuiteSettings } from './settings.ts';
import { type Authorize, rootOf, signIn, systemOf } from './sign-in.ts';
import { preferences, tables } from './tables.ts';

/** Records a page: as many as SuiteQL gives at once. */
const pageSize = 1000;
/** SuiteQL gives no more than this for one query, whatever the pages. */
const mostRecords = 100_000;

const Page = z.looseObject({
  items: z.array(z.record(z.string(), z.json())),
  hasMore: z.boolean(),
});

/** One kind to read. */
interface Unit {
  readonly kind: string;
  readonly sql: string;
  readonly key: readonly string[];
  readonly ignore: readonly string[];
  readonly permission: string;
}

/** Reads every kind the settings ask for; one that fails leaves the others alone. */
export async function* readNetSuite(settings: NetSuiteSettings, context: ReadContext): AsyncIterable<Reading> {
  const authorize = await signIn(settings, context);
  if (!authorize.ok) {
    for (const found of authorize.problems) yield { type: 'notice', problem: found };
    return;
  }
  for (const unit of unitsOf(settings)) yield* readUnit(unit, settings, authorize.value, context);
  const url = preferencesOf(settings);
  if (url === undefined) return;
  const kind = preferences.name;
  const found = await readPreferences(settings, url, authorize.value, context);
  if (found.ok) {
    for (const resource of found.value) yield { type: 'resource', resource };
    yield { type: 'complete', kind };
  } else for (const notice of found.problems) yield { type: 'notice', kind, problem: notice };
}

/** Address of the RESTlet, where preferences are wanted. */
function preferencesOf(settings: NetSuiteSettings): string | undefined {
  return isWanted(settings, preferences.name) ? settings.preferences : undefined;
}

async function* readUnit(
  unit: Unit,
  settings: NetSuiteSettings,
  authorize: Authorize,
  context: ReadContext,
): AsyncIterable<Reading> {
  const { kind, key } = unit;
  const taken = new Map<string, number>();
  for (let offset = 0; ; offset += pageSize) {
    const page = await readPage({ unit, settings, authorize, offset }, context);
    if (!page.ok) {
      for (const found of page.problems) yield { type: 'notice', kind, problem: found };
      return;
    }
    for (const record of page.value.items as readonly JsonObject[]) {
      const parts = key.map((column) => textOf(record[column])).filter((part) => part !== '');
      const name = parts.join('/') || 'unnamed';
      const count = (taken.get(name) ?? 0) + 1;
      taken.set(name, count);
      yield { type: 'resource', resource: resourceOf(record, unit, count === 1 ? name : `${name}#${count}`) };
    }
    if (!page.value.hasMore) break;
  }
  yield { type: 'complete', kind };
}

/** Asks each kind for its first page. */
export async function checkNetSuite(settings: NetSuiteSettings, context: ReadContext): Promise<readonly CheckLine[]> {
  const authorize = await signIn(settings, context);
  const signedIn = lineOf(systemOf(settings), authorize);
  if (!authorize.ok) return [signedIn];
  const lines: CheckLine[] = [signedIn];
  for (const unit of unitsOf(settings)) {
    lines.push(lineOf(unit.kind, await readPage({ unit, settings, authorize: authorize.value, offset: 0 }, context)));
  }
  const url = preferencesOf(settings);
  if (url !== undefined)
    lines.push(lineOf(preferences.name, await readPreferences(settings, url, authorize.value, context)));
  return lines;
}

function lineOf(what: string, result: Result<unknown>): CheckLine {
  const [found] = result.ok ? [] : result.problems;
  return { what, ok: result.ok, ...(found && { problem: found }) };
}

interface PageRequest {
  readonly unit: Unit;
  readonly settings: NetSuiteSettings;
  readonly authorize: Authorize;
  readonly offset: number;
}

/** https://docs.oracle.com/en/cloud/saas/netsuite/ns-online-help/section_157909186990.html */
async function readPage(
  { unit, settings, authorize, offset }: PageRequest,
  context: ReadContext,
): Promise<Result<z.infer<typeof Page>>> {
  const { kind, sql, permission } = unit;
  const system = systemOf(settings);
  if (offset >= mostRecords) return failed(problem('LW3165', { system, what: kind, limit: mostRecords }));
  const url = `${rootOf(settings)}/services/rest/query/v1/suiteql?limit=${pageSize}&offset=${offset}`;
  const headers = { 'content-type': 'application/json', prefer: 'transient', authorization: authorize('POST', url) };
  const init = { method: 'POST', headers, body: JSON.stringify({ q: sql }) };
  const page = await requestShape(context, { url, system, what: kind, permission, init }, Page);
  if (page.ok)
    return page.value.hasMore && page.value.items.length === 0 ? failed(endless(system, kind)) : ok(page.value);
  // A record a role may not see does not exist for it: SuiteQL answers 400 as for a misspelt name.
  const isHidden = page.problems.some(({ code, message }) => code === 'LW3007' && / 400 /.test(message));
  return isHidden ? failed(problem('LW3003', { system, what: kind, permission })) : page;
}

function endless(system: string, what: string) {
  return problem('LW3006', { system, what, reason: 'it has an empty page and says that there are more' });
}

function resourceOf(record: JsonObject, { kind, ignore }: Unit, key: string): Resource {
  // Every record of SuiteQL carries links, to nothing.
  const left = new Set(['links', ...ignore]);
  const attributes = Object.fromEntries(Object.entries(record).filter(([name]) => !left.has(name)));
  return { kind, key, attributes, origin: { place: kind } };
}

function textOf(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function unitsOf(settings: NetSuiteSettings): readonly Unit[] {
  const own = Object.entries(settings.queries ?? {}).map(([name, { sql, key, ignore = [] }]) => {
    return { kind: `netsuite.${name}`, sql, key, ignore, permission: 'view access to the records of the query' };
  });
  const replaced = new Set(own.map(({ kind }) => kind));
  const known = tables.filter(({ name }) => !replaced.has(name)).map((table) => ({ ...table, kind: table.name }));
  return [...known, ...own].filter(({ kind }) => isWanted(settings, kind));
}

function isWanted({ kinds, exceptKinds = [] }: NetSuiteSettings, kind: string): boolean {
  const isNamed = (pattern: string) => matchesWildcard(pattern, kind);
  return (kinds === undefined || kinds.some(isNamed)) && !exceptKinds.some(isNamed);
}
