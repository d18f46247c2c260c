import { useSyncExternalStore } from 'react';

let now = Date.now();
let held = false;
let listeners: readonly (() => void)[] = [];
let timer: ReturnType<typeof setInterval> | undefined;

function follow(listener: () => void): () => void {
  listeners = [...listeners, listener];
  timer ??= setInterval(() => {
    if (!held) now = Date.now();
    for (const each of listeners) each();
  }, 30_000);
  return () => {
    listeners = listeners.filter((other) => other !== listener);
    if (listeners.length > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** Milliseconds of now, moving every half minute, the same for everything on the page. */
export function useNow(): number {
  return useSyncExternalStore(follow, () => now);
}

/** Holds the clock at the time an estate is told for, as the example's is; undefined lets it run. */
export function holdNow(at: string | undefined): void {
  const time = at === undefined ? Number.NaN : Date.parse(at);
  held = !Number.isNaN(time);
  now = held ? time : Date.now();
  for (const each of listeners) each();
}
