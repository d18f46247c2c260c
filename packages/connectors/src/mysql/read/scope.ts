import { ProblemError, problem } from '@leeway/core';
import { Privileges } from '../introspect/privileges.ts';
import type { Scope } from '../introspect/section.ts';
import type { MysqlSettings } from '../schema.ts';
import { quoteText, type Session } from './session.ts';

/** Databases that come with a server. */
const own = ['information_schema', 'mysql', 'performance_schema', 'sys'];

/** Oldest versions whose catalogs have everything that is asked for. */
const oldest = { MariaDB: [10, 5], MySQL: [8, 0, 16] } as const;

/**
 * Prepares the session and finds out what the server is and what the reader may see. Throws ProblemError LW3121 for a
 * server that is too old.
 */
export async function scopeOf(
  session: Session,
  settings: MysqlSettings,
  system: string,
): Promise<Scope & { readonly privileges: Privileges }> {
  // Names are quoted in one way, whatever the server's default sql_mode says.
  await session.query(`set session sql_mode = '', sql_quote_show_create = 1, time_zone = '+00:00'`);
  const [told] = await session.query('select version() as version, @@global.hostname as hostname');
  const flavour = /mariadb/i.test(told?.['version'] ?? '') ? 'MariaDB' : 'MySQL';
  const version = /^(?:5\.5\.5-)?(\d+(?:\.\d+)*)/.exec(told?.['version'] ?? '')?.[1];
  if (version === undefined) {
    throw new ProblemError(problem('LW3006', { system, what: 'its version', reason: 'it is no number' }));
  }
  if (isOlder(version, oldest[flavour])) {
    const values = { system, product: flavour, version, oldest: oldest[flavour].join('.') };
    throw new ProblemError(problem('LW3121', values));
  }
  await session.query(limitOf(flavour, settings.statementSeconds));
  await session.query('start transaction read only');
  const privileges = new Privileges(await session.query('show grants'));
  return { flavour, version, hostname: told?.['hostname'] ?? '', privileges, ...databasesOf(settings) };
}

function isOlder(version: string, least: readonly number[]): boolean {
  const parts = version.split('.').map(Number);
  const index = least.findIndex((number, at) => (parts[at] ?? 0) !== number);
  return index >= 0 && (parts[index] ?? 0) < (least[index] ?? 0);
}

/** MariaDB counts seconds, MySQL milliseconds. */
function limitOf(flavour: Scope['flavour'], seconds: number): string {
  return flavour === 'MariaDB'
    ? `set session max_statement_time = ${seconds}`
    : `set session max_execution_time = ${seconds * 1000}`;
}

function databasesOf({ databases }: MysqlSettings): Pick<Scope, 'databases' | 'places'> {
  if (databases === undefined) {
    const list = own.map(quoteText).join(', ');
    return { databases: (column) => `${column} not in (${list})`, places: ['*'] };
  }
  const isPlain = databases.every((name) => !name.includes('*'));
  return {
    databases: (column) => `(${databases.map((name) => conditionOf(column, name)).join(' or ')})`,
    // Which databases a pattern fits can only be told by who may see all of them.
    places: isPlain ? databases : ['*'],
  };
}

function conditionOf(column: string, name: string): string {
  if (!name.includes('*')) return `${column} = ${quoteText(name)}`;
  const pattern = name.replaceAll(/[!_%]/g, '!$&').replaceAll('*', '%');
  return `${column} like ${quoteText(pattern)} escape '!'`;
}
