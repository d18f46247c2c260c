import type { CheckLine, ReadContext, Reading } from '@leeway/connector-kit';
import { matchesWildcard, type Problem, ProblemError, problem } from '@leeway/core';
import { problemOf } from '../../sql-table/failure.ts';
import type { OpenSession, SqlRow, TableSession, Target } from '../../sql-table/session.ts';
import type { Found, Section } from './section.ts';
import type { CatalogSettings } from './settings.ts';

/** What a database product says of itself for reading its catalog. */
export interface CatalogProduct<Settings extends CatalogSettings> {
  readonly port: number;
  readonly sections: (settings: Settings) => readonly Section[];
  /** Sections that what was found leads to: histories of migrations. */
  readonly followUp: (found: readonly Found[]) => readonly Section[];
  /** Kinds of follow-ups: complete where all tables were seen and nothing was denied. */
  readonly followUpKinds: readonly string[];
  /** The kind whose resources follow-ups are found in. */
  readonly tableKind: string;
  /** The problem that the reader would be shown only a part of the catalog; undefined when all of it is seen. */
  readonly hidden: (session: TableSession, system: string) => Promise<Problem | undefined>;
}

/** Refusals spoil their own kinds; whatever else happens on a connection ends it. */
const passing = new Set(['LW3003', 'LW3005']);

/** Reads a catalog over one connection, one query after the other. */
export async function* readCatalog<Settings extends CatalogSettings>(
  product: CatalogProduct<Settings>,
  settings: Settings,
  context: ReadContext,
  open: OpenSession,
): AsyncGenerator<Reading> {
  const system = labelOf(product, settings);
  let session: TableSession | undefined;
  try {
    session = await open(await targetOf(product, settings, context), context.signal);
    const hidden = await product.hidden(session, system);
    if (hidden) yield { type: 'notice', problem: hidden };
    const reader = { session, settings, context, system, isWhole: hidden === undefined };
    const found: Found[] = [];
    const spoilt = new Set<string>();
    for (const section of product.sections(settings)) yield* readSection(section, reader, found, spoilt);
    for (const section of product.followUp(found)) yield* readSection(section, reader, found, spoilt, false);
    for (const kind of product.followUpKinds) {
      const isComplete = reader.isWhole && !spoilt.has(kind) && !spoilt.has(product.tableKind);
      if (isComplete && isWanted(settings, kind)) yield { type: 'complete', kind };
    }
  } catch (error) {
    const attempt = { system, what: 'the catalog', seconds: settings.statementSeconds };
    yield { type: 'notice', problem: problemOf(error, attempt, context.signal) };
  } finally {
    await session?.close();
  }
}

interface Reader {
  readonly session: TableSession;
  readonly settings: CatalogSettings;
  readonly context: ReadContext;
  readonly system: string;
  readonly isWhole: boolean;
}

async function* readSection(
  section: Section,
  { session, settings, context, system, isWhole }: Reader,
  found: Found[],
  spoilt: Set<string>,
  completes = true,
): AsyncGenerator<Reading> {
  const kinds = section.kinds.filter((kind) => isWanted(settings, kind));
  const { host } = settings;
  try {
    const resources = section.shape(await allRows(session, section));
    found.push(...resources);
    for (const { kind, key, attributes } of resources) {
      if (!kinds.includes(kind)) continue;
      yield { type: 'resource', resource: { kind, key, attributes, origin: { place: `${host}/${key}` } } };
    }
    if (completes && isWhole) for (const kind of kinds) yield { type: 'complete', kind };
  } catch (error) {
    const attempt = { system, what: section.what, seconds: settings.statementSeconds };
    const told = refusalOf(problemOf(error, attempt, context.signal), section, system);
    for (const kind of section.kinds) spoilt.add(kind);
    for (const kind of kinds) yield { type: 'notice', problem: told, kind };
  }
}

/** What spoils a section alone, told with the permission it takes; anything else is thrown on. */
function refusalOf(told: Problem, { what, permission }: Section, system: string): Problem {
  if (!passing.has(told.code)) throw new ProblemError(told);
  return told.code === 'LW3003' ? problem('LW3003', { system, what, permission }) : told;
}

async function allRows(session: TableSession, { query }: Section): Promise<readonly SqlRow[]> {
  const rows: SqlRow[] = [];
  for await (const batch of session.rows(query)) rows.push(...batch);
  return rows;
}

/** One line a kind: whether all of it may be read. */
export async function checkCatalog<Settings extends CatalogSettings>(
  product: CatalogProduct<Settings>,
  settings: Settings,
  context: ReadContext,
  open: OpenSession,
): Promise<readonly CheckLine[]> {
  const lines: CheckLine[] = [];
  for await (const reading of readCatalog(product, settings, context, open)) {
    if (reading.type === 'complete') lines.push({ what: reading.kind, ok: true });
    if (reading.type === 'notice') {
      lines.push({ what: reading.kind ?? labelOf(product, settings), ok: false, problem: reading.problem });
    }
  }
  return lines;
}

function isWanted({ kinds, exceptKinds = [] }: CatalogSettings, kind: string): boolean {
  const isNamed = (pattern: string) => matchesWildcard(pattern, kind);
  return (kinds === undefined || kinds.some(isNamed)) && !exceptKinds.some(isNamed);
}

function labelOf({ port }: { readonly port: number }, settings: CatalogSettings): string {
  return `${settings.host}:${settings.port ?? port}/${settings.database}`;
}

async function targetOf(
  product: { readonly port: number },
  settings: CatalogSettings,
  context: ReadContext,
): Promise<Target> {
  const { host, port = product.port, database, user, passwordFrom, tls, tlsAuthority, statementSeconds } = settings;
  const password = context.variable(passwordFrom);
  if (!password) {
    throw new ProblemError(problem('LW3055', { system: labelOf(product, settings), variable: passwordFrom }));
  }
  const ca =
    tlsAuthority === undefined ? undefined : new TextDecoder().decode(await context.files.read(tlsAuthority, 2 ** 20));
  context.signal.throwIfAborted();
  return { host, port, database, user, password, tls, ca, statementSeconds };
}
