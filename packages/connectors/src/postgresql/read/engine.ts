import { Worker } from 'node:worker_threads';
import { type RawRow, type Session, SqlError } from './session.ts';

/** An in-process PostgreSQL of its own, empty at first. */
export interface Engine extends Session {
  /** Runs one statement; rejects with {@link SqlError}, or with {@link OverdueError} after `milliseconds`. */
  run(sql: string, milliseconds: number): Promise<void>;
  stop(): Promise<void>;
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

/** Starts an engine with the bundled extensions named. Rejects with the signal's reason when it fires; it then ends too. */
export async function startEngine(extensions: readonly string[], signal: AbortSignal): Promise<Engine> {
  signal.throwIfAborted();
  const worker = new Worker(new URL('./pglite-worker.ts', import.meta.url), {
    workerData: { extensions },
    stderr: true,
    stdout: true,
  });
  const waiting = new Map<number, Waiting>();
  let stopped: unknown;
  const stop = async (reason: unknown = new Error('the in-process database was stopped')) => {
    stopped ??= reason;
    signal.removeEventListener('abort', onAbort);
    for (const { reject } of waiting.values()) reject(stopped);
    waiting.clear();
    await worker.terminate();
  };
  const onAbort = () => void stop(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  worker.on('error', (error) => void stop(error));
  worker.on('message', (answer: Answer) => settle(waiting, answer));

  let last = 0;
  const ask = (sql: string | undefined, milliseconds: number) => {
    if (stopped !== undefined) return Promise.reject(stopped);
    const id = sql === undefined ? 0 : ++last;
    const { promise, resolve, reject } = Promise.withResolvers<readonly (readonly RawRow[])[]>();
    waiting.set(id, { resolve, reject });
    if (sql !== undefined) worker.postMessage({ id, sql });
    return within(promise, milliseconds, () => void stop(new OverdueError()));
  };
  await ask(undefined, startLimit);
  return {
    run: async (sql, milliseconds) => void (await ask(sql, milliseconds)),
    batch: (statements) => ask(statements.join(';\n'), introspectionLimit),
    stop: () => stop(),
  };
}

function settle(waiting: Map<number, Waiting>, { id, rows, error }: Answer): void {
  const waiter = waiting.get(id);
  waiting.delete(id);
  if (!error) waiter?.resolve(rows ?? []);
  else
    waiter?.reject(
      new SqlError(error.message, error.code, error.position === undefined ? undefined : Number(error.position) - 1),
    );
}

async function within<T>(promise: Promise<T>, milliseconds: number, giveUp: () => void): Promise<T> {
  const timer = setTimeout(giveUp, milliseconds);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
  }
}
