import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../json/value.ts';
import type { Kind, Noise, QuantityUnit } from '../resource/kind.ts';
import { compileNeutralizer } from '../resource/neutral.ts';
import { compareAttributes } from './compare.ts';
import { normalText } from './normal-text.ts';
import { normalTree } from './normal-tree.ts';

const names = ['a', 'b', 'c', 'name', 'a"', '\ue000', '😀'];
const scalar = fc.oneof(
  fc.constantFrom('', 'x', '100m', '0.1', 'true', '5432', 'a "b"\\\n', 'é', '\ue000', '😀', '\ud800'),
  fc.constantFrom('{"b":1,"a":["2",{}]}', ' [3, 1]', '{"name":"x","a":"100m"}'),
  fc.integer({ min: -3, max: 3 }),
  fc.boolean(),
  fc.constant(null),
);
const value: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 4 }),
  ),
})).value;
const attributes = fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 4 }) as fc.Arbitrary<JsonObject>;

const pattern = fc
  .array(fc.constantFrom(...names, '*', '**'), { minLength: 1, maxLength: 3 })
  .map((tokens) => `/${tokens.join('/')}`);
const units: readonly QuantityUnit[] = [
  'kubernetes',
  'scalar',
  'one-or-many',
  'duration',
  'case-insensitive',
  'white-space',
  'json',
];
const noise: fc.Arbitrary<Noise> = fc.record({
  computed: fc.array(pattern, { maxLength: 1 }),
  unordered: fc.array(pattern, { maxLength: 3 }),
  empty: fc.array(pattern, { maxLength: 2 }),
  instance: fc.array(pattern, { maxLength: 1 }),
  defaults: fc.dictionary(pattern, scalar, { maxKeys: 2 }),
  quantity: fc.dictionary(
    pattern.filter((text) => !(text.endsWith('*') && text.includes('**'))),
    fc.constantFrom(...units),
    { maxKeys: 2 },
  ),
  identity: fc.dictionary(pattern, fc.constant(['name']), { maxKeys: 2 }),
});
const kind = noise.map((rules): Kind => ({ name: 'k', title: 'thing', layer: 'runtime', version: 1, noise: rules }));

test('the fast text and the tree are one normal form', () => {
  fc.assert(
    fc.property(kind, attributes, fc.boolean(), fc.boolean(), (declared, input, strict, acrossEnvironments) => {
      const options = { strict, acrossEnvironments };
      expect(normalText(declared, input, options)).toBe(normalTree(declared, input, options).text);
    }),
    { numRuns: 2000 },
  );
});

test('objects of many keys, and lists of many items, are sorted as the tree sorts them', () => {
  const many = fc.dictionary(fc.string({ unit: 'binary', maxLength: 4 }), fc.string({ unit: 'binary', maxLength: 3 }), {
    maxKeys: 90,
  });
  const ruled: Kind = { name: 'k', title: 'thing', layer: 'runtime', version: 1, noise: { unordered: ['/list'] } };
  fc.assert(
    fc.property(many, many, (object, items) => {
      const input = { list: [...Object.values(items), ...Object.keys(items)], object, again: [object, items] };
      expect(normalText(ruled, input)).toBe(normalTree(ruled, input).text);
    }),
    { numRuns: 200 },
  );
});

test('differences are reported exactly when the normal forms differ', () => {
  fc.assert(
    fc.property(kind, attributes, attributes, (declared, left, right) => {
      const same = normalText(declared, left) === normalText(declared, right);
      expect(compareAttributes(declared, left, right).length === 0).toBe(same);
    }),
    { numRuns: 2000 },
  );
});

test('a resource never differs from itself, nor from itself with unordered lists shuffled', () => {
  const shuffled: Kind = { name: 'k', title: 'thing', layer: 'runtime', version: 1, noise: { unordered: ['/**'] } };
  const mix = (input: Json): Json => {
    if (Array.isArray(input)) return input.map(mix).reverse();
    if (typeof input === 'object' && input !== null)
      return Object.fromEntries(
        Object.entries(input)
          .reverse()
          .map(([key, field]) => [key, mix(field as Json)]),
      );
    return input;
  };
  fc.assert(
    fc.property(attributes, (input) => {
      expect(compareAttributes(shuffled, input, mix(input) as JsonObject)).toEqual([]);
    }),
  );
});

test('paths of one comparison are unique', () => {
  fc.assert(
    fc.property(kind, attributes, attributes, (declared, left, right) => {
      const paths = compareAttributes(declared, left, right)
        .filter(({ change }) => change !== 'reordered')
        .map(({ path }) => path);
      expect(new Set(paths).size).toBe(paths.length);
    }),
    { numRuns: 1000 },
  );
});

