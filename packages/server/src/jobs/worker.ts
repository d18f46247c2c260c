import { hostname } from 'node:os';
import { type Problem, ProblemError, problem } from '@leeway/core';
import { type Claim, type Ending, type JobProgress, type JobRecord, LostClaimError } from '@leeway/store';
import type { ServerContext } from '../context.ts';
import { holdClaim, StopReason } from './hold-claim.ts';
import { attemptLimit, defaultTiming, type JobQueue, type QueuedJob, type QueueTiming } from './queue.ts';
import { runScan, scopeOf } from './scan-job.ts';

export type WorkerContext = Pick<ServerContext, 'estate' | 'store' | 'now' | 'log' | 'watch'>;

export interface WorkerOptions {
  /** Jobs at a time. */
  readonly concurrency: number;
  readonly timing?: Partial<QueueTiming>;
}

/** Runs jobs until it is closed. */
export interface JobWorker {
  readonly name: string;
  /** Jobs it runs now. */
  readonly running: number;
  /** Puts jobs under way back at once, for another worker, and stops. */
  close(): Promise<void>;
}

/** Begins to run jobs. */
export async function startWorker(context: WorkerContext, queue: JobQueue, options: WorkerOptions): Promise<JobWorker> {
  const worker = new Worker(context, queue, { ...defaultTiming, ...options.timing });
  await queue.work(
    options.concurrency,
    (job, signal) => worker.run(job, signal),
    (job, found) => worker.bury(job, found),
  );
  return worker;
}

/** Something else reads what this job is to read: it looks again after so long. */
const busySeconds = 1;

class Worker implements JobWorker {
  readonly name = `${hostname()}:${process.pid}`;
  readonly #context: WorkerContext;
  readonly #queue: JobQueue;
  readonly #timing: QueueTiming;
  readonly #stop = new AbortController();
  readonly #underWay = new Set<Promise<void>>();

  constructor(context: WorkerContext, queue: JobQueue, timing: QueueTiming) {
    this.#context = context;
    this.#queue = queue;
    this.#timing = timing;
  }

  get running(): number {
    return this.#underWay.size;
  }

  async close(): Promise<void> {
    this.#stop.abort(new StopReason('stopping'));
    await Promise.allSettled([...this.#underWay]);
  }

  /** Resolves when the queue is done with the job; rejects where it is to hand it out again later. */
  async run(job: QueuedJob, deadline: AbortSignal): Promise<void> {
    const run = this.#run(job, deadline);
    this.#underWay.add(run);
    try {
      await run;
    } finally {
      this.#underWay.delete(run);
    }
  }

  async bury({ estate, id }: QueuedJob, found: Problem): Promise<void> {
    await this.#context.store.jobs.bury(estate, id, found, this.#at());
  }

  async #run(queued: QueuedJob, deadline: AbortSignal): Promise<void> {
    const { store, estate, watch } = this.#context;
    const job = await store.jobs.get(queued.estate, queued.id);
    if (!job) return;
    if (this.#stop.signal.aborted) return this.#queue.postpone(queued, 0);
    await watch.look();
    const scope = scopeOf(estate.current().estate, job);
    const claiming = await store.claims.claim(queued.estate, queued.id, {
      worker: this.name,
      cells: scope.ok ? scope.cells : [],
      seconds: this.#timing.claimSeconds,
      at: this.#at(),
    });
    if (claiming.state === 'gone') return;
    if (claiming.state === 'busy') return this.#queue.postpone(queued, busySeconds);
    const { claim } = claiming;
    const [refused] = scope.ok ? [] : scope.problems;
    if (refused) return this.#end(claim, { state: 'failed', problem: refused });
    if (claim.attempt > attemptLimit) {
      return this.#end(claim, { state: 'dead', problem: problem('LW8202', { attempts: attemptLimit }) });
    }
    await this.#attempt(claiming.job, claim, queued, deadline);
  }

  async #attempt(job: JobRecord, claim: Claim, queued: QueuedJob, deadline: AbortSignal): Promise<void> {
    const { claimSeconds } = this.#timing;
    const hold = holdClaim(this.#context, claim, claimSeconds, AbortSignal.any([deadline, this.#stop.signal]));
    try {
      await this.#perform(job, claim, hold.signal, hold.tell);
    } catch (error) {
      await hold.close();
      await this.#fail(error, claim, queued, hold.signal);
    } finally {
      await hold.close();
    }
  }

  async #perform(
    job: JobRecord,
    claim: Claim,
    signal: AbortSignal,
    tell: (progress: JobProgress) => void,
  ): Promise<void> {
    if (job.kind === 'scan') return runScan(job, claim, this.#context, { signal, tell });
    throw new Error(`There are no jobs of kind ${job.kind}`);
  }

  /** What a failed attempt leads to. */
  async #fail(error: unknown, claim: Claim, queued: QueuedJob, signal: AbortSignal): Promise<void> {
    const reason = signal.aborted && signal.reason instanceof StopReason ? signal.reason.why : undefined;
    // Whoever lost it ends nothing; thrown, so that the queue hands it out again where nobody else has it.
    if (reason === 'lost' || error instanceof LostClaimError) throw error;
    if (reason === 'cancelled') return this.#end(claim, { state: 'cancelled' });
    if (reason === 'stopping') {
      await this.#end(claim, { state: 'waiting', countsNot: true }, queued);
      return;
    }
    const found = this.#explain(error, signal);
    this.#context.log.warn({ err: error, job: claim.id, attempt: claim.attempt, code: found.code }, 'a job failed');
    if (claim.attempt >= attemptLimit) return this.#end(claim, { state: 'dead', problem: found });
    await this.#end(claim, { state: 'waiting', problem: found });
    throw error;
  }

  #explain(error: unknown, signal: AbortSignal): Problem {
    if (error instanceof ProblemError) return error.problem;
    if (signal.aborted) return problem('LW8203', { minutes: Math.ceil(this.#timing.deadlineSeconds / 60) });
    const reason = error instanceof Error ? error.name : 'unknown error';
    return problem('LW8204', { reason, worker: this.name });
  }

  async #end(claim: Claim, ending: Ending, again?: QueuedJob): Promise<void> {
    const also =
      again && ((_job: JobRecord, run: Parameters<JobQueue['postpone']>[2]) => this.#queue.postpone(again, 0, run));
    await this.#context.store.claims.end(claim, ending, this.#at(), also);
  }

  #at(): string {
    return this.#context.now().toISOString();
  }
}
