import { Worker } from 'node:worker_threads';
import { workerLocation } from './location.ts';
import { type RawRow, type Session, SqlError } from './session.ts';

/** An in-process PostgreSQL of its own, empty at first. */
export interface Engine extends Session {
  /** Runs one statement; rejects with {@link SqlError}, or with {@link OverdueError} after `milliseconds`. */
  run(sql: string, milliseconds: number): Promise<void>;
  /** Ends it at once, whatever it is doing; what it still owes rejects with `reason`. */
  stop(reason?: unknown): Promise<void>;
  readonly isStopped: () => boolean;
  /** Whether it keeps the process alive. */
  hold(isBusy: boolean): void;
}

/** A statement ran past its limit; the engine has been stopped. */
export class OverdueError extends Error {}

interface Answer {
  readonly id: number;
  readonly rows?: readonly (readonly RawRow[])[];
  readonly error?: { readonly code: string; readonly message: string; readonly position?: string };
}

interface Waiting {
  resolve(rows: readonly (readonly RawRow[])[]): void;
  reject(error: unknown): void;
}

const startLimit = 120_000;
const introspectionLimit = 120_000;
/** The number of the worker's first message: it is up. */
const ready = 0;

/** Starts an engine with the bundled extensions named, in a worker: that alone can stop a runaway statement. */
export function startEngine(extensions: readonly string[]): { readonly engine: Engine; readonly up: Promise<unknown> } {
  // The thread needs nothing of the environment. Its output is not ours to show, and it writes none: reading a worker's
  // streams would keep the process alive as long as the worker, whatever unref() says.
  const worker = new Worker(workerLocation(), {
    workerData: { extensions },
    env: {},
    execArgv: [],
    stdout: true,
    stderr: true,
  });
  const waiting = new Map<number, Waiting>();
  let stopped: unknown;
  const stop = async (reason: unknown = new Error('the in-process database was stopped')) => {
    stopped ??= reason;
    for (const { reject } of waiting.values()) reject(stopped);
    waiting.clear();
    await worker.terminate();
  };
  worker.on('error', (error) => void stop(error));
  worker.on('message', (answer: Answer) => settle(waiting, answer));

  const answerTo = (id: number, milliseconds: number) => {
    const { promise, resolve, reject } = Promise.withResolvers<readonly (readonly RawRow[])[]>();
    waiting.set(id, { resolve, reject });
    return within(promise, milliseconds, () => void stop(new OverdueError()));
  };
  let last = ready;
  const ask = (sql: string, milliseconds: number) => {
    if (stopped !== undefined) return Promise.reject(stopped);
    last += 1;
    worker.postMessage({ id: last, sql });
    return answerTo(last, milliseconds);
  };
  const engine: Engine = {
    run: async (sql, milliseconds) => void (await ask(sql, milliseconds)),
    batch: (statements) => ask(statements.join(';\n'), introspectionLimit),
    stop,
    isStopped: () => stopped !== undefined,
    hold: (isBusy) => (isBusy ? worker.ref() : worker.unref()),
  };
  return { engine, up: answerTo(ready, startLimit) };
}

function settle(waiting: Map<number, Waiting>, { id, rows, error }: Answer): void {
  const waiter = waiting.get(id);
  waiting.delete(id);
  const position = error?.position === undefined ? undefined : Number(error.position) - 1;
  if (error) waiter?.reject(new SqlError(error.message, error.code, position));
  else waiter?.resolve(rows ?? []);
}

async function within<T>(promise: Promise<T>, milliseconds: number, giveUp: () => void): Promise<T> {
  const timer = setTimeout(giveUp, milliseconds);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
  }
}
