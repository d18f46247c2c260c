import type { JsonObject } from '@leeway/core';
import type { Row } from '../read/session.ts';
import type { Need } from './privileges.ts';

/** What the server is and what of it is looked at. */
export interface Scope {
  readonly flavour: 'MariaDB' | 'MySQL';
  readonly version: string;
  /** The machine's own name, as accounts may be bound to it. */
  readonly hostname: string;
  /** SQL condition on a column with a database's name: the databases to look at. */
  readonly databases: (column: string) => string;
  /** Where a privilege is needed to see all of these databases: their names, or `*` for all there are. */
  readonly places: readonly string[];
}

/** A resource before it has an origin. */
export interface Found {
  readonly kind: string;
  readonly key: string;
  readonly attributes: JsonObject;
}

/** Statements that read whole kinds together. */
export interface Section {
  readonly kinds: readonly string[];
  /** For messages: "the triggers". */
  readonly what: string;
  /** Privileges without which the server would leave something out: of each list one is enough. */
  readonly needs: (scope: Scope) => readonly (readonly Need[])[];
  readonly statements: (scope: Scope) => readonly string[];
  /** Rows of each statement, in order, as resources. */
  readonly shape: (answers: readonly (readonly Row[])[], scope: Scope) => readonly Found[];
}

/** A privilege on every database that is looked at. */
export function onDatabases({ places }: Scope, privilege: string): readonly (readonly Need[])[] {
  return places.map((database) => [{ privilege, database }]);
}

/** `database.name` from a row. */
export function keyOf(row: Row, database: string, name: string): string {
  return `${row[database] ?? ''}.${row[name] ?? ''}`;
}

/** Leaves out what is undefined, null or an empty text. */
export function withoutEmpty(attributes: Readonly<Record<string, JsonObject[string] | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]) =>
      value === undefined || value === null || value === '' ? [] : [[name, value]],
    ),
  );
}

/** Rows by key, in the order they came. */
export function groupRows(rows: readonly Row[], key: (row: Row) => string): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return groups;
}
