import { isJsonObject } from '@leeway/core';
import type { Family, Row } from './family.ts';

/** How a migration tool keeps its history in the database. */
interface Tool {
  readonly name: string;
  /** Usual names of its table. */
  readonly tables: readonly string[];
  /** Columns by which the table is told from another one of the same name. */
  readonly columns: readonly string[];
  /** Columns that must not be there. */
  readonly without?: readonly string[];
  /** Tables beside it that are the tool's too. */
  readonly beside?: readonly string[];
  /** SQL for json with the attributes, from the table `h`, a quoted name. */
  readonly attributes: (table: string, beside: string | undefined) => string;
}

const failedOf = (table: string, name: string, condition: string) =>
  `(select json_agg(${name} order by ${name}) from ${table} where ${condition})`;

const tools: readonly Tool[] = [
  {
    name: 'flyway',
    tables: ['flyway_schema_history', 'schema_version'],
    columns: ['installed_rank', 'script', 'checksum', 'success'],
    attributes: (table) => `
      'version', (select version from ${table} where success and version is not null order by installed_rank desc limit 1),
      'failed', ${failedOf(table, 'script', 'not success')},
      'applied', (select json_object_agg(name, entry) from (select distinct on (script) script as name, json_build_object(
          'version', version, 'description', description, 'checksum', checksum) as entry
        from ${table} where success and type not in ('SCHEMA', 'DELETE') order by script, installed_rank desc) e)`,
  },
  {
    name: 'liquibase',
    tables: ['databasechangelog'],
    columns: ['id', 'author', 'filename', 'md5sum', 'exectype'],
    beside: ['databasechangeloglock'],
    attributes: (table, lock) => `
      'locked', ${lock ? `(select bool_or(locked) from ${lock})` : 'null'},
      'applied', (select json_object_agg(filename || ' ' || author || ' ' || id, json_build_object(
        'checksum', md5sum, 'outcome', lower(exectype))) from ${table})`,
  },
  {
    name: 'alembic',
    tables: ['alembic_version'],
    columns: ['version_num'],
    attributes: (table) => `'heads', (select json_agg(version_num order by version_num) from ${table})`,
  },
  {
    name: 'prisma',
    tables: ['_prisma_migrations'],
    columns: ['migration_name', 'checksum', 'finished_at', 'rolled_back_at'],
    attributes: (table) => `
      'failed', ${failedOf(table, 'migration_name', 'finished_at is null and rolled_back_at is null')},
      'applied', (select json_object_agg(migration_name, json_build_object('checksum', checksum))
        from ${table} where finished_at is not null and rolled_back_at is null)`,
  },
  {
    name: 'golang-migrate',
    tables: ['schema_migrations'],
    columns: ['version', 'dirty'],
    attributes: (table) => `
      'version', (select max(version)::text from ${table}), 'dirty', (select bool_or(dirty) from ${table})`,
  },
  {
    name: 'rails',
    tables: ['schema_migrations'],
    columns: ['version'],
    without: ['dirty'],
    beside: ['ar_internal_metadata'],
    attributes: (table) => `'applied', (select json_object_agg(version, true) from ${table})`,
  },
  {
    name: 'django',
    tables: ['django_migrations'],
    columns: ['app', 'name', 'applied'],
    attributes: (table) => `'applied', (select json_object_agg(app || '.' || name, true) from ${table})`,
  },
  {
    name: 'knex',
    tables: ['knex_migrations'],
    columns: ['name', 'batch', 'migration_time'],
    beside: ['knex_migrations_lock'],
    attributes: (table, lock) => `
      'locked', ${lock ? `(select bool_or(is_locked = 1) from ${lock})` : 'null'},
      'applied', (select json_object_agg(name, true) from ${table})`,
  },
  {
    name: 'goose',
    tables: ['goose_db_version'],
    columns: ['version_id', 'is_applied'],
    attributes: (table) => `'applied', (select json_object_agg(version_id, true) from ${table} where is_applied)`,
  },
];

/** Every kind a migration history may have. */
export const migrationKinds = tools.map(({ name }) => `postgresql.migrations.${name}`);

interface Found {
  readonly tool: Tool;
  readonly key: string;
  readonly beside: readonly string[];
}

function findTools(rows: readonly Row[]): readonly Found[] {
  const tables = rows.filter(({ kind }) => kind === 'postgresql.table');
  const names = new Set(tables.map(({ key }) => key));
  return tables.flatMap((row) => {
    const dot = row.key.indexOf('.');
    const schema = row.key.slice(0, dot);
    const tool = tools.find((candidate) => fits(candidate, row.key.slice(dot + 1), row));
    if (!tool) return [];
    const beside = (tool.beside ?? []).map((name) => `${schema}.${name}`).filter((name) => names.has(name));
    return [{ tool, key: row.key, beside }];
  });
}

function fits({ tables, columns, without = [] }: Tool, name: string, { attributes }: Row): boolean {
  const has = attributes['columns'];
  if (!tables.includes(name) || !isJsonObject(has)) return false;
  return columns.every((column) => column in has) && !without.some((column) => column in has);
}

/** The tables of migration tools among the tables read. */
export function historyTables(rows: readonly Row[]): ReadonlySet<string> {
  return new Set(findTools(rows).flatMap(({ key, beside }) => [key, ...beside]));
}

/** One statement for each history found: what was applied, with which checksum, what failed, whether a lock is held. */
export function findHistories(rows: readonly Row[]): readonly Family[] {
  return findTools(rows).map(({ tool, key, beside }) => {
    const kind = `postgresql.migrations.${tool.name}`;
    const table = quoteTable(key);
    const lock = beside[0] === undefined ? undefined : quoteTable(beside[0]);
    return {
      kinds: [kind],
      permission: `SELECT on ${[key, ...beside].join(', ')}`,
      sql: () =>
        `select '${kind}' as kind, ${quoteText(key)} as key, json_build_object(${tool.attributes(table, lock)}) as attributes`,
    };
  });
}

function quoteTable(key: string): string {
  const dot = key.indexOf('.');
  return [key.slice(0, dot), key.slice(dot + 1)].map((name) => `"${name.replaceAll('"', '""')}"`).join('.');
}

/** A SQL string literal. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
