import type { Problem } from '@leeway/core';
import type { JobRecord, NewJob } from '@leeway/store';

/** A job as the queue hands it to a worker. It may be handed out twice: whoever claims it first has it. */
export interface QueuedJob {
  readonly estate: string;
  readonly id: string;
}

/** What the queue does with a job that was handed out: an error has it handed out again later, with growing pauses. */
export type RunQueued = (job: QueuedJob, signal: AbortSignal) => Promise<void>;

/** A job is tried this often; then it is dead until somebody runs it again. */
export const attemptLimit = 4;

/** How patient the queue is; tests are in a hurry. */
export interface QueueTiming {
  /** A worker that does not renew its claim for so long has lost it. */
  readonly claimSeconds: number;
  /** A worker that gives the queue no sign of life for so long is taken for dead; 10 at least. */
  readonly heartbeatSeconds: number;
  /** How often dead workers are looked for. */
  readonly superviseSeconds: number;
  /** Pause before the second attempt; doubles with each. */
  readonly retrySeconds: number;
  /** Longest run of one attempt. */
  readonly deadlineSeconds: number;
  /** How often a worker looks for jobs where it is not told of them. */
  readonly pollSeconds: number;
}

export const defaultTiming: QueueTiming = {
  claimSeconds: 20,
  heartbeatSeconds: 20,
  superviseSeconds: 5,
  retrySeconds: 5,
  deadlineSeconds: 3600,
  pollSeconds: 1,
};

/** Jobs of one estate. Everything but the queue itself talks to this. */
export interface JobQueue {
  /** Makes a job, unless one like it waits already: then that one is given. Acknowledged means it will run. */
  add(job: Omit<NewJob, 'at'>): Promise<JobRecord>;
  /** Undefined where the job is in a state in which it can not be. */
  cancel(id: string): Promise<JobRecord | undefined>;
  replay(id: string): Promise<JobRecord | undefined>;
  /** Hands the job out anew, after a pause; within the transaction of `run` where one is given. */
  postpone(job: QueuedJob, seconds: number, run?: RunStatement): Promise<void>;
  /** Begins to hand out jobs, `concurrency` at a time, and dead ones to `bury`. */
  work(concurrency: number, run: RunQueued, bury: (job: QueuedJob, problem: Problem) => Promise<void>): Promise<void>;
  /** Stops handing out. */
  close(): Promise<void>;
}

export type RunStatement = (text: string, values?: readonly unknown[]) => Promise<{ rows: unknown[] }>;
