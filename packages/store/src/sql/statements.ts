import { CompiledQuery } from 'kysely';
import type { Listen } from '../signals/signals.ts';
import type { Database, Db } from './database.ts';

/** Runs one statement with parameters, or several without; rows of all of them. */
export type RunSql = (text: string, values?: readonly unknown[]) => Promise<{ rows: unknown[] }>;

/** The database for a library that brings statements of its own. */
export interface Statements {
  readonly run: RunSql;
  /** Absent in the embedded store. */
  readonly listen?: Listen;
}

/** Statements in a transaction that is under way. */
export function runWithin(trx: Db): RunSql {
  return async (text, values = []) => trx.executeQuery(CompiledQuery.raw(text, [...values]));
}

/** Statements over the store's connections. */
export function statementsOf({ db, listen }: Database): Statements {
  return {
    run: (text, values = []) =>
      db.connection().execute(async (connection) => {
        try {
          return await connection.executeQuery(CompiledQuery.raw(text, [...values]));
        } catch (error) {
          // Several statements may have begun a transaction: the connection must not go back with it open.
          if (values.length === 0) await connection.executeQuery(CompiledQuery.raw('ROLLBACK')).catch(() => undefined);
          throw error;
        }
      }),
    ...(listen && { listen }),
  };
}
