import type { Query, SqlValue } from './session.ts';
import type { System, Table } from './settings.ts';

interface Dialect {
  readonly port: number;
  readonly quote: (name: string) => string;
  readonly placeholder: (number: number) => string;
  /** The query cut after so many rows. */
  readonly limit: (query: { readonly select: string; readonly rest: string }, rows: number) => string;
}

const doubleQuoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

export const dialects: Readonly<Record<System, Dialect>> = {
  postgresql: {
    port: 5432,
    quote: doubleQuoted,
    placeholder: (number) => `$${number}`,
    limit: ({ select, rest }, rows) => `select ${select} ${rest} limit ${rows}`,
  },
  mysql: {
    port: 3306,
    quote: (name) => `\`${name.replaceAll('`', '``')}\``,
    placeholder: () => '?',
    limit: ({ select, rest }, rows) => `select ${select} ${rest} limit ${rows}`,
  },
  sqlserver: {
    port: 1433,
    quote: (name) => `[${name.replaceAll(']', ']]')}]`,
    placeholder: (number) => `@p${number}`,
    limit: ({ select, rest }, rows) => `select top (${rows}) ${select} ${rest}`,
  },
  oracle: {
    port: 1521,
    quote: doubleQuoted,
    placeholder: (number) => `:${number}`,
    limit: ({ select, rest }, rows) => `select ${select} ${rest} fetch first ${rows} rows only`,
  },
};

/** The query for a table: names quoted, values apart from the text. */
export function queryOf(system: System, name: string, table: Table, maxRows: number): Query {
  const { quote, placeholder, limit } = dialects[system];
  const select = table.columns ? columnsOf(table).map(quote).join(', ') : '*';
  const values: SqlValue[] = [];
  const conditions = Object.entries(table.filter ?? {}).map(([column, value]) => {
    if (value === null) return `${quote(column)} is null`;
    return `${quote(column)} = ${placeholder(values.push(value))}`;
  });
  const where = conditions.length > 0 ? ` where ${conditions.join(' and ')}` : '';
  const rest = `from ${name.split('.').map(quote).join('.')}${where}`;
  return { text: limit({ select, rest }, maxRows), values };
}

function columnsOf({ key, columns = [], changedBy, changedAt }: Table): readonly string[] {
  const stamps = [changedBy, changedAt].filter((column) => column !== undefined);
  return [...new Set([...key, ...columns, ...stamps])];
}
