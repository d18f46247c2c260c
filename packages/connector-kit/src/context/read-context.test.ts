import { ProblemError } from '@leeway/core';
import { describe, expect, it } from 'vitest';
import { sealWith } from '../seal.ts';
import { manualClock } from '../testing/manual-clock.ts';
import { memoryFiles } from '../testing/memory-files.ts';
import type { Fetch } from './guard-fetch.ts';
import { createLimiters } from './limiter.ts';
import { createReadContext, type ReadContextOptions } from './read-context.ts';

const url = 'https://user:hunter2@api.test/v1/things?token=hunter2';

function open(fetch: Fetch, options: Partial<ReadContextOptions> = {}) {
  const clock = manualClock(0);
  const context = createReadContext({
    environment: 'test',
    system: 'Things',
    files: memoryFiles({}),
    seal: sealWith('0123456789abcdef'),
    variable: () => undefined,
    random: () => 0,
    clock,
    fetch,
    ...options,
  });
  return { context, clock };
}

/** Answers with each status in turn, then with the last one for ever; notes when it was asked. */
function answers(clockOf: () => number, ...statuses: readonly [number, Record<string, string>?][]) {
  const times: number[] = [];
  const fetch: Fetch = async () => {
    const [status, headers = {}] = statuses[Math.min(times.length, statuses.length - 1)] ?? [200];
    times.push(clockOf());
    return new Response('{}', { status, headers });
  };
  return { fetch, times };
}

async function problemOf(work: Promise<unknown>) {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ProblemError);
  return (error as ProblemError).problem;
}

describe('retries', () => {
  it('come back after what the server asks for, else with growing pauses', async () => {
    let now = () => 0;
    const { fetch, times } = answers(() => now(), [503], [429, { 'retry-after': '7' }], [502], [200]);
    const { context, clock } = open(fetch);
    now = clock.now;
    expect((await context.fetch('https://api.test/')).status).toBe(200);
    expect(times).toEqual([0, 250, 7250, 8250]);
  });

  it('take a date as well as seconds', async () => {
    let now = () => 0;
    const { fetch, times } = answers(() => now(), [503, { 'retry-after': new Date(20_000).toUTCString() }], [200]);
    const { context, clock } = open(fetch);
    now = clock.now;
    await context.fetch('https://api.test/');
    expect(times).toEqual([0, 20_000]);
  });

  it('are bounded', async () => {
    const { fetch, times } = answers(() => 0, [429]);
    expect((await problemOf(open(fetch, { retries: 2 }).context.fetch('https://api.test/'))).code).toBe('LW3004');
    expect(times).toHaveLength(3);
  });

  it('do not wait for a pause beyond all patience', async () => {
    const { fetch, times } = answers(() => 0, [503, { 'retry-after': '3600' }]);
    expect((await problemOf(open(fetch).context.fetch('https://api.test/'))).code).toBe('LW3007');
    expect(times).toHaveLength(1);
  });

  it('know a spent quota that is told as 403', async () => {
    const { fetch } = answers(() => 0, [403, { 'x-ratelimit-remaining': '0' }], [200]);
    expect((await open(fetch).context.fetch('https://api.test/')).status).toBe(200);
  });
});

describe('failures', () => {
  it('leave other answers to the connector', async () => {
    for (const status of [200, 204, 304, 404, 409, 422]) {
      const fetch: Fetch = async () => new Response(null, { status });
      expect((await open(fetch).context.fetch('https://api.test/')).status).toBe(status);
    }
  });

  it('name host and path, never user, query or the text of an error', async () => {
    const fetch: Fetch = () =>
      Promise.reject(new TypeError(`fetch ${url} failed`, { cause: { code: 'ECONNREFUSED' } }));
    const refused = await problemOf(open(fetch).context.fetch(url));
    const denied = await problemOf(open(async () => new Response('', { status: 403 })).context.fetch(url));
    expect(denied.message).toBe('Things denied reading GET api.test/v1/things.');
    expect(JSON.stringify([refused, denied])).not.toContain('hunter2');
  });

  it('end a body at its limit', async () => {
    const fetch: Fetch = async () => new Response('x'.repeat(100));
    const response = await open(fetch, { limitBytes: 99 }).context.fetch('https://api.test/');
    expect((await problemOf(response.text())).code).toBe('LW3012');
    const fits = await open(fetch, { limitBytes: 100 }).context.fetch('https://api.test/');
    expect(await fits.text()).toHaveLength(100);
  });
});

describe('deadlines', () => {
  const hang: Fetch = (_, init) =>
    new Promise((_resolve, reject) => init?.signal?.addEventListener('abort', () => reject(init.signal?.reason)));

  it('end a request that takes too long', async () => {
    const { context, clock } = open(hang, { requestSeconds: 5 });
    const pending = problemOf(context.fetch('https://api.test/'));
    await Promise.resolve();
    clock.advance(5000);
    expect(await pending).toMatchObject({ code: 'LW3005', message: expect.stringContaining('within 5 s') });
    expect(context.signal.aborted).toBe(false);
  });

  it('end the whole reading, with the reason for raw sockets', async () => {
    const { context, clock } = open(hang, { deadlineSeconds: 60, requestSeconds: 600 });
    const pending = problemOf(context.fetch('https://api.test/'));
    await Promise.resolve();
    clock.advance(60_000);
    expect((await pending).code).toBe('LW3005');
    expect(() => context.signal.throwIfAborted()).toThrow(ProblemError);
  });

  it('end a body that stops half-way', async () => {
    const body = new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(1)) });
    const { context, clock } = open(async () => new Response(body), { requestSeconds: 5 });
    const text = problemOf((await context.fetch('https://api.test/')).text());
    clock.advance(5000);
    expect((await text).code).toBe('LW3005');
  });

  it('tell cancelling from being late', async () => {
    const controller = new AbortController();
    const { context } = open(hang, { signal: controller.signal });
    const pending = problemOf(context.fetch('https://api.test/'));
    await Promise.resolve();
    controller.abort();
    expect((await pending).code).toBe('LW3010');
  });

  it('do not fire after the context is disposed of', () => {
    const { context, clock } = open(hang, { deadlineSeconds: 1 });
    context[Symbol.dispose]();
    clock.advance(10_000);
    expect(context.signal.aborted).toBe(false);
  });
});

describe('rate', () => {
  it('lets a burst of a second through, then one by one', async () => {
    const times: number[] = [];
    const { context, clock } = open(
      async () => {
        times.push(clock.now());
        return new Response('');
      },
      { rate: 4 },
    );
    for (let request = 0; request < 8; request += 1) await context.fetch('https://api.test/');
    expect(times).toEqual([0, 0, 0, 0, 250, 500, 750, 1000]);
  });

  it('is shared by host and account', async () => {
    const clock = manualClock(0);
    const limiters = createLimiters(clock);
    const times: [string, number][] = [];
    const reader = (account: string) =>
      open(
        async (input) => {
          times.push([`${account} ${input}`, clock.now()]);
          return new Response('');
        },
        { rate: 1, account, limiters, clock },
      ).context;
    await reader('a').fetch('https://one.test/');
    await reader('b').fetch('https://one.test/');
    await reader('a').fetch('https://two.test/');
    await reader('a').fetch('https://one.test/');
    expect(times.map(([, time]) => time)).toEqual([0, 0, 0, 1000]);
  });

  it('holds everybody back while the server asks for a pause', async () => {
    const clock = manualClock(0);
    const limiter = createLimiters(clock).get('x', undefined);
    limiter.pauseUntil(3000);
    await limiter.take();
    expect(clock.now()).toBe(3000);
  });
});
