import { Kysely, PostgresDialect, type PostgresPool, type Transaction } from 'kysely';
import type { Tables } from './tables.ts';

/**
 * A database with Leeway's tables. Inside a transaction's callback use only the transaction: the embedded database has
 * one connection, and asking `db` for another one there would wait for itself.
 */
export interface Database {
  readonly db: Kysely<Tables>;
  /** How people know it; never contains a password. */
  readonly label: string;
  /** True for the embedded one, which nobody else vacuums. */
  readonly embedded: boolean;
}

export type Db = Kysely<Tables> | Transaction<Tables>;

/** PGlite and PostgreSQL differ only in the pool that carries the statements. */
export function openDatabase(pool: PostgresPool, label: string, embedded: boolean): Database {
  return { db: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }), label, embedded };
}
