import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalPromql } from './promql.ts';
import { durationSeconds, formatDuration } from './promql-tokens.ts';

describe('canonical PromQL', () => {
  it.each([
    [
      'sum( rate(a_total{env="p", job=~\'o.*\', }[5m]) )  by (job,instance)',
      'sum by (instance, job) (rate(a_total{env="p",job=~"o.*"}[5m]))',
    ],
    [
      'SUM BY (q) (increase(a[900s] offset 300s)) == 0 AND ON(q) b > bool 1e3',
      'sum by (q) (increase(a[15m] offset 5m)) == 0 and on (q) b > bool 1000',
    ],
    ['1+2*3 # sum', '1 + 2 * 3'],
    ['absent(up) or vector(0x10) > -Inf', 'absent(up) or vector(16) > -Inf'],
    ['rate(l{le!="+Inf"}[90m:60s] offset 7d @ end())', 'rate(l{le!="+Inf"}[1h30m:1m] @ end() offset 1w)'],
    ['a / on(job) group_left sum(b) by (job)', 'a / on (job) group_left () sum by (job) (b)'],
    ['count_values("v", x) without (b)', 'count_values without (b) ("v", x)'],
    ['topk (3, {__name__=~"a|b"}) ^ 2 % - foo', 'topk(3, {__name__=~"a|b"}) ^ 2 % -foo'],
    ["label_replace(up, 'a', `(.*)\\d`)", 'label_replace(up, "a", "(.*)\\\\d")'],
    ['sum by () (x)', 'sum(x)'],
    ['a * ignoring() b', 'a * b'],
    ['up[5m:]', 'up[5m:]'],
    ['-1 ^ 2', '-1 ^ 2'],
    ['(a)', '(a)'],
    ['count == 1', 'count == 1'],
    ['a:b:c - x_y', 'a:b:c - x_y'],
    ['foo offset -5m', 'foo offset -5m'],
    ['x @ 1609746000.000', 'x @ 1609746000'],
  ])('%s', (written, canonical) => {
    expect(canonicalPromql(written)).toBe(canonical);
    expect(canonicalPromql(canonical)).toBe(canonical);
  });

  it.each([
    ['sum by (a) (x)', 'sum without (a) (x)'],
    ['rate(x[5m])', 'rate(x[6m])'],
    ['x{a="b"}', 'x{a!="b"}'],
    ['a - b', 'a-b:c'],
    ['x{a="B"}', 'x{a="b"}'],
    ['Rate(x[5m])', 'rate(x[5m])'],
    ['a and b', 'a or b'],
    ['a > 1', 'a >= 1'],
    ['a / on (x) b', 'a / ignoring (x) b'],
    ['(a + b) * c', 'a + b * c'],
    ['x{a="b c"}', 'x{a="b  c"}'],
  ])('%s is not %s', (left, right) => {
    expect(canonicalPromql(left)).not.toBe(canonicalPromql(right));
  });

  it('keeps what is not PromQL apart from its space, in bounded time', () => {
    expect(canonicalPromql('sum(  {{ .Values.metric }} ')).toBe('sum( {{ .Values.metric }}');
    expect(canonicalPromql('a ))  (')).toBe('a )) (');
    for (const hostile of [
      '('.repeat(50_000),
      'sum by ('.repeat(10_000),
      '{'.repeat(50_000),
      'a'.repeat(99_999),
      '1h'.repeat(40_000),
    ]) {
      expect(canonicalPromql(hostile).length).toBeGreaterThan(0);
    }
  });

  it('is the same twice as once, whatever the text', () => {
    const piece = fc.constantFrom(
      'sum',
      'by',
      '(',
      ')',
      '{',
      '}',
      '[',
      ']',
      'a',
      '"x"',
      '5m',
      '1e3',
      '-',
      '+',
      '*',
      ',',
      ' ',
      '=',
      '=~',
      'on',
      'offset',
      '@',
      ':',
      'and',
      '#',
      '\n',
      'bool',
      'group_left',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 24 }), (pieces) => {
        const once = canonicalPromql(pieces.join(''));
        expect(canonicalPromql(once)).toBe(once);
      }),
    );
  });
});

describe('durations', () => {
  it.each([
    [0, '0s'],
    [900, '15m'],
    [5400, '1h30m'],
    [86_400, '1d'],
    [90_000, '1d1h'],
    [604_800, '1w'],
    [691_200, '8d'],
    [31_536_000, '1y'],
    [0.5, '500ms'],
  ])('%d s is %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
    expect(durationSeconds(text)).toBe(seconds);
  });
});
