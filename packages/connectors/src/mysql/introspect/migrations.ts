import { isJsonObject, type Json, type JsonObject } from '@leeway/core';
import { quoteName, type Row } from '../read/session.ts';
import { type Found, type Section, withoutEmpty } from './section.ts';

/** How a migration tool keeps its history. */
interface Tool {
  readonly name: string;
  /** Usual names of its table, in lower case. */
  readonly tables: readonly string[];
  /** Columns by which the table is told from another one of the same name. */
  readonly columns: readonly string[];
  readonly without?: readonly string[];
  /** A table beside it that holds the tool's lock, and the column that says so. */
  readonly lock?: { readonly table: string; readonly column: string };
  readonly attributes: (rows: readonly Row[]) => Readonly<Record<string, Json | undefined>>;
}

const isSet = (value: string | null | undefined) => value === '1' || value === '\u0001';

/** `name` of each row with what `entry` makes of it; later rows win. */
function applied(rows: readonly Row[], name: (row: Row) => string, entry: (row: Row) => Json = () => true): JsonObject {
  return Object.fromEntries(rows.map((row) => [name(row), entry(row)]));
}

function failedNames(rows: readonly Row[], name: string): readonly string[] | undefined {
  return rows.length > 0 ? rows.map((row) => row[name] ?? '').sort() : undefined;
}

const byRank = (left: Row, right: Row) => Number(left['installed_rank']) - Number(right['installed_rank']);

const tools: readonly Tool[] = [
  {
    name: 'flyway',
    tables: ['flyway_schema_history', 'schema_version'],
    columns: ['installed_rank', 'script', 'checksum', 'success'],
    attributes: (rows) => {
      const done = rows.filter((row) => isSet(row['success'])).toSorted(byRank);
      const scripts = done.filter((row) => row['type'] !== 'SCHEMA' && row['type'] !== 'DELETE');
      return {
        version: done.findLast((row) => row['version'])?.['version'],
        failed: failedNames(
          rows.filter((row) => !isSet(row['success'])),
          'script',
        ) as Json | undefined,
        applied: applied(
          scripts,
          (row) => row['script'] ?? '',
          (row) => withoutEmpty({ version: row['version'], checksum: row['checksum'] }),
        ),
      };
    },
  },
  {
    name: 'liquibase',
    tables: ['databasechangelog'],
    columns: ['id', 'author', 'filename', 'md5sum', 'exectype'],
    lock: { table: 'databasechangeloglock', column: 'locked' },
    attributes: (rows) => ({
      applied: applied(
        rows,
        (row) => `${row['filename']} ${row['author']} ${row['id']}`,
        (row) => withoutEmpty({ checksum: row['md5sum'], outcome: row['exectype']?.toLowerCase() }),
      ),
    }),
  },
  {
    name: 'alembic',
    tables: ['alembic_version'],
    columns: ['version_num'],
    attributes: (rows) => ({ heads: rows.map((row) => row['version_num'] ?? '').sort() }),
  },
  {
    name: 'prisma',
    tables: ['_prisma_migrations'],
    columns: ['migration_name', 'checksum', 'finished_at', 'rolled_back_at'],
    attributes: (rows) => {
      const standing = rows.filter((row) => row['rolled_back_at'] === null);
      const done = standing.filter((row) => row['finished_at'] !== null);
      return {
        failed: failedNames(
          standing.filter((row) => row['finished_at'] === null),
          'migration_name',
        ) as Json | undefined,
        applied: applied(
          done,
          (row) => row['migration_name'] ?? '',
          (row) => ({ checksum: row['checksum'] ?? '' }),
        ),
      };
    },
  },
  {
    name: 'rails',
    tables: ['schema_migrations'],
    columns: ['version'],
    without: ['dirty'],
    attributes: (rows) => ({ applied: applied(rows, (row) => row['version'] ?? '') }),
  },
  {
    name: 'golang-migrate',
    tables: ['schema_migrations'],
    columns: ['version', 'dirty'],
    attributes: (rows) => ({ version: rows[0]?.['version'], dirty: rows.some((row) => isSet(row['dirty'])) }),
  },
  {
    name: 'django',
    tables: ['django_migrations'],
    columns: ['app', 'name', 'applied'],
    attributes: (rows) => ({ applied: applied(rows, (row) => `${row['app']}.${row['name']}`) }),
  },
  {
    name: 'knex',
    tables: ['knex_migrations'],
    columns: ['name', 'batch', 'migration_time'],
    lock: { table: 'knex_migrations_lock', column: 'is_locked' },
    attributes: (rows) => ({ applied: applied(rows, (row) => row['name'] ?? '') }),
  },
];

/** Every kind a migration history may have. */
export const migrationKinds: readonly string[] = tools.map(({ name }) => `mysql.migrations.${name}`);

/** One section for each history among the tables read. */
export function findHistories(resources: readonly Found[]): readonly Section[] {
  const tables = resources.filter(({ kind }) => kind === 'mysql.table');
  const names = new Map(tables.map(({ key }) => [key.toLowerCase(), key]));
  return tables.flatMap(({ key, attributes }) => {
    const tool = tools.find((candidate) => fits(candidate, key, attributes));
    if (!tool) return [];
    const database = key.slice(0, key.indexOf('.'));
    const lock = tool.lock && names.get(`${database}.${tool.lock.table}`.toLowerCase());
    return [historySection(tool, key, lock)];
  });
}

function fits({ tables, columns, without = [] }: Tool, key: string, attributes: JsonObject): boolean {
  const found = attributes['columns'];
  if (!tables.includes(key.slice(key.indexOf('.') + 1).toLowerCase()) || !isJsonObject(found)) return false;
  const has = new Set(Object.keys(found).map((name) => name.toLowerCase()));
  return columns.every((column) => has.has(column)) && !without.some((column) => has.has(column));
}

function historySection(tool: Tool, key: string, lock: string | undefined): Section {
  const kind = `mysql.migrations.${tool.name}`;
  return {
    kinds: [kind],
    what: `the migration history ${key}`,
    needs: () => [],
    statements: () => [
      `select * from ${quoteKey(key)}`,
      ...(lock === undefined ? [] : [`select * from ${quoteKey(lock)}`]),
    ],
    shape: ([rows = [], locks]) => {
      const column = tool.lock?.column ?? '';
      const locked = locks?.some((row) => isSet(row[column]));
      return [{ kind, key, attributes: withoutEmpty({ ...tool.attributes(rows), locked }) }];
    },
  };
}

function quoteKey(key: string): string {
  const dot = key.indexOf('.');
  return `${quoteName(key.slice(0, dot))}.${quoteName(key.slice(dot + 1))}`;
}
