import type { PostgresPool } from 'kysely';
import { StatementClient } from '../sql/statement-client.ts';
import { DatabaseThread, type ThreadOptions } from './database-thread.ts';

/**
 * The embedded database as the pool of one connection that Kysely's PostgreSQL dialect wants. A thread that died is
 * started again with the next connection, so that one stopped statement does not end the store.
 */
export class ThreadPool implements PostgresPool {
  readonly options = {};
  readonly #threadOptions: ThreadOptions;
  #thread: DatabaseThread;
  /** Settles when the last one in the queue gives the connection back. */
  #queue: Promise<void> = Promise.resolve();

  private constructor(threadOptions: ThreadOptions, thread: DatabaseThread) {
    this.#threadOptions = threadOptions;
    this.#thread = thread;
  }

  static async open(options: ThreadOptions): Promise<ThreadPool> {
    return new ThreadPool(options, await DatabaseThread.open(options));
  }

  async connect(): Promise<StatementClient> {
    const before = this.#queue;
    const held = Promise.withResolvers<void>();
    this.#queue = held.promise;
    await before;
    try {
      const thread = this.#thread.isAlive ? this.#thread : await DatabaseThread.open(this.#threadOptions);
      this.#thread = thread;
      return new StatementClient(
        (sql, parameters) => thread.run(sql, parameters),
        () => held.resolve(),
      );
    } catch (error) {
      held.resolve();
      throw error;
    }
  }

  async end(): Promise<void> {
    await this.#queue;
    await this.#thread.close();
  }
}
