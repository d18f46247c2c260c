import { expect, test } from 'vitest';
import type { Kind } from '../resource/kind.ts';
import { indexKinds, normalizerVersion } from '../resource/kind-index.ts';
import { compileNeutralizer } from '../resource/neutral.ts';
import type { Resource } from '../resource/resource.ts';
import { DigestWriter } from './digest-writer.ts';
import { digestAt, digestBytesInEntry, entryBytes, keyHashBytes, neutralAt } from './entry.ts';

/**
 * Digests of {@link resources} under each version of the normaliser. One that changed makes every stored snapshot differ
 * from the next reading: raise `normalizerVersion` and add the new digests here; never edit those of a version that was
 * released.
 */
const golden: Readonly<Record<number, readonly string[]>> = {
  2: [
    'a5add5a2d23bdf04 2e019e921ba15065c840b392 2e019e921ba15065c840b392',
    'd76ea8ffccc8a71c 4d06a445a73cb37bbfa6b611 a72cce1f4bd36e6c1f9040fa',
    '7828e1c107329fa4 a2f7d45e420b1d49e0f92a2c a2f7d45e420b1d49e0f92a2c',
    'dac7a0535ab05877 91f6911dbe68a6b88c53e901 1cf5878b8573988800e65c9c',
    '2e567db0235a76a6 a43ed88c5f9c2cb6b564bc03 a43ed88c5f9c2cb6b564bc03',
    '7f51b4fb44dbc727 40c6a7f75c5285cc9c785b18 40c6a7f75c5285cc9c785b18',
  ],
};

const kinds = indexKinds([
  {
    name: 'queue',
    title: 'queue',
    layer: 'messaging',
    version: 1,
    noise: {
      unordered: ['/bindings'],
      computed: ['/messages'],
      defaults: { '/durable': true },
      quantity: { '/ttl': 'duration', '/policy': 'json', '/owners': 'one-or-many' },
      empty: ['/arguments'],
      instance: ['/node'],
    },
  },
  { name: 'hooked', title: 'thing', layer: 'erp', version: 1, normalize: (each) => ({ ...each, added: true }) },
] satisfies Kind[]);

const resources: readonly Resource[] = [
  { kind: 'queue', key: 'orders', attributes: { ttl: '90m', durable: true, messages: 4, arguments: {} } },
  {
    kind: 'queue',
    key: 'orders-prod',
    attributes: { node: 'rabbit@1', bindings: ['b', 'a'], url: 'amqp://prod.example' },
  },
  { kind: 'queue', key: 'orders-é😀', attributes: { policy: '{"b":1,"a":[2]}', owners: 'wms', note: 'a "b"\n\ud800' } },
  { kind: 'queue', key: 'sealed', attributes: { password: { $secret: '0123456789abcdef' }, z: 1e21, a: -0.5 } },
  { kind: 'hooked', key: 'erp/setting', attributes: { b: { d: null, c: [true, {}] } } },
  { kind: 'unknown', key: '', attributes: {}, origin: { place: 'a.yaml:1' } },
];

/** Key hash, digest and neutral digest of each. */
function digestsOf(batch: readonly Resource[], strict = false): readonly string[] {
  const writer = new DigestWriter(kinds, compileNeutralizer({ stage: ['prod'] }), strict);
  const entries = Buffer.alloc(entryBytes * batch.length);
  writer.write(entries, 0, batch);
  return batch.map((_, at) => {
    const hex = (from: number, length: number) =>
      entries.toString('hex', at * entryBytes + from, at * entryBytes + from + length);
    return [hex(0, keyHashBytes), hex(digestAt, digestBytesInEntry), hex(neutralAt, digestBytesInEntry)].join(' ');
  });
}

test('the digests are those of this version of the normaliser', () => {
  expect(digestsOf(resources)).toEqual(golden[normalizerVersion]);
});

test('no two versions of the normaliser have the same digests', () => {
  const versions = Object.values(golden).map((digests) => digests.join('\n'));
  expect(new Set(versions).size).toBe(versions.length);
  expect(Object.keys(golden).map(Number).at(-1)).toBe(normalizerVersion);
});

test('a batch gives what its resources give one by one, and the same again', () => {
  const alone = resources.flatMap((resource) => digestsOf([resource]));
  expect(digestsOf(resources)).toEqual(alone);
  expect(digestsOf(resources.toReversed()).toReversed()).toEqual(alone);
});

test('what an environment does not share moves the digest and not the neutral one', () => {
  const queue = (key: string, attributes: Resource['attributes']) => digestsOf([{ kind: 'queue', key, attributes }])[0];
  const parts = (text: string | undefined) => (text ?? '').split(' ');
  const before = parts(queue('q', { node: 'a', host: 'db-x', password: { $secret: '0123456789abcdef' } }));
  for (const attributes of [
    { node: 'b', host: 'db-x', password: { $secret: '0123456789abcdef' } },
    { node: 'a', host: 'db-x', password: { $secret: 'fedcba9876543210' } },
  ]) {
    const after = parts(queue('q', attributes));
    expect([after[0], after[2]]).toEqual([before[0], before[2]]);
    expect(after[1]).not.toBe(before[1]);
  }
  const named = ['prod', 'PROD'].map((stage) => parts(queue(`q-${stage}`, { host: `db-${stage}` })));
  expect(named[0]?.[2]).toBe(named[1]?.[2]);
  expect(named[0]?.[1]).not.toBe(named[1]?.[1]);
});

test('where nothing is its own the two digests are one', () => {
  const [, own, neutral] = (digestsOf([{ kind: 'queue', key: 'q', attributes: { size: 1 } }])[0] ?? '').split(' ');
  expect(own).toBe(neutral);
});

test('a strict reading keeps digests of secrets in the neutral digest', () => {
  const sealed = (digest: string): Resource => ({
    kind: 'queue',
    key: 'q',
    attributes: { password: { $secret: digest } },
  });
  const neutral = (resource: Resource) => digestsOf([resource], true)[0]?.split(' ')[2];
  expect(neutral(sealed('0123456789abcdef'))).not.toBe(neutral(sealed('fedcba9876543210')));
});
