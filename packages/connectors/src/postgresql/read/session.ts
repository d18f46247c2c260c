/** A row as a driver gives it, `json` columns parsed. */
export type RawRow = Readonly<Record<string, unknown>>;

/** What introspection needs of a database connection: both a live server and the in-process one have it. */
export interface Session {
  /** Runs several statements in one round trip; the rows of each. Throws {@link SqlError} for the first that fails. */
  batch(statements: readonly string[]): Promise<readonly (readonly RawRow[])[]>;
}

/** A statement the database refused. */
export class SqlError extends Error {
  /** SQLSTATE. */
  readonly code: string;
  /** Offset in the statement, from 0, where the database names one. */
  readonly position: number | undefined;
  constructor(message: string, code: string, position?: number) {
    super(message);
    this.name = 'SqlError';
    this.code = code;
    this.position = position;
  }
}
