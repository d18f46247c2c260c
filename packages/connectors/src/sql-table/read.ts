import type { CheckLine, ReadContext, Reading } from '@leeway/connector-kit';
import { type Problem, ProblemError, problem } from '@leeway/core';
import { dialects, queryOf } from './dialect.ts';
import { openMysql } from './drivers/mysql.ts';
import { openOracle } from './drivers/oracle.ts';
import { openPostgresql } from './drivers/postgresql.ts';
import { openSqlServer } from './drivers/sqlserver.ts';
import { problemOf } from './failure.ts';
import { kindOf, resourceOf } from './row.ts';
import type { OpenSession, TableSession, Target } from './session.ts';
import type { SqlTableSettings, System, Table } from './settings.ts';

const drivers: Readonly<Record<System, OpenSession>> = {
  postgresql: openPostgresql,
  mysql: openMysql,
  sqlserver: openSqlServer,
  oracle: openOracle,
};

/** Reads every table the settings name; one that cannot be read leaves the others alone. */
export async function* readTables(settings: SqlTableSettings, context: ReadContext): AsyncIterable<Reading> {
  const attempt = { system: labelOf(settings), what: 'the connection', seconds: settings.statementSeconds };
  let session: TableSession | undefined;
  try {
    session = await openTables(settings, context);
    for (const [name, table] of Object.entries(settings.tables))
      yield* readTable(session, name, table, settings, context);
  } catch (error) {
    yield { type: 'notice', problem: problemOf(error, attempt, context.signal) };
  } finally {
    await session?.close();
  }
}

async function* readTable(
  session: TableSession,
  name: string,
  table: Table,
  settings: SqlTableSettings,
  context: ReadContext,
): AsyncGenerator<Reading> {
  const kind = kindOf(name);
  const { system, maxRows, statementSeconds } = settings;
  const seen = new Set<string>();
  try {
    // One row more than allowed tells that there are more.
    for await (const batch of session.rows(queryOf(system, name, table, maxRows + 1))) {
      for (const row of batch) {
        const missing = table.key.find((column) => !(column in row));
        if (missing !== undefined) throw new ProblemError(unreadable(settings, name, `it has no column ${missing}`));
        const resource = resourceOf(row, name, table, context.seal);
        if (seen.has(resource.key)) throw new ProblemError(unreadable(settings, name, sameKey(table, resource.key)));
        if (seen.size === maxRows) throw new ProblemError(tooMany(settings, name));
        seen.add(resource.key);
        yield { type: 'resource', resource };
      }
    }
    yield { type: 'complete', kind };
  } catch (error) {
    const attempt = { system: labelOf(settings), what: name, seconds: statementSeconds };
    yield { type: 'notice', kind, problem: problemOf(error, attempt, context.signal) };
  }
}

/** Asks each table for one row. */
export async function checkTables(settings: SqlTableSettings, context: ReadContext): Promise<readonly CheckLine[]> {
  const system = labelOf(settings);
  const lines: CheckLine[] = [];
  let session: TableSession | undefined;
  let what = system;
  try {
    session = await openTables(settings, context);
    lines.push({ what: `${system}, signed in as ${settings.user}`, ok: true });
    for (const [name, table] of Object.entries(settings.tables)) {
      what = name;
      lines.push(await checkTable(session, name, table, settings, context));
    }
    return lines;
  } catch (error) {
    const attempt = { system, what, seconds: settings.statementSeconds };
    return [...lines, { what, ok: false, problem: problemOf(error, attempt, context.signal) }];
  } finally {
    await session?.close();
  }
}

async function checkTable(
  session: TableSession,
  name: string,
  table: Table,
  settings: SqlTableSettings,
  context: ReadContext,
): Promise<CheckLine> {
  try {
    for await (const _ of session.rows(queryOf(settings.system, name, table, 1))) break;
    return { what: name, ok: true };
  } catch (error) {
    const attempt = { system: labelOf(settings), what: name, seconds: settings.statementSeconds };
    return { what: name, ok: false, problem: problemOf(error, attempt, context.signal) };
  }
}

async function openTables(settings: SqlTableSettings, context: ReadContext): Promise<TableSession> {
  const { system, host, port, database, user, passwordFrom, tls, tlsAuthority, statementSeconds } = settings;
  const password = passwordFrom === undefined ? '' : context.variable(passwordFrom);
  if (password === undefined || (passwordFrom !== undefined && password === '')) {
    throw new ProblemError(problem('LW3055', { system: labelOf(settings), variable: passwordFrom ?? '' }));
  }
  const ca =
    tlsAuthority === undefined ? undefined : new TextDecoder().decode(await context.files.read(tlsAuthority, 2 ** 20));
  const target: Target = {
    host,
    port: port ?? dialects[system].port,
    database,
    user,
    password,
    tls,
    ca,
    statementSeconds,
  };
  context.signal.throwIfAborted();
  return drivers[system](target, context.signal);
}

function labelOf({ system, host, port, database }: SqlTableSettings): string {
  return `${host}:${port ?? dialects[system].port}/${database}`;
}

function unreadable(settings: SqlTableSettings, what: string, reason: string): Problem {
  return problem('LW3006', { system: labelOf(settings), what, reason });
}

function sameKey({ key }: Table, text: string): string {
  return `two rows have the key ${text}: ${key.join(', ')} do not tell them apart`;
}

function tooMany(settings: SqlTableSettings, what: string): Problem {
  return problem('LW3165', { system: labelOf(settings), what, limit: settings.maxRows });
}
