import type { Json, Side } from '@leeway/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finding } from './testing/build.ts';
import { compareFinding, compareSides, describeValue, markDifference } from './value.ts';

const side = (value: Json): Side => ({ from: 'declared', present: true, value });
const rows = (expected: Json, actual: Json) =>
  compareSides(side(expected), side(actual)).rows.map((row) => [row.label, row.expected?.text, row.actual?.text]);

describe('compareSides', () => {
  it('shows only the fields that differ, and counts the rest', () => {
    const result = compareSides(
      side({ cpu: '500m', memory: '1Gi', env: { TZ: 'UTC' } }),
      side({ cpu: '2', memory: '1Gi', env: { TZ: 'CET' } }),
    );
    expect(result.rows.map((row) => row.label)).toEqual(['cpu', 'env/TZ']);
    expect(result.equal).toBe(1);
  });

  it('shows short lists whole and long ones by what only one side has', () => {
    expect(rows(['a', 'b'], ['b', 'c'])).toEqual([['', 'a, b', 'b, c']]);
    const long = Array.from({ length: 40 }, (_, index) => `10.0.${index}.0/24`);
    expect(rows(long, [...long, '0.0.0.0/0'])).toEqual([['', undefined, '0.0.0.0/0']]);
  });

  it('shows an order that moved as such', () => {
    const items = [{ port: 1 }, { port: 2 }];
    expect(rows(items, [...items].reverse())).toEqual([['order', '(port: 1), (port: 2)', '(port: 2), (port: 1)']]);
  });

  it('shows the lines of a text that differ', () => {
    expect(rows('a\nb\nc\n', 'a\nB\nc\n')).toEqual([['line 2', 'b', 'B']]);
  });

  it('tells a number from its text', () => {
    expect(rows(5432, '5432')).toEqual([['', '5432', '"5432"']]);
  });

  it('never shows more of a secret than its digest', () => {
    expect(rows({ $secret: '9f3c12ab44e0d1c2' }, { $secret: 'empty' })).toEqual([
      ['', 'secret with digest 9f3c12ab44e0d1c2', 'empty secret'],
    ]);
  });

  it('says absent and present', () => {
    expect(compareSides({ from: 'declared', present: true }, { from: 'observed', present: false }).rows).toMatchObject([
      { expected: { text: 'present' }, actual: { text: 'absent' } },
    ]);
  });

  it('shows a difference whenever there is one', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        const same = JSON.stringify(sortKeys(a as Json)) === JSON.stringify(sortKeys(b as Json));
        expect(rows(a as Json, b as Json).length > 0).toBe(!same);
      }),
    );
  });
});

function sortKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? 0 : value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sortKeys(item)]),
  );
}

describe('compareFinding', () => {
  const policy = (value: Json) =>
    finding({
      environment: 'test',
      axis: 'policy',
      layer: 'runtime',
      kind: 'k',
      key: 'a',
      expected: { from: 'policy', present: false },
      actual: side(value),
      headline: 'A policy is not met.',
    });

  it('shows one side where a policy wants no particular value', () => {
    expect(compareFinding(policy('latest'))).toMatchObject({
      sides: ['actual'],
      rows: [{ label: '', actual: { text: 'latest' } }],
    });
    expect(compareFinding(policy({ limits: { cpu: '1' } })).rows.map((row) => row.label)).toEqual(['limits']);
  });
});

describe('markDifference', () => {
  it('marks whole words, numbers and addresses', () => {
    const [left, right] = markDifference('limit > 40 per hour', 'limit > 400 per hour');
    expect(left.text.slice(left.from, left.to)).toBe('40');
    expect(right.text.slice(right.from, right.to)).toBe('400');
    const [from] = markDifference('10.0.0.0/8', '10.0.0.1/8');
    expect(from.text.slice(from.from, from.to)).toBe('10.0.0.0');
  });

  it('leaves equal ends outside the mark', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        const [left, right] = markDifference(a, b);
        expect(left.text.slice(0, left.from)).toBe(right.text.slice(0, right.from));
        expect(left.text.slice(left.to)).toBe(right.text.slice(right.to));
        expect(left.from).toBeLessThanOrEqual(left.to);
      }),
    );
  });
});

describe('describeValue', () => {
  it('writes words, not JSON', () => {
    expect(describeValue({ b: [1, 2], a: { c: null } })).toBe('a: (c: null), b: (1, 2)');
    expect(describeValue([])).toBe('none');
    expect(describeValue('')).toBe('""');
  });
});