test('one word on both sides is equal, even where it is the name of one environment', () => {
  const across = {
    acrossEnvironments: true,
    leftNeutralizer: compileNeutralizer({ stage: ['production', 'prod'] }),
    rightNeutralizer: compileNeutralizer({ stage: ['staging', 'stg'] }),
  };
  const plain: Kind = { name: 'k', title: 'thing', layer: 'runtime', version: 1 };
  const attributes = (stage: string, more: JsonObject = {}): JsonObject => ({
    NODE_ENV: 'production',
    hosts: ['production', `db.${stage}.example`],
    production: 1,
    staging: 2,
    [`queue-${stage}`]: 3,
    env: [
      { name: 'production', value: 'a' },
      { name: `app-${stage}`, value: 'b' },
    ],
    ...more,
  });
  expect(compareAttributes(plain, attributes('prod'), attributes('stg'), across)).toEqual([]);
  expect(compareAttributes(plain, attributes('prod'), attributes('stg', { staging: 9 }), across)).toMatchObject([
    { path: '/staging', change: 'changed' },
  ]);
  expect(compareAttributes(plain, { host: 'db.prod' }, { host: 'db.other' }, across)).toHaveLength(1);
});

test('what only applying a plan will tell equals every value and absence', () => {
  const plain: Kind = { name: 'k', title: 'thing', layer: 'runtime', version: 1 };
  const planned = { id: { $unknown: true }, size: 3 };
  expect(compareAttributes(plain, planned, { id: 'i-0123', size: 3 })).toEqual([]);
  expect(compareAttributes(plain, { size: 3 }, planned)).toEqual([]);
  expect(compareAttributes(plain, planned, { id: 'i-0123', size: 4 })).toHaveLength(1);
});

test('a field the system fills in may be absent on one side, not differ', () => {
  const assigned: Kind = { name: 'k', title: 'thing', layer: 'runtime', version: 1, noise: { assigned: ['/port'] } };
  expect(compareAttributes(assigned, {}, { port: 30001 })).toEqual([]);
  expect(compareAttributes(assigned, { port: 30002 }, { port: 30001 })).toHaveLength(1);
});

test('a zero value counts as not set where no default is declared', () => {
  const noise: Noise = { zero: ['/*'], defaults: { '/dns': true, '/timeout': 3 }, quantity: { '/size': 'scalar' } };
  const counted: Kind = { name: 'k', title: 'thing', layer: 'runtime', version: 1, noise };
  const pathsOf = (left: JsonObject, right: JsonObject) =>
    compareAttributes(counted, left, right).map(({ path }) => path);
  expect(pathsOf({}, { protected: false, retention: 0, size: '0' })).toEqual([]);
  expect(pathsOf({ protected: true, retention: 7 }, { protected: false, retention: 0 })).toHaveLength(2);
  expect(pathsOf({ protected: true }, {})).toEqual(['/protected']);
  expect(pathsOf({}, { dns: false, timeout: 0 })).toEqual(['/dns', '/timeout']);
  expect(pathsOf({ dns: true }, { dns: false })).toEqual(['/dns']);
});

test('a folded default still has its value in a difference', () => {
  const scaled: Kind = {
    name: 'k',
    title: 'thing',
    layer: 'runtime',
    version: 1,
    noise: { defaults: { '/replicas': 1 } },
  };
  expect(compareAttributes(scaled, { replicas: 3 }, { replicas: 1 })).toEqual([
    { path: '/replicas', change: 'changed', left: 3, right: 1 },
  ]);
  expect(compareAttributes(scaled, {}, { replicas: 3 })).toEqual([
    { path: '/replicas', change: 'changed', left: 1, right: 3 },
  ]);
});

test('environments have secrets of their own, and each has one', () => {
  const plain: Kind = { name: 'k', title: 'thing', layer: 'runtime', version: 1 };
  const own = (digest: string): JsonObject => ({
    password: { $secret: digest },
    url: `amqp://shop:<secret:${digest}>@mq.example`,
  });
  const across = { acrossEnvironments: true };
  const [one, other] = [own('0123456789abcdef'), own('fedcba9876543210')];
  expect(compareAttributes(plain, one, other, across)).toEqual([]);
  expect(compareAttributes(plain, one, other).map(({ path }) => path)).toEqual(['/password', '/url']);
  expect(compareAttributes(plain, one, other, { ...across, strict: true })).toHaveLength(2);
  expect(compareAttributes(plain, one, { ...one, password: { $secret: 'empty' } }, across)).toMatchObject([
    { path: '/password', change: 'changed' },
  ]);
  expect(compareAttributes(plain, one, { url: one['url'] ?? '' }, across)).toMatchObject([{ change: 'removed' }]);
});

test('the last part of what may be empty is told like any other', () => {
  const noise = { empty: ['/rules', '/checks'], identity: { '/rules': ['port'] } };
  const ruled: Kind = { name: 'k', title: 'thing', layer: 'network', version: 1, noise };
  const full = { rules: [{ port: 22, from: 'a' }], checks: { positive: 'a > 0' } };
  expect(compareAttributes(ruled, full, {}).map(({ path, change }) => [path, change])).toEqual([
    ['/checks/positive', 'removed'],
    ['/rules[port=22]', 'removed'],
  ]);
  expect(compareAttributes(ruled, { rules: [] }, full)).toHaveLength(2);
});
