/** Work that several callers may wait for: it goes on while one of them does, and is done once. */
export interface SharedWork<T> {
  /** Starts the work or joins it. Rejects when `signal` aborts; the work ends when nobody waits for it any more. */
  run(key: string, signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

interface Running<T> {
  readonly result: Promise<T>;
  readonly stop: AbortController;
  waiting: number;
}

/** At most `limit` works run at a time; others wait their turn. */
export function createSharedWork<T>(limit: number): SharedWork<T> {
  const running = new Map<string, Running<T>>();
  const turns = createTurns(limit);
  const start = (key: string, work: (signal: AbortSignal) => Promise<T>): Running<T> => {
    const stop = new AbortController();
    const result = turns(stop.signal, () => work(stop.signal)).finally(() => {
      if (running.get(key)?.stop === stop) running.delete(key);
    });
    // Whoever waits is told; nobody may be left when it fails.
    result.catch(() => undefined);
    const started = { result, stop, waiting: 0 };
    running.set(key, started);
    return started;
  };
  return {
    async run(key, signal, work) {
      signal.throwIfAborted();
      const joined = running.get(key) ?? start(key, work);
      joined.waiting++;
      const { promise, reject } = Promise.withResolvers<never>();
      const leave = () => reject(signal.reason);
      signal.addEventListener('abort', leave, { once: true });
      try {
        return await Promise.race([joined.result, promise]);
      } finally {
        signal.removeEventListener('abort', leave);
        joined.waiting--;
        if (joined.waiting === 0) {
          if (running.get(key) === joined) running.delete(key);
          joined.stop.abort(new Error('Nobody waits for it any more'));
        }
      }
    },
  };
}

function createTurns(limit: number) {
  let free = limit;
  const queue: (() => void)[] = [];
  return async <T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => queue.push(resolve));
    try {
      signal.throwIfAborted();
      return await work();
    } finally {
      const next = queue.shift();
      if (next) next();
      else free++;
    }
  };
}
