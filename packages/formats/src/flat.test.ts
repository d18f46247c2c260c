import type { Json, Result } from '@leeway/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ParsedDocument } from './document.ts';
import { parseDotenv } from './dotenv.ts';
import { formatOf } from './format-of.ts';
import { parseIni } from './ini.ts';
import { parseProperties } from './properties.ts';
import { parseToml } from './toml.ts';

function read(parsed: Result<ParsedDocument>): Json {
  if (!parsed.ok) throw new Error(parsed.problems[0]?.message);
  return parsed.value.value;
}

function placesOf(parsed: Result<ParsedDocument>, ...pointers: string[]) {
  if (!parsed.ok) throw new Error(parsed.problems[0]?.message);
  return pointers.map((pointer) => {
    const place = parsed.value.placeOf(pointer);
    return `${place?.line}:${place?.column}`;
  });
}

function problemsOf(parsed: Result<ParsedDocument>) {
  return parsed.ok ? [] : parsed.problems.map((found) => `${found.place?.line}:${found.place?.column} ${found.code}`);
}

describe('parseProperties', () => {
  test('follows java.util.Properties', () => {
    const text = [
      '# comment',
      '! comment',
      'server.port=8080',
      '  spaced : value with  spaces ',
      'bare value',
      'empty',
      'path=C:\\\\data\\tx',
      'list=a,\\',
      '     b,\\',
      '     c',
      'key\\ with\\=odd\\:signs=\\u00e9\\q',
      'even=ends with slash\\\\',
      'last=1',
    ].join('\r\n');
    expect(read(parseProperties(text, 'a.properties'))).toEqual({
      'server.port': '8080',
      spaced: 'value with  spaces ',
      bare: 'value',
      empty: '',
      path: 'C:\\data\tx',
      list: 'a,b,c',
      'key with=odd:signs': 'éq',
      even: 'ends with slash\\',
      last: '1',
    });
  });

  test('a repeated key takes its last value and warns', () => {
    const parsed = parseProperties('a=1\na=2\n', 'a.properties');
    expect(read(parsed)).toEqual({ a: '2' });
    expect(parsed.ok && parsed.warnings?.map((found) => [found.code, found.place?.line])).toEqual([['LW2006', 2]]);
  });

  test('places keys', () => {
    expect(placesOf(parseProperties('# c\n  a=1\nb=\\\n 2\n', 'a.properties'), '/a', '/b', '/none')).toEqual([
      '2:3',
      '3:1',
      '1:1',
    ]);
  });

  test('reads any map it is written as', () => {
    const escapeAll = (text: string) =>
      Array.from(text, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
    const unit = fc.string({ unit: 'binary-ascii', minLength: 1 });
    fc.assert(
      fc.property(fc.dictionary(unit, unit), (map) => {
        const text = Object.entries(map)
          .map(([key, value]) => `${escapeAll(key)}=${escapeAll(value)}`)
          .join('\n');
        expect(read(parseProperties(text, 'a.properties'))).toEqual({ ...map });
      }),
    );
  });
});

describe('parseDotenv', () => {
  test('reads quotes, export, comments and several lines', () => {
    const text =
      'export A=1\n# note\nB="x\\ny \\"z\\" \\$5"\nC=\'raw \\n\nline\' # after\nD=a b # c\nE=\nF=`q`\nG="$A"\nH = v#w\n  I: yaml\n';
    expect(read(parseDotenv(text, '.env'))).toEqual({
      A: '1',
      B: 'x\ny "z" $5',
      C: 'raw \\n\nline',
      D: 'a b',
      E: '',
      F: 'q',
      G: '$A',
      H: 'v#w',
      I: 'yaml',
    });
  });

  test('reports every line it cannot read and repeats none of them', () => {
    const parsed = parseDotenv('A=1\nhunter2\nB="hunter2\nC=1', '.env');
    expect(problemsOf(parsed)).toEqual(['2:1 LW2005', '3:1 LW2005']);
    expect(JSON.stringify(parsed)).not.toContain('hunter2');
  });

  test('places keys', () => {
    expect(placesOf(parseDotenv('A="1\n2"\nexport B=3\n', '.env'), '/A', '/B')).toEqual(['1:1', '3:8']);
  });
});

describe('parseIni', () => {
  test('keeps section names whole and values as texts', () => {
    const text =
      '; top\nroot = 1\n[database "main.eu"]\n\turl = postgres://db ; note\n\tflag\n[a.b]\nx = "q # r" # c\ny=1\ny=2\nz = a,\n    b = c\n[a.b]\nw: p\n';
    expect(read(parseIni(text, 'a.ini'))).toEqual({
      root: '1',
      'database "main.eu"': { url: 'postgres://db', flag: true },
      'a.b': { x: 'q # r', y: ['1', '2'], z: 'a,\nb = c', w: 'p' },
    });
  });

  test('reports what is not a header or a key', () => {
    expect(problemsOf(parseIni('[open\n= 1\n[]\nk=1\n[k]\n', 'a.ini'))).toEqual([
      '1:1 LW2005',
      '2:1 LW2005',
      '3:1 LW2005',
      '5:1 LW2006',
    ]);
  });

  test('places sections and keys', () => {
    expect(placesOf(parseIni('a=1\n[s.t]\n  b = 2\n', 'a.ini'), '/a', '/s.t', '/s.t/b', '/s.t/c')).toEqual([
      '1:1',
      '2:1',
      '3:3',
      '2:1',
    ]);
  });

  test('keeps __proto__ as plain data', () => {
    expect(Object.keys(read(parseIni('[__proto__]\nadmin=1\n', 'a.ini')) as object)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  });
});

describe('parseToml', () => {
  test('reads tables, arrays of tables, dates and long integers', () => {
    const text =
      'a.b = 1\nd = 1979-05-27\nn = 9007199254740993\ni = inf\n[x."y.z"]\nk = [1,\n 2]\n[[p]]\nq = 1\n[[p]]\nq = 2\n[p.r]\ns = true\n';
    expect(read(parseToml(text, 'a.toml'))).toEqual({
      a: { b: 1 },
      d: '1979-05-27',
      n: '9007199254740993',
      i: 'Infinity',
      x: { 'y.z': { k: [1, 2] } },
      p: [{ q: 1 }, { q: 2, r: { s: true } }],
    });
    expect(placesOf(parseToml(text, 'a.toml'), '/a/b', '/x/y.z/k/1', '/p/1/q', '/p/1/r/s', '/p/0', '/none')).toEqual([
      '1:1',
      '6:1',
      '11:1',
      '13:1',
      '8:1',
      '1:1',
    ]);
  });

  test('is not misled by text that looks like keys or headers', () => {
    const text = 'a = """\n[no]\nx = 1\n"""\nb = [ # [no]\n  "]", \'\'\'\n[[no]]\n\'\'\' ]\n  c = 1\n';
    expect(placesOf(parseToml(text, 'a.toml'), '/a', '/b', '/c', '/no')).toEqual(['1:1', '5:1', '9:3', '1:1']);
  });

  test('reports syntax and depth with a place', () => {
    expect(problemsOf(parseToml('a = 1\nb = \n', 'a.toml'))).toEqual(['2:5 LW2005']);
    expect(problemsOf(parseToml('a = 1\na = 2\n', 'a.toml'))).toEqual(['2:1 LW2005']);
    expect(problemsOf(parseToml(`a = ${'['.repeat(5000)}`, 'a.toml'))[0]).toContain('LW2007');
    expect(problemsOf(parseToml(`${'a.'.repeat(5000)}b = 1`, 'a.toml'))[0]).toContain('LW2007');
  });

  test('never repeats the text in a problem', () => {
    expect(JSON.stringify(parseToml('password = hunter2\n', 'a.toml'))).not.toContain('hunter2');
  });
});

test.each([
  ['deploy/values.yaml', 'yaml'],
  ['a.YML', 'yaml'],
  ['terraform.tfstate', 'json'],
  ['.env', 'dotenv'],
  ['apps/.env.production', 'dotenv'],
  ['production.env', 'dotenv'],
  ['my.cnf', 'ini'],
  ['application.properties', 'properties'],
  ['pyproject.toml', 'toml'],
  ['nginx.conf', undefined],
  ['Makefile', undefined],
])('formatOf(%s) is %s', (path, format) => {
  expect(formatOf(path)).toBe(format);
});
