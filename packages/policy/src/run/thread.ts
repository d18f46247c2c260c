import { Worker } from 'node:worker_threads';
import { workerLocation } from '../location.ts';
import { type BatchReply, type BatchRequest, progressAt, progressBytes, type WorkerStart } from './protocol.ts';

/** Why a batch did not come back, and what was running: -1 where nothing was (the thread was starting or parsing). */
export interface Strike {
  readonly reason: string;
  readonly item: number;
  readonly rule: number;
}

export type BatchOutcome =
  | { readonly state: 'done'; readonly reply: BatchReply }
  | { readonly state: 'struck'; readonly strike: Strike };

export interface ThreadLimits {
  /** Milliseconds for one evaluation. */
  readonly deadlineMs: number;
  /** Megabytes of JavaScript heap. */
  readonly heapMb: number;
}

/** A thread that has not taken up a batch by then never will: starting takes a tenth of a second. */
const startMilliseconds = 30_000;
const stackMegabytes = 4;

/**
 * The thread policies run in, watched. A deadline holds for one evaluation, not for a batch: as long as evaluations keep
 * beginning, the thread is at work, however many there are and however busy the machine is.
 */
export class PolicyThread {
  readonly #worker: Worker;
  readonly #progress: Int32Array;
  readonly #deadline: number;
  #ended: string | undefined;

  constructor(start: Omit<WorkerStart, 'progress'>, limits: ThreadLimits) {
    const progress = new SharedArrayBuffer(progressBytes);
    this.#progress = new Int32Array(progress);
    this.#deadline = limits.deadlineMs;
    this.#worker = new Worker(workerLocation(), {
      workerData: { ...start, progress } satisfies WorkerStart,
      // Policies are others' code: they see no environment variables and do not write on our output.
      env: {},
      execArgv: [],
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: limits.heapMb, stackSizeMb: stackMegabytes },
    });
    this.#worker.stdout.resume();
    this.#worker.stderr.resume();
    this.#worker.unref();
    this.#worker.on('error', (error: Error & { code?: string }) => {
      this.#ended = error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'it ran out of memory' : `it failed: ${error.message}`;
    });
  }

  /** Runs one batch. On a strike the thread is of no more use: {@link stop} it and start another. */
  run(request: BatchRequest): Promise<BatchOutcome> {
    return new Promise((resolve) => {
      const watch = new ProgressWatch(this.#progress, request.batch, this.#deadline);
      const finish = (outcome: BatchOutcome): void => {
        clearInterval(timer);
        this.#worker.off('message', onReply);
        this.#worker.off('exit', onExit);
        resolve(outcome);
      };
      const strike = (reason: string): void => finish({ state: 'struck', strike: { reason, ...watch.running() } });
      const onReply = (reply: BatchReply): void => finish({ state: 'done', reply });
      const onExit = (): void => strike(this.#ended ?? 'its thread ended');
      const timer = setInterval(() => {
        const reason = watch.overdue();
        if (reason) strike(reason);
      }, watch.interval);
      this.#worker.on('message', onReply);
      this.#worker.on('exit', onExit);
      this.#worker.postMessage(request);
    });
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }
}

/** Looks at the shared counters: has the evaluation that runs been running for too long? */
class ProgressWatch {
  readonly interval: number;
  readonly #progress: Int32Array;
  readonly #batch: number;
  readonly #deadline: number;
  #seen: string | undefined;
  #since = performance.now();

  constructor(progress: Int32Array, batch: number, deadline: number) {
    this.#progress = progress;
    this.#batch = batch;
    this.#deadline = deadline;
    this.interval = Math.max(5, Math.min(250, deadline / 4));
  }

  overdue(): string | undefined {
    const isUnderWay = Atomics.load(this.#progress, progressAt.batch) === this.#batch;
    const now = performance.now();
    const state = `${isUnderWay}:${Atomics.load(this.#progress, progressAt.sequence)}`;
    if (state !== this.#seen) {
      this.#seen = state;
      this.#since = now;
      return undefined;
    }
    const limit = isUnderWay ? this.#deadline : Math.max(startMilliseconds, this.#deadline);
    if (now - this.#since < limit) return undefined;
    return isUnderWay ? `it ran past its budget of ${this.#deadline} ms` : 'its thread does not answer';
  }

  running(): { readonly item: number; readonly rule: number } {
    const isUnderWay = Atomics.load(this.#progress, progressAt.batch) === this.#batch;
    const item = isUnderWay ? (this.#progress[progressAt.item] ?? -1) : -1;
    return { item, rule: item < 0 ? -1 : (this.#progress[progressAt.rule] ?? -1) };
  }
}
