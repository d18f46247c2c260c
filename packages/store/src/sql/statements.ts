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

/** Statements over the store's connections. Kysely would keep only the last result of several statements. */
export function statementsOf({ pool, listen }: Database): Statements {
  return {
    async run(text, values = []) {
      const client = await pool.connect();
      try {
        const { rows } = await client.query<unknown>(text, values);
        return { rows };
      } catch (error) {
        // Several statements may have begun a transaction: the connection must not go back with it open.
        if (values.length === 0) await client.query('ROLLBACK', []).catch(() => undefined);
        throw error;
      } finally {
        client.release();
      }
    },
    ...(listen && { listen }),
  };
}
