import type { Clock } from './clock.ts';

/** Lets through so many requests a second; waiters queue in order. */
export interface Limiter {
  take(signal?: AbortSignal): Promise<void>;
  /** Nobody is let through before this instant (epoch milliseconds): the system asked for a pause. */
  pauseUntil(instant: number): void;
  /** The same for so many milliseconds from now. */
  pauseFor(milliseconds: number): void;
}

/** Limiters by host and account, shared by every source that talks to the same one. */
export interface Limiters {
  get(key: string, rate: number | undefined): Limiter;
}

/**
 * A token bucket of `rate` tokens a second that holds at most one second's worth. Each caller books its own instant
 * when it arrives, so that waiting needs no queue and no timer of its own.
 */
export function createLimiter(rate: number | undefined, clock: Clock): Limiter {
  const interval = rate ? 1000 / rate : 0;
  const burst = Math.max(1, rate ?? 1);
  // Full at the start: booked so far back that a whole burst fits before now.
  let booked = clock.now() - interval * (burst - 1);
  let notBefore = 0;
  return {
    async take(signal) {
      const now = clock.now();
      booked = Math.max(booked, now - interval * (burst - 1));
      const at = Math.max(booked, notBefore);
      booked += interval;
      if (at > now) await clock.sleep(at - now, signal);
      signal?.throwIfAborted();
    },
    pauseUntil(instant) {
      notBefore = Math.max(notBefore, instant);
    },
    pauseFor(milliseconds) {
      notBefore = Math.max(notBefore, clock.now() + milliseconds);
    },
  };
}

export function createLimiters(clock: Clock): Limiters {
  const limiters = new Map<string, Limiter>();
  return {
    get(key, rate) {
      const name = `${key} ${rate ?? ''}`;
      const known = limiters.get(name) ?? createLimiter(rate, clock);
      limiters.set(name, known);
      return known;
    },
  };
}
