import { isJsonObject, type Json } from '@leeway/core';
import { type RawRow, type Session, SqlError } from '../read/session.ts';
import type { Family, Row, Scope } from './family.ts';
import { findHistories, historyTables } from './migrations.ts';

/** What the catalogs said, and which families would not be read. */
export interface Introspection {
  readonly rows: readonly Row[];
  readonly failures: readonly { readonly family: Family; readonly error: SqlError }[];
}

/**
 * Session settings under which every server spells its catalogs alike: all names qualified, no locale, no time zone. JIT
 * would cost more than it saves.
 */
export const plainSpelling: readonly string[] = [
  "set local search_path = ''",
  'set local jit = off',
  'set local standard_conforming_strings = on',
  "set local datestyle = 'ISO, MDY'",
  "set local intervalstyle = 'postgres'",
  "set local timezone = 'UTC'",
  'set local extra_float_digits = 1',
  "set local bytea_output = 'hex'",
  'set local quote_all_identifiers = off',
];

/**
 * Runs the families in one round trip. When the server refuses one of them the rest is read one by one, so that what is
 * denied costs its own kinds only. The session must be inside a transaction with an empty search_path.
 */
export async function introspect(session: Session, families: readonly Family[], scope: Scope): Promise<Introspection> {
  const first = await readFamilies(session, families, scope);
  const histories = findHistories(first.rows);
  const second = histories.length > 0 ? await readFamilies(session, histories, scope) : { rows: [], failures: [] };
  return {
    rows: [...withoutHistoryTables(first.rows), ...second.rows],
    failures: [...first.failures, ...second.failures],
  };
}

async function readFamilies(session: Session, families: readonly Family[], scope: Scope): Promise<Introspection> {
  try {
    const results = await session.batch(['savepoint leeway', ...families.map((family) => family.sql(scope))]);
    return { rows: families.flatMap((family, at) => shapeRows(family, results[at + 1] ?? [], scope)), failures: [] };
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    await session.batch(['rollback to savepoint leeway']);
  }
  return readOneByOne(session, families, scope);
}

async function readOneByOne(session: Session, families: readonly Family[], scope: Scope): Promise<Introspection> {
  const rows: Row[] = [];
  const failures: { family: Family; error: SqlError }[] = [];
  for (const family of families) {
    try {
      const [, result] = await session.batch(['savepoint leeway', family.sql(scope)]);
      rows.push(...shapeRows(family, result ?? [], scope));
    } catch (error) {
      if (!(error instanceof SqlError)) throw error;
      failures.push({ family, error });
      await session.batch(['rollback to savepoint leeway']);
    }
  }
  return { rows, failures };
}

function shapeRows(family: Family, raw: readonly RawRow[], scope: Scope): readonly Row[] {
  const rows = raw.map(parseRow);
  const { shape } = family;
  return shape ? rows.flatMap((row) => shape(row, scope)) : rows;
}

/** Our own statements return these columns; anything else is not PostgreSQL on the other side. */
export function parseRow({ kind, key, attributes }: RawRow): Row {
  if (typeof kind !== 'string' || typeof key !== 'string' || !isJsonObject(attributes as Json)) {
    throw new SqlError('the catalogs answered with something else than was asked for', '08P01');
  }
  return { kind, key, attributes: attributes as Row['attributes'] };
}

/** The tables migration tools keep their history in belong to the tool: their content is told, their make-up is not. */
function withoutHistoryTables(rows: readonly Row[]): readonly Row[] {
  const tables = historyTables(rows);
  if (tables.size === 0) return rows;
  return rows.filter(({ key, attributes: { table, ownedBy, object } }) => {
    if (tables.has(key) || tables.has(String(table))) return false;
    const parts = [ownedBy, object].map((name) => String(name));
    return !parts.some((name) => tables.has(name) || tables.has(name.slice(0, name.lastIndexOf('.'))));
  });
}
