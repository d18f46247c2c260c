import type { SqlTableSettings } from './settings.ts';

export type SqlRow = Readonly<Record<string, unknown>>;
export type SqlValue = string | number | boolean | null;

/** A query with its values. */
export interface Query {
  readonly text: string;
  readonly values: readonly SqlValue[];
}

/** A connection that reads and cannot write, where the system has a means to say so. */
export interface TableSession {
  /** Rows in batches, so that no table stands in memory whole. Throws what the driver throws. */
  rows(query: Query): AsyncIterable<readonly SqlRow[]>;
  /** Ends the connection without waiting for the server's word. */
  close(): Promise<void>;
}

/** Everything needed to connect. */
export interface Target extends Pick<SqlTableSettings, 'host' | 'database' | 'user' | 'tls' | 'statementSeconds'> {
  readonly port: number;
  readonly password: string;
  readonly ca: string | undefined;
}

/** Connects; ends what it began as soon as the signal fires. */
export type OpenSession = (target: Target, signal: AbortSignal) => Promise<TableSession>;

/** Rows of one batch. */
export const batchSize = 1000;
