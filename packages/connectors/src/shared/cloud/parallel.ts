/**
 * Works on the items of a stream, at most `limit` at a time; results come in the order of the items, and no more items
 * are asked for than are worked on, so that nothing piles up.
 */
export async function* mapParallel<T, R>(
  items: AsyncIterable<T>,
  limit: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const running: Promise<R>[] = [];
  for await (const item of items) {
    const started = work(item);
    // Awaited in its turn; one that fails before must not end the process.
    started.catch(() => undefined);
    running.push(started);
    if (running.length >= limit) yield (await running.shift()) as R;
  }
  for (const started of running) yield await started;
}

/**
 * Several streams as one, at most `limit` read at a time, each a step ahead at most. Values come as they are ready.
 */
export async function* mergeStreams<T>(streams: readonly (() => AsyncIterable<T>)[], limit: number): AsyncGenerator<T> {
  type Step = { readonly from: AsyncIterator<T>; readonly result: IteratorResult<T> };
  const waiting = [...streams];
  const steps = new Map<AsyncIterator<T>, Promise<Step>>();
  const step = (from: AsyncIterator<T>) =>
    steps.set(
      from,
      from.next().then((result) => ({ from, result })),
    );
  const startNext = () => {
    const stream = waiting.shift();
    if (stream) step(stream()[Symbol.asyncIterator]());
  };
  for (let started = 0; started < limit; started += 1) startNext();
  try {
    while (steps.size > 0) {
      const { from, result } = await Promise.race(steps.values());
      steps.delete(from);
      if (result.done) startNext();
      else {
        yield result.value;
        step(from);
      }
    }
  } finally {
    for (const from of steps.keys()) from.return?.().catch(() => undefined);
  }
}
