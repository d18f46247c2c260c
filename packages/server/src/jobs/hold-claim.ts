import type { Claim, JobProgress, Received } from '@leeway/store';
import type { WorkerContext } from './worker.ts';

/** Why a job is stopped before its end. */
export class StopReason extends Error {
  readonly why: 'cancelled' | 'lost' | 'stopping';
  constructor(why: StopReason['why']) {
    super(`the job was stopped: ${why}`);
    this.name = 'StopReason';
    this.why = why;
  }
}

export interface Hold {
  /** Aborts when the job is to stop: cancelled, lost, out of time, or the worker ends. */
  readonly signal: AbortSignal;
  /** Keeps the newest progress; it is written at most twice a second. */
  readonly tell: (progress: JobProgress) => void;
  /** Ends renewing. May be called twice. */
  close(): Promise<void>;
}

const tellMilliseconds = 500;
/** Signals of the job that come so soon after progress was written are about that. */
const echoMilliseconds = 1000;

/**
 * Renews a claim while the job runs and writes its progress. A claim that can not be renewed in time is given up: by then
 * another worker may have the job.
 */
export function holdClaim(context: WorkerContext, claim: Claim, seconds: number, outer: AbortSignal): Hold {
  const holder = new Holder(context, claim, seconds, outer);
  holder.start();
  return { signal: holder.signal, tell: (progress) => holder.tell(progress), close: () => holder.close() };
}

class Holder {
  readonly signal: AbortSignal;
  readonly #own = new AbortController();
  readonly #context: WorkerContext;
  readonly #claim: Claim;
  readonly #seconds: number;
  #progress: JobProgress | undefined;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #heldUntil: number;
  #nextRenewal: number;
  #echoUntil = 0;
  #isWriting = false;
  #isClosed = false;
  #subscription: Promise<{ close(): Promise<void> }> | undefined;

  constructor(context: WorkerContext, claim: Claim, seconds: number, outer: AbortSignal) {
    this.#context = context;
    this.#claim = claim;
    this.#seconds = seconds;
    this.signal = AbortSignal.any([outer, this.#own.signal]);
    this.#heldUntil = performance.now() + seconds * 1000;
    this.#nextRenewal = performance.now() + this.#renewal;
  }

  get #renewal(): number {
    return (this.#seconds * 1000) / 4;
  }

  start(): void {
    this.#timer = setInterval(() => this.#tick(), Math.min(tellMilliseconds, this.#renewal));
    // Cancelling is heard at once; without a signal the next renewal tells.
    this.#subscription = this.#context.store.signals.subscribe((received) => this.#hear(received));
    this.#subscription.catch(() => undefined);
  }

  tell(progress: JobProgress): void {
    this.#progress = progress;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#timer);
    const subscription = await this.#subscription?.catch(() => undefined);
    await subscription?.close();
    await this.#writing;
  }

  #hear(received: Received): void {
    const isOwn = performance.now() < this.#echoUntil;
    if (received !== 'missed' && received.id === this.#claim.id && !isOwn) this.#nextRenewal = 0;
  }

  #tick(): void {
    const now = performance.now();
    if (now > this.#heldUntil) {
      this.#own.abort(new StopReason('lost'));
      return;
    }
    if (this.#isWriting || (this.#progress === undefined && now < this.#nextRenewal)) return;
    const progress = this.#progress;
    this.#progress = undefined;
    this.#nextRenewal = now + this.#renewal;
    if (progress) this.#echoUntil = now + echoMilliseconds;
    this.#isWriting = true;
    this.#writing = this.#write(now, progress).finally(() => {
      this.#isWriting = false;
    });
  }

  async #write(asked: number, progress: JobProgress | undefined): Promise<void> {
    if (this.#isClosed) return;
    try {
      const state = await this.#context.store.claims.hold(this.#claim, this.#seconds, progress);
      if (state === 'held') this.#heldUntil = asked + this.#seconds * 1000;
      else this.#own.abort(new StopReason(state));
    } catch (error) {
      // The database is away: what counts is whether it is back before the claim runs out.
      this.#context.log.warn({ err: error, job: this.#claim.id }, 'a claim could not be renewed');
    }
  }
}
