/** What the thread is started with. */
export interface WorkerStart {
  /** Data folder; made by initdb where it is empty. */
  readonly folder: string;
}

export interface StatementRequest {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** One statement at a time; `close` is the last request. */
export type WorkerRequest = StatementRequest | { readonly close: true };

export interface StatementResult {
  readonly command: string;
  readonly rowCount: number;
  readonly rows: readonly unknown[];
}

export interface StatementFailure {
  readonly message: string;
  /** SQLSTATE, where the server gave one. */
  readonly code?: string;
}

/** `stopped` is the last one: the database is gone, and what waited for an answer was not acknowledged. */
export type WorkerReply =
  | { readonly state: 'ready' }
  | { readonly state: 'done'; readonly result: StatementResult }
  | { readonly state: 'failed'; readonly failure: StatementFailure }
  | { readonly state: 'closed' }
  | { readonly state: 'stopped'; readonly reason: string };
