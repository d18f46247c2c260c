import { Worker } from 'node:worker_threads';
import { type Problem, ProblemError, problem } from '@leeway/core';
import { workerLocation } from '../location.ts';
import { throwClassified } from '../sql/classify.ts';
import type { StatementResult, WorkerReply, WorkerRequest, WorkerStart } from './protocol.ts';

export interface ThreadOptions {
  /** Data folder of the database. */
  readonly folder: string;
  /** How people know the store. */
  readonly label: string;
  /** A statement that runs longer is stopped, together with the thread. */
  readonly statementSeconds: number;
}

/** Opening may have to run initdb and to replay a log on a busy machine. */
const openSeconds = 120;

/**
 * PGlite in a thread of its own: a statement blocks the thread it runs on, and ending the thread is the only way to stop
 * one. Ending it is as safe as killing the process: the log replays.
 */
export class DatabaseThread {
  readonly #worker: Worker;
  readonly #options: ThreadOptions;
  #waiting: { resolve: (reply: WorkerReply) => void; reject: (error: Error) => void } | undefined;
  #ended: Problem | undefined;

  private constructor(options: ThreadOptions) {
    this.#options = options;
    const workerData: WorkerStart = { folder: options.folder };
    // The thread needs nothing of the environment, and PGlite's own words do not belong on our output.
    this.#worker = new Worker(workerLocation(), { workerData, env: {}, execArgv: [], stdout: true, stderr: true });
    this.#worker.stdout.resume();
    this.#worker.stderr.resume();
    this.#worker.on('message', (reply: WorkerReply) => this.#receive(reply));
    this.#worker.on('error', (error) => this.#end(this.#explainStop(error.message)));
    this.#worker.on('exit', () => this.#end(this.#explainStop('its thread ended')));
    this.#worker.unref();
  }

  /** Starts the thread and opens the database; throws a {@link ProblemError} where it cannot be opened. */
  static async open(options: ThreadOptions): Promise<DatabaseThread> {
    const thread = new DatabaseThread(options);
    await thread.#await(openSeconds);
    return thread;
  }

  /** False once it was closed, stopped or has died. */
  get isAlive(): boolean {
    return this.#ended === undefined;
  }

  /** Runs one statement (or several without parameters). One at a time: the caller holds the connection. */
  async run(sql: string, parameters: readonly unknown[]): Promise<StatementResult> {
    const { label, statementSeconds } = this.#options;
    const reply = await this.#ask({ sql, parameters }, statementSeconds);
    if (reply.state === 'done') return reply.result;
    const failure = reply.state === 'failed' ? reply.failure : { message: `unexpected reply ${reply.state}` };
    return throwClassified(Object.assign(new Error(failure.message), failure), label, statementSeconds);
  }

  /** Shuts the database down cleanly and ends the thread. */
  async close(): Promise<void> {
    if (!this.isAlive) return;
    await this.#ask({ close: true }, openSeconds);
    await this.#worker.terminate();
  }

  #ask(request: WorkerRequest, seconds: number): Promise<WorkerReply> {
    if (this.#ended) throw new ProblemError(this.#ended);
    this.#worker.postMessage(request);
    return this.#await(seconds);
  }

  /** The next reply. While one is awaited the thread keeps the process alive; idle it does not. */
  async #await(seconds: number): Promise<WorkerReply> {
    this.#worker.ref();
    const late = problem('LW6011', { store: this.#options.label, seconds });
    const timer = setTimeout(() => this.#end(late), seconds * 1000);
    try {
      return await new Promise<WorkerReply>((resolve, reject) => {
        this.#waiting = { resolve, reject };
      });
    } finally {
      clearTimeout(timer);
      this.#worker.unref();
    }
  }

  #receive(reply: WorkerReply): void {
    if (reply.state === 'stopped') this.#end(this.#explainStop(reply.reason));
    else this.#waiting?.resolve(reply);
    this.#waiting = undefined;
  }

  /** The first reason counts: what follows are its consequences. */
  #end(reason: Problem): void {
    if (this.#ended) return;
    this.#ended = reason;
    this.#waiting?.reject(new ProblemError(reason));
    this.#waiting = undefined;
    void this.#worker.terminate();
  }

  #explainStop(reason: string): Problem {
    const store = this.#options.label;
    if (/No space left on device|ENOSPC|[Dd]isk quota exceeded/.test(reason)) return problem('LW6003', { store });
    if (/Read-only file system|EROFS|Permission denied|EACCES|Operation not permitted|EPERM/.test(reason))
      return problem('LW6006', { store, reason });
    return problem('LW6005', { store, reason });
  }
}
