import type { Result } from '@leeway/core';
import { withResult } from './deliver.ts';
import type { Io } from './io.ts';
import type { RunningServer } from './use-cases.ts';

/** Says where a server is, waits until the program is stopped, and ends it in order. */
export function serveUntilStopped(io: Io, started: Result<RunningServer>, quiet: boolean): Promise<number> {
  return withResult(io, started, async ({ url, setUpUrl, close }) => {
    if (!quiet) io.stderr.write(`Leeway serves ${url}\n`);
    if (setUpUrl !== undefined) io.stderr.write(`Make the first administrator within an hour: ${setUpUrl}\n`);
    await stopped(io.signal);
    await close();
    return 0;
  });
}

function stopped(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
