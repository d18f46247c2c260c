import type { PostgresCursor, PostgresPoolClient, PostgresQueryResult } from 'kysely';

/** Runs one statement, or several without parameters. Fails with a coded problem where it is not a bug. */
export type RunStatement = (sql: string, parameters: readonly unknown[]) => Promise<unknown>;

/** A connection as Kysely's PostgreSQL dialect wants it, over whatever carries the statements. */
export class StatementClient implements PostgresPoolClient {
  readonly release: (destroy?: boolean) => void;
  readonly #run: RunStatement;

  constructor(run: RunStatement, release: (destroy?: boolean) => void) {
    this.#run = run;
    this.release = release;
  }

  query<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query(statement: unknown, parameters: readonly unknown[] = []): unknown {
    // Kysely asks for cursors only where its dialect was given a cursor class, and ours is not.
    if (typeof statement !== 'string') throw new Error('The store reads no cursors');
    return this.#run(statement, parameters);
  }
}
