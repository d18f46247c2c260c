import { ProblemError, problem } from '@leeway/core';
import type { FileTree, ReadContext, Seal } from '../connector.ts';
import { type Clock, systemClock } from './clock.ts';
import { type Fetch, guardFetch } from './guard-fetch.ts';
import { createLimiters, type Limiters } from './limiter.ts';

/** What a composition root knows when a source is about to be read. Times are seconds. */
export interface ReadContextOptions {
  readonly environment: string;
  /** The system's name in messages: the source's title, or its connector's. */
  readonly system: string;
  readonly files: FileTree;
  readonly seal: Seal;
  readonly variable: (name: string) => string | undefined;
  /** Cancels the reading. */
  readonly signal?: AbortSignal;
  /** Time the whole reading may take; 300 when absent. */
  readonly deadlineSeconds?: number;
  /** Time one request may take; 30 when absent. */
  readonly requestSeconds?: number;
  /** Requests a second to one host; unlimited when absent. */
  readonly rate?: number;
  /** Parts the quota of a host between accounts; sources with the same one share it. */
  readonly account?: string;
  /** Share one between all contexts of a process, so that sources with one host share its quota. */
  readonly limiters?: Limiters;
  /** Bytes one answer may have; 256 MiB when absent. */
  readonly limitBytes?: number;
  readonly retries?: number;
  readonly fetch?: Fetch;
  readonly clock?: Clock;
  readonly random?: () => number;
}

/** A context whose deadline stops when it is disposed of. */
export type OwnedReadContext = ReadContext & Disposable;

const defaults = { deadlineSeconds: 300, requestSeconds: 30, limitBytes: 256 * 2 ** 20, retries: 4 };

/**
 * The production context of one reading. Its signal fires with a ProblemError as reason: LW3005 at the deadline,
 * LW3010 on cancel, so that `signal.throwIfAborted()` in a connector throws what the notice must say.
 */
export function createReadContext(options: ReadContextOptions): OwnedReadContext {
  const settings = { ...defaults, ...options };
  const clock = options.clock ?? systemClock;
  const limiters = options.limiters ?? createLimiters(clock);
  const deadline = watchDeadline(settings, clock);
  const guard: ReadContext['guard'] = (transport, own) =>
    guardFetch(transport, {
      clock,
      signal: deadline.signal,
      limiter: (host) => limiters.get(`${host} ${options.account ?? ''}`, options.rate),
      requestSeconds: settings.requestSeconds,
      limitBytes: settings.limitBytes,
      retries: settings.retries,
      random: options.random ?? Math.random,
      ...own,
    });
  return {
    environment: options.environment,
    files: options.files,
    signal: deadline.signal,
    now: () => new Date(clock.now()),
    seal: options.seal,
    variable: options.variable,
    limiter: (name, rate) => limiters.get(name, rate),
    fetch: guard(options.fetch ?? globalThis.fetch, { system: options.system }),
    guard,
    [Symbol.dispose]: deadline.stop,
  };
}

function watchDeadline(
  { system, signal, deadlineSeconds }: ReadContextOptions & { readonly deadlineSeconds: number },
  clock: Clock,
) {
  const controller = new AbortController();
  const cancel = () => controller.abort(new ProblemError(problem('LW3010', { system })));
  const late = problem('LW3005', { system, what: 'the whole source', seconds: deadlineSeconds });
  const stopTimer = clock.after(deadlineSeconds * 1000, () => controller.abort(new ProblemError(late)));
  if (signal?.aborted) cancel();
  else signal?.addEventListener('abort', cancel, { once: true });
  return {
    signal: controller.signal,
    stop() {
      stopTimer();
      signal?.removeEventListener('abort', cancel);
    },
  };
}
