import type { Json } from '@leeway/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { parseYaml, type YamlOptions } from './yaml.ts';

function valuesOf(text: string, options?: YamlOptions): readonly Json[] {
  const parsed = parseYaml(text, 'a.yaml', options);
  if (!parsed.ok) throw new Error(parsed.problems.map((found) => found.message).join('\n'));
  return parsed.value.map((document) => document.value);
}

function problemsOf(text: string, options?: YamlOptions) {
  const parsed = parseYaml(text, 'a.yaml', options);
  return parsed.ok ? [] : parsed.problems.map((found) => [found.code, found.place?.line, found.place?.column]);
}

describe('parseYaml', () => {
  test('reads scalars by the 1.2 core schema', () => {
    expect(valuesOf('[yes, on, 0644, 0o644, 0x1F, 1e3, .inf, ~, 2026-01-01, 22:22, 9007199254740993]')).toEqual([
      ['yes', 'on', 644, 420, 31, 1000, '.inf', null, '2026-01-01', '22:22', '9007199254740993'],
    ]);
  });

  test('reads scalars as the Go parsers do with version 1.1', () => {
    expect(valuesOf('[yes, off, y, 0644, 2026-01-01, 22:22, 1_000, "yes"]', { version: '1.1' })).toEqual([
      [true, false, true, 420, '2026-01-01', '22:22', 1000, 'yes'],
    ]);
  });

  test('keeps keys as they are written', () => {
    expect(valuesOf('8080: a\non: b\nnull: c\n0x1F: d\n"": e', { version: '1.1' })).toEqual([
      { 8080: 'a', on: 'b', null: 'c', '0x1F': 'd', '': 'e' },
    ]);
  });

  test('skips documents that hold nothing, keeps an explicit null', () => {
    expect(valuesOf('# only a comment\n---\n---\na: 1\n---\n~\n---\n# end\n')).toEqual([{ a: 1 }, null]);
    expect(valuesOf('')).toEqual([]);
  });

  test('merges like YAML 1.1: own keys first, then earlier sources', () => {
    const text = 'x: &x {a: 1, b: 1}\ny: &y {b: 2, c: 2}\nz: {<<: [*x, *y], c: 3}\nw: {"<<": 1}';
    expect((valuesOf(text)[0] as { z: Json; w: Json }).z).toEqual({ a: 1, b: 1, c: 3 });
    expect((valuesOf(text)[0] as { z: Json; w: Json }).w).toEqual({ '<<': 1 });
  });

  test('keeps tags of the application as part of the value and refuses language tags', () => {
    expect(valuesOf('a: !Ref bucket\nb: !GetAtt [x, y]\nc: !!str 1\nd: ! 2\ne: !!binary aGk=')).toEqual([
      { a: { '!Ref': 'bucket' }, b: { '!GetAtt': ['x', 'y'] }, c: '1', d: '2', e: 'aGk=' },
    ]);
    expect(problemsOf('a: !!js/function "return 1"\nb: !!python/object:os.system x')).toEqual([
      ['LW2009', 1, 18],
      ['LW2009', 2, 30],
    ]);
  });

  test('reports every duplicate key, in both spellings', () => {
    expect(problemsOf('a: 1\n"a": 2\nb: {c: 1, c: 2}\n')).toEqual([
      ['LW2006', 2, 1],
      ['LW2006', 3, 11],
    ]);
  });

  test('refuses keys that are lists or maps', () => {
    expect(problemsOf('? [a, b]\n: 1\n')).toEqual([['LW2009', 1, 3]]);
  });

  test.each([
    ['a: "open\n'],
    ['a: b: c\n'],
    ['a:\n\t- b\n'],
    ['- a\nb: c\n'],
    ['a: *nowhere\n'],
    ['a: [1, 2\n'],
    ['a: @x\n'],
    ['%BAD\n---\na: 1\n%'],
  ])('gives a coded problem with a place for %j', (text) => {
    const [first] = problemsOf(text);
    expect(first?.[0]).toBe('LW2005');
    expect(first?.[1]).toBeGreaterThan(0);
  });

  test('places an open quote where it opens', () => {
    expect(problemsOf('a: 1\nb: "open\nc: 2\n')).toEqual([['LW2005', 2, 4]]);
  });

  test('never repeats the text in a problem', () => {
    for (const text of [
      'password: "hunter2',
      'password: hunter2: x',
      'password: [hunter2',
      '%hunter2\n%hunter2',
      'a: "\\hunter2"',
    ]) {
      const parsed = parseYaml(text, 'a.yaml');
      if (!parsed.ok) expect(JSON.stringify(parsed.problems)).not.toContain('hunter2');
    }
  });

  test('bounds aliases by what they expand to', () => {
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x,x]'];
    for (const [from, to] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg', 'gh', 'hi']) {
      bomb.push(`${to}: &${to} [${Array(10).fill(`*${from}`).join(',')}]`);
    }
    expect(problemsOf(bomb.join('\n')).map(([code]) => code)).toEqual(['LW2008']);
    expect(problemsOf('a: &a [*a]')).toEqual([['LW2008', 1, 8]]);
    expect(problemsOf('a: &a\n  b: *a')).toEqual([['LW2008', 2, 6]]);
    expect(problemsOf('a: &a [x, y]\nb: [*a, *a]', { aliasedValues: 5 })).toEqual([['LW2008', 2, 9]]);
  });

  test('bounds nesting, also where aliases build it', () => {
    expect(problemsOf('['.repeat(1_000_000))[0]?.[0]).toBe('LW2007');
    expect(problemsOf('- '.repeat(100_000))[0]?.[0]).toBe('LW2007');
    expect(problemsOf('? '.repeat(100_000))[0]?.[0]).toBe('LW2007');
    expect(problemsOf('{a: '.repeat(100_000))[0]?.[0]).toBe('LW2007');
    const chain = [
      'a0: &a0 [x]',
      ...Array.from({ length: 300 }, (_, index) => `a${index + 1}: &a${index + 1} [*a${index}]`),
    ];
    expect(problemsOf(chain.join('\n'))[0]?.[0]).toBe('LW2007');
  });

  test('stays linear where the package compares every pair of keys', () => {
    const text = Array.from({ length: 20_000 }, (_, index) => `key-${index}: ${index}`).join('\n');
    expect(Object.keys(valuesOf(text)[0] as object)).toHaveLength(20_000);
  });

  test('keeps __proto__ as plain data, also through a merge', () => {
    const value = valuesOf('x: &x {__proto__: {admin: true}}\ny: {<<: *x}')[0] as { y: object };
    expect(Object.keys(value.y)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  });

  test('places: keys of maps, items of lists, through aliases and merges, nearest ancestor', () => {
    const text = 'a: &x\n  b: 1\nc: *x\nd:\n  <<: *x\n  e:\n    - 1\n    - q: 2\n';
    const parsed = parseYaml(text, 'a.yaml');
    if (!parsed.ok) throw new Error('unexpected');
    const placeOf = (pointer: string) => {
      const place = parsed.value[0]?.placeOf(pointer);
      return [place?.line, place?.column];
    };
    expect(placeOf('/a/b')).toEqual([2, 3]);
    expect(placeOf('/c/b')).toEqual([2, 3]);
    expect(placeOf('/d/b')).toEqual([2, 3]);
    expect(placeOf('/d/e/1/q')).toEqual([8, 7]);
    expect(placeOf('/d/e/7/q')).toEqual([6, 3]);
    expect(parsed.value[0]?.placeOf('no-pointer')).toBeUndefined();
  });

  test('reads what the package writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const plain = JSON.parse(JSON.stringify(value, withoutLongNumbers)) as Json;
        expect(valuesOf(stringify(plain, { lineWidth: 0 }))).toEqual([plain]);
      }),
      { numRuns: 150 },
    );
  });
});

/** Integers that a double cannot hold stay text; that has its own test. */
function withoutLongNumbers(_key: string, value: unknown): unknown {
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? 0 : value;
}
