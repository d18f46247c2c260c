import type { ProblemCode } from '@leeway/core';
import type { ManualClock } from './manual-clock.ts';

/** One way for an HTTP server to fail, and the problem a connector must report for it. */
export interface HttpFault {
  readonly name: string;
  readonly codes: readonly ProblemCode[];
  /** True when a check that only connects may miss it. */
  readonly subtle?: boolean;
  /** Answers instead of the server. */
  answer(around: FaultSurroundings): Promise<Response> | Response;
}

export interface FaultSurroundings {
  /** What the server would have said. */
  readonly answer: Response;
  readonly signal: AbortSignal | undefined;
  readonly clock: ManualClock;
  /** Cancels the whole reading. */
  readonly cancel: () => void;
}

const status = (code: number, headers?: Record<string, string>) => () =>
  new Response('{"message":"no"}', { status: code, headers: { 'content-type': 'application/json', ...headers } });

const text = (body: string, type: string) => () => new Response(body, { headers: { 'content-type': type } });

/** Never settles until the signal fires. */
function hang(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    if (signal?.aborted) reject(signal.reason);
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

/** A body that sends `start` and then fails as a reset connection does. */
function brokenBody(start: Uint8Array): ReadableStream<Uint8Array> {
  let sent = false;
  return new ReadableStream({
    pull(controller) {
      if (sent) return controller.error(Object.assign(new Error('reset'), { code: 'ECONNRESET' }));
      sent = true;
      controller.enqueue(start);
    },
  });
}

/** A body without end, in pieces of 1 MiB. */
function endlessBody(): ReadableStream<Uint8Array> {
  const piece = new Uint8Array(2 ** 20).fill(0x20);
  return new ReadableStream({ pull: (controller) => controller.enqueue(piece) });
}

/** Every way an HTTP system may fail that each connector is held to. */
export const httpFaults: readonly HttpFault[] = [
  { name: '401', codes: ['LW3002'], answer: status(401) },
  { name: '403', codes: ['LW3003'], answer: status(403) },
  { name: '429 for ever', codes: ['LW3004'], answer: status(429, { 'retry-after': '1' }) },
  { name: '429 with an absurd Retry-After', codes: ['LW3004'], answer: status(429, { 'retry-after': '86400' }) },
  { name: '500', codes: ['LW3007'], answer: status(500) },
  { name: '503 for ever', codes: ['LW3007'], answer: status(503) },
  {
    name: 'no answer',
    codes: ['LW3005'],
    answer({ signal, clock }) {
      queueMicrotask(() => clock.advance(3_600_000));
      return hang(signal);
    },
  },
  {
    name: 'connection refused',
    codes: ['LW3001'],
    answer: () =>
      Promise.reject(
        new TypeError('fetch failed', { cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }) }),
      ),
  },
  { name: 'garbage', codes: ['LW3006'], answer: text('\u0000\u0001{"data":\u0002', 'application/json') },
  {
    name: 'an HTML sign-in page',
    codes: ['LW3006'],
    answer: text('<!doctype html><title>Sign in</title>', 'text/html'),
  },
  { name: 'JSON of another shape', codes: ['LW3006'], subtle: true, answer: text('[[[0]]]', 'application/json') },
  { name: 'an empty body', codes: ['LW3006'], answer: text('', 'application/json') },
  {
    name: 'a truncated body',
    codes: ['LW3006', 'LW3011'],
    async answer({ answer }) {
      const body = await answer.text();
      return new Response(body.slice(0, Math.floor(body.length / 2)), answer);
    },
  },
  {
    name: 'a connection that breaks half-way',
    codes: ['LW3011'],
    async answer({ answer }) {
      const body = new Uint8Array(await answer.arrayBuffer());
      return new Response(brokenBody(body.subarray(0, Math.max(1, body.length >> 1))), answer);
    },
  },
  { name: 'an endless body', codes: ['LW3012'], answer: ({ answer }) => new Response(endlessBody(), answer) },
  {
    name: 'cancelled while waiting',
    codes: ['LW3010'],
    answer({ signal, cancel }) {
      queueMicrotask(cancel);
      return hang(signal);
    },
  },
];
