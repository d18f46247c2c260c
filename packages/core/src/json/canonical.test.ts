import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from './canonical.ts';
import type { Json } from './value.ts';

const json = fc.jsonValue({ maxDepth: 5 }) as fc.Arbitrary<Json>;

test('means the same as what it was made of', () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('is the same for every order of keys', () => {
  const shuffled = fc
    .dictionary(fc.string(), json)
    .chain((object) =>
      fc
        .shuffledSubarray(Object.keys(object), { minLength: Object.keys(object).length })
        .map((keys) => ({ object, keys })),
    );
  fc.assert(
    fc.property(shuffled, ({ object, keys }) => {
      const other = Object.fromEntries(keys.map((key) => [key, object[key] as Json]));
      expect(canonicalJson(other)).toBe(canonicalJson(object));
    }),
  );
});

test('writes the examples of RFC 8785, section 3.2', () => {
  const example =
    '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}';
  expect(canonicalJson(JSON.parse(example))).toBe(
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  );
  // Order of UTF-16 code units, not of code points.
  expect(canonicalJson({ '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, '\u00f6': 7 })).toBe(
    '{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}',
  );
});

test('sorts objects with many keys as well', () => {
  const keys = Array.from({ length: 200 }, (_, at) => `key ${(at * 7919) % 200}`);
  const object = Object.fromEntries(keys.map((key) => [key, 1]));
  expect(Object.keys(JSON.parse(canonicalJson(object)))).toEqual([...keys].sort());
});

test('refuses numbers JSON has no text for', () => {
  expect(() => canonicalJson(Number.NaN)).toThrow(TypeError);
  expect(() => canonicalJson([Number.POSITIVE_INFINITY])).toThrow(TypeError);
});
