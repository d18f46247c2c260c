import { type JobQueue, type ServerContext, startNotifier, startScheduler, startWorker } from '@leeway/server';
import type { Closing } from './closing.ts';

const defaultConcurrency = 2;

/** What a worker does besides answering: jobs, schedules and notifications. It ends in the reverse order. */
export async function startBackground(
  context: ServerContext,
  queue: JobQueue,
  concurrency: number | undefined,
  closing: Closing,
): Promise<void> {
  const worker = await startWorker(context, queue, { concurrency: concurrency ?? defaultConcurrency });
  closing.add(() => worker.close());
  const scheduler = startScheduler(context, queue);
  closing.add(() => scheduler.close());
  const notifier = startNotifier(context);
  closing.add(() => notifier.close());
}
