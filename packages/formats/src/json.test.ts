import type { Json } from '@leeway/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJson, parseJsonLines } from './json.ts';

function read(text: string): Json {
  const parsed = parseJson(text, 'a.json');
  if (!parsed.ok) throw new Error(parsed.problems[0]?.message);
  return parsed.value.value;
}

function firstProblem(text: string) {
  const parsed = parseJson(text, 'a.json');
  if (parsed.ok) throw new Error('a problem was expected');
  const found = parsed.problems[0]!;
  return { code: found.code, message: found.message, line: found.place?.line, column: found.place?.column };
}

describe('parseJson', () => {
  test('keeps what a double would change as text, and only that', () => {
    expect(read('[111122223333, 9007199254740991, 9007199254740993, -12345678901234567890, 1e400, 0.1, 1e3]')).toEqual([
      111122223333,
      9007199254740991,
      '9007199254740993',
      '-12345678901234567890',
      '1e400',
      0.1,
      1000,
    ]);
  });

  test('does not mistake digits in strings for long numbers', () => {
    expect(read('{"id":"9007199254740993:{[","n":1}')).toEqual({ id: '9007199254740993:{[', n: 1 });
  });

  test.each([
    ['', 1, 1, 'the text ends where a value is expected'],
    ['{"a":1,}', 1, 8, 'a comma stands before the closing "}"'],
    ['{"a" 1}', 1, 6, '":" is expected here, a bare word was found'],
    ["{'a':1}", 1, 2, 'a key in double quotes is expected here, "\'" was found'],
    ['{"a":\n  tru}', 2, 3, 'a value is expected here, a bare word was found'],
    ['[1 2]', 1, 4, '"," or "]" is expected here, a bare word was found'],
    ['["a\tb"]', 1, 4, 'a control character stands in a string'],
    ['["\\x"]', 1, 3, 'an escape is not valid'],
    ['["abc', 1, 2, 'a string is not closed'],
    ['{"a":"abc\n}', 1, 6, 'a string is not closed on its line'],
    ['{} {}', 1, 4, 'something follows the end of the document'],
    ['[01]', 1, 3, '"," or "]" is expected here, a bare word was found'],
    ['// note\n{}', 1, 1, 'a value is expected here, "/" was found'],
  ])('says where and why %j is not JSON', (text, line, column, reason) => {
    expect(firstProblem(text)).toEqual({ code: 'LW2005', message: `This is not valid JSON: ${reason}.`, line, column });
  });

  test('reports every duplicate key with its place and pointer', () => {
    const parsed = parseJson('{"a":{"b":1,\n"b":2},\n"a":3}', 'a.json');
    expect(parsed.ok ? [] : parsed.problems.map((found) => [found.code, found.place])).toEqual([
      ['LW2006', { file: 'a.json', line: 2, column: 1, pointer: '/a/b' }],
      ['LW2006', { file: 'a.json', line: 3, column: 1, pointer: '/a' }],
    ]);
  });

  test('finds duplicates that differ only in their escapes', () => {
    expect(firstProblem('{"a":1,"\\u0061":2}').code).toBe('LW2006');
  });

  test('bounds nesting before anything recurses', () => {
    expect(firstProblem('['.repeat(1_000_000)).code).toBe('LW2007');
    expect(firstProblem('{"a":'.repeat(1000)).code).toBe('LW2007');
    expect(parseJson(`${'['.repeat(256)}${']'.repeat(256)}`, 'a.json').ok).toBe(true);
  });

  test('never repeats the text in a problem', () => {
    for (const text of ['{"password": hunter2}', '{"password": "hunter2}', '["hunter2\\q"]', 'hunter2']) {
      expect(firstProblem(text).message).not.toContain('hunter2');
    }
  });

  test('reads escaped keys right, whatever was read before', () => {
    for (const key of ['\\', '"', '\n', '\\"', '"x', '\\\\a', '\\ab', '\u0001', 'C:\\', '/']) {
      const text = JSON.stringify({ shape: 1, [key]: [12345678901234567890n.toString(), { [key]: null }] });
      const escaped = text.replaceAll('/', '\\/');
      expect(Object.keys(read(escaped) as object)).toEqual(['shape', key]);
    }
  });

  test('keeps __proto__ as plain data', () => {
    const value = read('{"__proto__":{"admin":true},"id":9007199254740993}');
    expect(Object.keys(value as object)).toEqual(['__proto__', 'id']);
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  });

  test('reads what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(undefined, 2), (value, space) => {
        const text = JSON.stringify(value, withoutLongNumbers, space);
        expect(JSON.stringify(read(text), null, space)).toBe(text);
      }),
    );
  });

  test('accepts exactly what JSON.parse accepts, duplicates and depth apart', () => {
    const fragments = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"b":1',
      '1',
      '-0.5e+1',
      'true',
      ' ',
      '\n',
      '"\\u00e9"',
      '"',
      '\\',
    );
    fc.assert(
      fc.property(fc.array(fragments, { maxLength: 14 }), (parts) => {
        const text = parts.join('');
        const parsed = parseJson(text, 'a.json');
        const isDuplicate = !parsed.ok && parsed.problems[0]?.code === 'LW2006';
        expect(parsed.ok || isDuplicate).toBe(isJson(text));
      }),
      { numRuns: 2000 },
    );
  });

  test('every pointer leads to the text of its value', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 5 }), (value) => {
        const text = JSON.stringify(value, null, 1);
        const parsed = parseJson(text, 'a.json');
        if (!parsed.ok) throw new Error('unexpected');
        for (const key of Object.keys(value)) {
          const pointer = `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
          const place = parsed.value.placeOf(pointer);
          const line = text.split('\n')[(place?.line ?? 0) - 1];
          expect(line?.slice((place?.column ?? 0) - 1).startsWith(JSON.stringify(key))).toBe(true);
        }
      }),
    );
  });
});

test('parseJsonLines counts lines over the whole file and reports every bad one', () => {
  const parsed = parseJsonLines('{"a":1}\r\n\n{"b":\n{"c":3,"c":4}\n', 'a.jsonl');
  expect(parsed.ok ? [] : parsed.problems.map((found) => [found.code, found.place?.line])).toEqual([
    ['LW2005', 3],
    ['LW2006', 4],
  ]);
  const good = parseJsonLines('{"a":1}\n[2]\n', 'a.jsonl');
  expect(good.ok && good.value.map((document) => document.value)).toEqual([{ a: 1 }, [2]]);
  expect(good.ok && good.value[1]?.placeOf('/0')).toMatchObject({ line: 2, column: 2 });
});

/** Integers that a double cannot hold stay text; that has its own test. */
function withoutLongNumbers(_key: string, value: unknown): unknown {
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? 0 : value;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
