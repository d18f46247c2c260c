import type { JsonObject } from '@leeway/core';
import type { Query, SqlRow } from '../../sql-table/session.ts';

/** A resource before it has an origin. */
export interface Found {
  readonly kind: string;
  readonly key: string;
  readonly attributes: JsonObject;
}

/** One query of a database's catalog that gives whole kinds. */
export interface Section {
  readonly kinds: readonly string[];
  /** For messages: "the triggers". */
  readonly what: string;
  /** What a reader needs for it. */
  readonly permission: string;
  readonly query: Query;
  readonly shape: (rows: readonly SqlRow[]) => readonly Found[];
}

/** A value of a row as text; '' for none. */
export function textAt(row: SqlRow, column: string): string {
  const value = row[column];
  return value === null || value === undefined ? '' : String(value);
}

/** Whether a value of a row says yes, as either driver has it: true, 1, Y, YES, ENABLED. */
export function isYes(row: SqlRow, column: string): boolean {
  return /^(?:true|1|y|yes|enabled)$/i.test(textAt(row, column));
}

/** Leaves out what says nothing: undefined, null, '', false, and empty lists and maps. */
export function stated(attributes: Readonly<Record<string, JsonObject[string] | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]) => {
      const isEmpty = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
      return value === undefined || value === null || value === '' || value === false || isEmpty ? [] : [[name, value]];
    }),
  );
}

/** Rows by key, in the order they came. */
export function groupRows(
  rows: readonly SqlRow[],
  key: (row: SqlRow) => string,
): ReadonlyMap<string, readonly SqlRow[]> {
  const groups = new Map<string, SqlRow[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return groups;
}

/** A program without what its writer's editor put around it: ends of lines, spaces behind them and at both ends. */
export function programText(text: string): string {
  return text.replaceAll(/[ \t]*\r?\n/g, '\n').trim();
}
