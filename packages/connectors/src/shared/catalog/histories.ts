import { isJsonObject, type Json, type JsonObject } from '@leeway/core';
import type { SqlRow } from '../../sql-table/session.ts';
import { type Found, isYes, type Section, stated, textAt } from './section.ts';

/** How a migration tool keeps its history. */
interface Tool {
  readonly name: string;
  /** Its table, in lower case. */
  readonly table: string;
  /** Columns by which it is told from another table of that name, in lower case. */
  readonly columns: readonly string[];
  readonly attributes: (rows: readonly SqlRow[]) => JsonObject;
}

const applied = (rows: readonly SqlRow[], name: string, entry: (row: SqlRow) => Json) =>
  Object.fromEntries(rows.map((row) => [textAt(row, name), entry(row)]));

/** Flyway and Liquibase on either product, Entity Framework on SQL Server; their documentation names the columns. */
const tools: readonly Tool[] = [
  {
    name: 'flyway',
    table: 'flyway_schema_history',
    columns: ['installed_rank', 'script', 'checksum', 'success', 'version'],
    attributes: (rows) => ({
      ...stated({
        failed: rows
          .filter((row) => !isYes(row, 'success'))
          .map((row) => textAt(row, 'script'))
          .sort(),
      }),
      applied: applied(
        rows.filter((row) => isYes(row, 'success')),
        'script',
        (row) => stated({ version: textAt(row, 'version'), checksum: textAt(row, 'checksum') }),
      ),
    }),
  },
  {
    name: 'liquibase',
    table: 'databasechangelog',
    columns: ['id', 'author', 'filename', 'md5sum'],
    attributes: (rows) => ({
      applied: Object.fromEntries(
        rows.map((row) => [
          `${textAt(row, 'filename')}::${textAt(row, 'id')}::${textAt(row, 'author')}`,
          stated({ checksum: textAt(row, 'md5sum') }),
        ]),
      ),
    }),
  },
  {
    name: 'entity-framework',
    table: '__efmigrationshistory',
    columns: ['migrationid'],
    attributes: (rows) => ({ applied: applied(rows, 'migrationid', () => true) }),
  },
];

export const historyTools = tools.map(({ name }) => name);

/**
 * The histories among the tables that were found. `prefix` is the product's; `quote` puts a name between its quotes. Names
 * of columns are asked for as the database has them and called in lower case.
 */
export function findHistories(
  found: readonly Found[],
  prefix: string,
  quote: (name: string) => string,
): readonly Section[] {
  return found
    .filter(({ kind }) => kind === `${prefix}.table`)
    .flatMap(({ key, attributes }) => {
      const [schema = '', table = ''] = key.split('.');
      const columns = isJsonObject(attributes['columns']) ? Object.keys(attributes['columns']) : [];
      const named = new Map(columns.map((column) => [column.toLowerCase(), column]));
      const tool = tools.find(
        (each) => each.table === table.toLowerCase() && each.columns.every((column) => named.has(column)),
      );
      if (!tool) return [];
      const kind = `${prefix}.migrations.${tool.name}`;
      const list = tool.columns.map((column) => `${quote(named.get(column) ?? column)} as ${quote(column)}`).join(', ');
      return [
        {
          kinds: [kind],
          what: `the migrations in ${key}`,
          permission: `SELECT on ${key}`,
          query: { text: `select ${list} from ${quote(schema)}.${quote(table)}`, values: [] },
          shape: (rows: readonly SqlRow[]) => [{ kind, key, attributes: tool.attributes(rows) }],
        },
      ];
    });
}
