import type { Clock } from '../context/clock.ts';

/** A clock that stands still until told otherwise. */
export interface ManualClock extends Clock {
  /** Moves time forward and runs what falls due, in order. */
  advance(milliseconds: number): void;
}

/**
 * A clock for tests: `sleep` moves it forward and returns at once, `advance` moves it by hand. Starts at
 * 2026-11-23T08:00:00Z unless told otherwise.
 */
export function manualClock(start = Date.UTC(2026, 10, 23, 8)): ManualClock {
  let time = start;
  const due: { at: number; run: () => void }[] = [];
  const moveTo = (target: number) => {
    for (;;) {
      due.sort((a, b) => a.at - b.at);
      const next = due[0];
      if (!next || next.at > target) break;
      due.shift();
      time = Math.max(time, next.at);
      next.run();
    }
    time = Math.max(time, target);
  };
  return {
    now: () => time,
    advance: (milliseconds) => moveTo(time + milliseconds),
    async sleep(milliseconds, signal) {
      signal?.throwIfAborted();
      moveTo(time + milliseconds);
      signal?.throwIfAborted();
    },
    after(milliseconds, run) {
      const entry = { at: time + milliseconds, run };
      due.push(entry);
      return () => {
        const index = due.indexOf(entry);
        if (index >= 0) due.splice(index, 1);
      };
    },
  };
}
