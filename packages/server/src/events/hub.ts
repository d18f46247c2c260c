import { ProblemError, problem } from '@leeway/core';
import type { Received, Signals, Subscription } from '@leeway/store';

/** What a listener waits for: the topics that moved since it looked last, or a sign of life. */
export type Wake = readonly string[] | 'still-here';

/** Hands signals of the store to any number of streams. What a stream has not taken yet is kept as a set: it never grows. */
export interface EventHub {
  /**
   * Topics that moved, as they do, until `signal` aborts or the hub closes. Begins with one wake of its own, so that nothing
   * is missed between asking and listening. `topicOf` gives undefined for what the stream does not care about.
   * Problems: LW8205.
   */
  follow(topicOf: (received: Received) => string | undefined, signal: AbortSignal): AsyncGenerator<Wake>;
  readonly streams: number;
  close(): Promise<void>;
}

/** Streams that are open at the same time, at most. */
const streamLimit = 2000;
/** Proxies cut connections that say nothing for a minute. */
const lifeMilliseconds = 15_000;

export async function openEventHub(
  signals: Signals,
  limits: { readonly life?: number; readonly streams?: number } = {},
) {
  const hub = new Hub(limits.life ?? lifeMilliseconds, limits.streams ?? streamLimit);
  await hub.open(signals);
  return hub as EventHub;
}

class Hub implements EventHub {
  readonly #listeners = new Set<(received: Received) => void>();
  readonly #life: number;
  readonly #limit: number;
  readonly #end = new AbortController();
  #subscription: Subscription | undefined;

  constructor(life: number, limit: number) {
    this.#life = life;
    this.#limit = limit;
  }

  async open(signals: Signals): Promise<void> {
    this.#subscription = await signals.subscribe((received) => {
      for (const listen of this.#listeners) listen(received);
    });
  }

  get streams(): number {
    return this.#listeners.size;
  }

  follow(topicOf: (received: Received) => string | undefined, signal: AbortSignal): AsyncGenerator<Wake> {
    if (this.#listeners.size >= this.#limit) throw new ProblemError(problem('LW8205', { limit: this.#limit }));
    const pending = new Set<string>();
    let wake: () => void = () => undefined;
    const listen = (received: Received) => {
      const topic = topicOf(received);
      if (topic === undefined) return;
      pending.add(topic);
      wake();
    };
    this.#listeners.add(listen);
    const ended = AbortSignal.any([signal, this.#end.signal]);
    ended.addEventListener('abort', () => wake(), { once: true });
    const next = () =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, this.#life);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
        if (pending.size > 0 || ended.aborted) wake();
      });
    return drain(pending, next, ended, () => this.#listeners.delete(listen));
  }

  async close(): Promise<void> {
    this.#end.abort();
    await this.#subscription?.close();
  }
}

async function* drain(
  pending: Set<string>,
  next: () => Promise<void>,
  ended: AbortSignal,
  leave: () => void,
): AsyncGenerator<Wake> {
  try {
    yield [];
    while (!ended.aborted) {
      await next();
      if (ended.aborted) return;
      const topics = [...pending];
      pending.clear();
      yield topics.length > 0 ? topics : 'still-here';
    }
  } finally {
    leave();
  }
}
