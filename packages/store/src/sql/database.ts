import { Kysely, PostgresDialect, type PostgresPool, type Transaction } from 'kysely';
import { localSignals } from '../signals/local-signals.ts';
import type { Listen, Signals } from '../signals/signals.ts';
import type { Tables } from './tables.ts';

/**
 * A database with Leeway's tables. Inside a transaction's callback use only the transaction: the embedded database has
 * one connection, and asking `db` for another one there would wait for itself.
 */
export interface Database {
  readonly db: Kysely<Tables>;
  /** The connections `db` takes its own from. */
  readonly pool: PostgresPool;
  /** How people know it; never contains a password. */
  readonly label: string;
  /** True for the embedded one, which nobody else vacuums. */
  readonly embedded: boolean;
  readonly signals: Signals;
  /** Hears what other processes notify; the embedded one is open in one process only. */
  readonly listen?: Listen;
}

export type Db = Kysely<Tables> | Transaction<Tables>;

/** PGlite and PostgreSQL differ only in the pool that carries the statements. */
export function openKysely(pool: PostgresPool): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}

export function embeddedDatabase(pool: PostgresPool, label: string): Database {
  return { db: openKysely(pool), pool, label, embedded: true, signals: localSignals() };
}
