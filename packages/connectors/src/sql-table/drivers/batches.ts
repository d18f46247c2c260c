import type { Readable } from 'node:stream';
import { batchSize } from '../session.ts';

/** Items of a stream of objects in batches; ends with the signal's reason as soon as it fires. */
export async function* inBatches<Item>(stream: Readable, signal: AbortSignal): AsyncGenerator<readonly Item[]> {
  const abort = () => stream.destroy(signal.reason instanceof Error ? signal.reason : undefined);
  signal.addEventListener('abort', abort, { once: true });
  try {
    let batch: Item[] = [];
    for await (const item of stream) {
      batch.push(item as Item);
      if (batch.length < batchSize) continue;
      yield batch;
      batch = [];
    }
    signal.throwIfAborted();
    if (batch.length > 0) yield batch;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
