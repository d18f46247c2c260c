import { type Problem, ProblemError, problem } from '@leeway/core';
import { type Asked, abortProblem } from './failure.ts';

export interface BodyGuard {
  readonly asked: Asked;
  readonly signal: AbortSignal;
  readonly limitBytes: number;
  /** Called once, when the body ended, failed or was given up. */
  readonly release: () => void;
}

/** A body that fails with LW3012 past its size limit, LW3011 when it breaks off, and at once when the signal fires. */
export function guardBody(body: ReadableStream<Uint8Array>, guard: BodyGuard): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let size = 0;
  let aborted = () => {};
  const end = () => {
    guard.release();
    guard.signal.removeEventListener('abort', aborted);
  };
  return new ReadableStream<Uint8Array>({
    start(controller) {
      aborted = () => fail(controller, abortProblem(guard.signal, guard.asked.system));
      if (guard.signal.aborted) aborted();
      else guard.signal.addEventListener('abort', aborted, { once: true });
    },
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        // A cancelled reader ends like a finished one: the stream has then failed already.
        if (guard.signal.aborted) return;
        if (done) {
          end();
          return controller.close();
        }
        size += value.byteLength;
        if (size > guard.limitBytes) {
          return fail(controller, problem('LW3012', { ...guard.asked, limit: guard.limitBytes }));
        }
        controller.enqueue(value);
      } catch {
        if (!guard.signal.aborted) fail(controller, problem('LW3011', { ...guard.asked }));
      }
    },
    cancel(reason) {
      end();
      return reader.cancel(reason);
    },
  });

  function fail(controller: ReadableStreamDefaultController<Uint8Array>, found: Problem): void {
    end();
    controller.error(new ProblemError(found));
    reader.cancel().catch(() => undefined);
  }
}
