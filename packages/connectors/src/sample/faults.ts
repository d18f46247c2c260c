import { setTimeout as sleep } from 'node:timers/promises';
import type { ReadContext, Reading } from '@leeway/connector-kit';
import { abortProblem } from '@leeway/connector-kit/context/failure.ts';
import { type Json, problem, type Resource } from '@leeway/core';
import { secretMarker } from './generate.ts';
import type { Fault, FaultName } from './schema.ts';

/** The readings of one kind, as they would be if nothing went wrong. */
export interface KindReading {
  readonly kind: string;
  readonly resources: Iterable<Resource>;
}

export type Faulty = (reading: KindReading, fault: Fault, context: ReadContext) => AsyncIterable<Reading>;

const system = 'the sample estate';

/** Each fault as a way to read one kind. None but `slow`, `duplicates`, `hostile` and `secrets` calls it complete. */
export const faultyReaders: Readonly<Record<FaultName, Faulty>> = {
  async *throws({ kind, resources }, { after }) {
    yield* upTo(after, resources);
    throw new Error(`sample: reading ${kind} with password=${secretMarker}-thrown failed`);
  },
  async *hangs({ kind, resources }, { after }, { signal }) {
    yield* upTo(after, resources);
    await untilAborted(signal);
    yield { type: 'notice', kind, problem: abortProblem(signal, system) };
  },
  partial: broken(({ kind }) => problem('LW3011', { system, what: kind })),
  denied: broken(({ kind }) => problem('LW3003', { system, what: kind, permission: `${kind}:read` })),
  throttled: broken(({ kind }) => problem('LW3004', { system, what: kind })),
  garbage: broken(({ kind }) => problem('LW3006', { system, what: kind, reason: 'it is not JSON' })),
  async *hostile({ kind, resources }) {
    yield* all(resources);
    for (const [key, attributes] of hostileThings) yield { type: 'resource', resource: { kind, key, attributes } };
    yield { type: 'complete', kind };
  },
  async *slow({ kind, resources }, { milliseconds }, { signal }) {
    for (const resource of resources) {
      const stopped = await sleep(milliseconds, false, { signal }).catch(() => true);
      if (stopped) return yield { type: 'notice', kind, problem: abortProblem(signal, system) };
      yield { type: 'resource', resource };
    }
    yield { type: 'complete', kind };
  },
  async *duplicates({ kind, resources }, { after }) {
    let index = 0;
    for (const resource of resources) {
      yield { type: 'resource', resource };
      if (index++ === after) yield { type: 'resource', resource: { ...resource, attributes: { other: true } } };
    }
    yield { type: 'complete', kind };
  },
  async *secrets({ kind, resources }) {
    for (const resource of resources) yield { type: 'resource', resource: plantSecrets(resource) };
    yield { type: 'complete', kind };
  },
};

/** Breaks off after some resources and says why. */
function broken(say: (reading: KindReading) => ReturnType<typeof problem>): Faulty {
  return async function* (reading, { after }) {
    yield* upTo(after, reading.resources);
    yield { type: 'notice', kind: reading.kind, problem: say(reading) };
  };
}

function* all(resources: Iterable<Resource>): Iterable<Reading> {
  for (const resource of resources) yield { type: 'resource', resource };
}

function* upTo(count: number, resources: Iterable<Resource>): Iterable<Reading> {
  let index = 0;
  for (const resource of resources) {
    if (index++ >= count) return;
    yield { type: 'resource', resource };
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Things a broken or hostile system may answer; all of them are JSON. */
const hostileThings: readonly (readonly [string, Readonly<Record<string, Json>>])[] = [
  ['hostile/prototype', JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": 1}}')],
  ['hostile/\u0000control\u001b[31m', { 'line\nbreak': '\u001b]0;title\u0007', bell: '\u0007' }],
  ['hostile/lone-surrogate-\ud800', { text: '\udfff' }],
  ['hostile/<script>alert(1)</script>', { html: '<img src=x onerror=alert(1)>', formula: '=cmd|calc' }],
  ['hostile/right-to-left-\u202e', { text: '\u202egnp.exe' }],
  [`hostile/${'long'.repeat(1000)}`, { text: 'x'.repeat(100_000) }],
  ['hostile/deep', nest(200)],
  ['hostile/numbers', { huge: 1e308, tiny: 5e-324, negativeZero: -0, unsafe: 2 ** 53 + 2 }],
];

function nest(depth: number): Readonly<Record<string, Json>> {
  let inner: Readonly<Record<string, Json>> = { end: true };
  for (let level = 0; level < depth; level += 1) inner = { inner };
  return inner;
}

/** Adds secrets in the forms in which they turn up in real systems. */
function plantSecrets(resource: Resource): Resource {
  const secret = `${secretMarker}-planted-1`;
  const planted = {
    password: secret,
    nested: { client_secret: secret, api_key: secret, list: [{ access_token: secret }] },
    url: `https://user:${secret}@host.example/path`,
    connection: `Server=db;User Id=app;Password=${secret};`,
    environment: [{ name: 'DB_PASSWORD', value: secret }],
    header: `Authorization: Bearer ${secret}`,
    key: `-----BEGIN PRIVATE KEY-----\n${secret}\n-----END PRIVATE KEY-----`,
  };
  return { ...resource, attributes: { ...resource.attributes, planted } };
}
