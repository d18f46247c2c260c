import { formatProblem } from '@leeway/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadPack } from './load.ts';
import { locateInScalar } from './locate.ts';

function packWith(fields: string): string {
  return `pack: own
policies:
  - code: OWN001
    title: A test
    severity: high
    kinds: [thing]
    message: It is wrong
    remediation: Mend it
${fields}`;
}

function problemsOf(text: string): readonly string[] {
  const loaded = loadPack(text, 'own.yaml');
  return loaded.ok ? [] : loaded.problems.map((found) => formatProblem(found).split(' Next: ')[0] ?? '');
}

describe('loadPack', () => {
  it('reads policies, their defaults, places and tests', () => {
    const loaded = loadPack(
      packWith('    expression: days(now - now) < 1\n    tests: { fail: [{ attributes: {} }] }\n'),
      'own.yaml',
    );
    expect(loaded).toMatchObject({
      ok: true,
      value: [
        {
          code: 'OWN001',
          pack: 'own',
          params: {},
          usesNow: true,
          place: { file: 'own.yaml', line: 3 },
          tests: { pass: [] },
        },
      ],
    });
  });

  it.each([
    [
      'a variable',
      '    expression: resouce.ok\n',
      ':9:17',
      'Unknown variable: resouce, near `resouce.ok`. Did you mean "resource"?',
    ],
    ['a function', '    expression: resource.list.exits(x, x > 1)\n', ':9:', 'There is no function exits'],
    [
      'a parameter',
      '    params: { limit: 3 }\n    expression: resource.size < params.limt\n',
      ':10:40',
      'Did you mean "limit"?',
    ],
    [
      'a field of the environment',
      '    expression: environment.dimensions.stge == "test"\n',
      ':9:40',
      'Did you mean "stage"?',
    ],
    ['syntax', '    expression: resource.a +\n', ':9:', 'Unexpected token: EOF'],
    ['a type', '    expression: key + 1 == "a"\n', ':9:17', 'no such overload: string + int'],
    ['a condition that is none', '    expression: size(key)\n', ':9:17', 'must be true or false and is of type int'],
    ['a pattern RE2 refuses', '    expression: key.matches("(?=x)")\n', ':9:29', 'RE2 refuses this pattern'],
    ['a reserved name', '    let: { namespace: "1" }\n    expression: "true"\n', ':9:', 'is taken or reserved'],
    [
      'a folded line',
      '    expression: >-\n      key == "a"\n      && resouce.ok\n',
      ':11:10',
      'Unknown variable: resouce',
    ],
    [
      'a literal line',
      '    expression: |\n      key == "a" &&\n        resouce.ok\n',
      ':11:9',
      'Unknown variable: resouce',
    ],
    ['quotes', '    expression: "key == \\"a\\" && resouce.ok"\n', ':9:34', 'Unknown variable: resouce'],
  ])('places a fault of %s', (_name, fields, place, text) => {
    const problems = problemsOf(packWith(fields));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`own.yaml${place}`);
    expect(problems[0]).toContain(text);
  });

  it('checks messages, paths and values as well, and reports all faults', () => {
    const fields = '    expression: resurce.ok\n    value: nothing.here\n    path: "/{{ unknown }}"\n';
    const problems = problemsOf(packWith(fields).replace('It is wrong', '"It is {{ resource.a + }} wrong"'));
    expect(problems.map((text) => /The (\w+) of/.exec(text)?.[1])).toEqual(['expression', 'message', 'path', 'value']);
    expect(problemsOf(packWith('    expression: "true"\n').replace('It is', 'It is {{ open'))[0]).toContain(
      'never closed',
    );
  });

  it('says which field is unknown, missing or of the wrong kind', () => {
    expect(problemsOf(packWith('    expresion: "true"\n'))).toEqual([
      expect.stringMatching(/LW5001 The field "expression" is missing\./),
      expect.stringMatching(/own\.yaml:9:5 LW5001 There is no field "expresion" here\. Did you mean "expression"\?/),
    ]);
    expect(problemsOf(packWith('    expression: "true"\n').replace('high', 'hihg'))[0]).toMatch(
      /own\.yaml:5:5 .*"severity" is string "hihg"/,
    );
    expect(problemsOf(packWith('    expression: !resource.open\n'))[0]).toContain(
      '"expression" is a YAML tag (quote the text)',
    );
    expect(problemsOf('')).toEqual([expect.stringContaining('The file is empty')]);
    expect(problemsOf('pack: a\n---\npack: b\n')).toEqual([expect.stringContaining('own.yaml:3:')]);
  });

  it('refuses a code that is used twice', () => {
    const one = packWith('    expression: "true"\n');
    const problems = problemsOf(one + one.split('policies:\n')[1]);
    expect(problems).toEqual(['own.yaml:10:5 LW5003 The policy code OWN001 is used twice, first at own.yaml:3.']);
  });

  it('answers anything with a value or placed problems', () => {
    const fragment = fc.constantFrom(
      'pack: x',
      'policies:',
      '- code: A1',
      '  kinds: [a]',
      '{',
      '}',
      '&a',
      '*a',
      '"',
      '|',
      '  expression: resource.a',
      '{{',
      ':',
      '\n',
      '\t',
      '💥',
    );
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 30 }), (parts) => {
        const loaded = loadPack(parts.join('\n'), 'fuzz.yaml');
        if (!loaded.ok) for (const found of loaded.problems) expect(found.place?.file).toBe('fuzz.yaml');
      }),
      { numRuns: 300 },
    );
  });
});

describe('locateInScalar', () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 2, maxLength: 8 });

  it.each([
    ['plain', ' ', (parts: readonly string[]) => `a: ${parts.join(' ')}\n`],
    ['double quoted', ' " ', (parts: readonly string[]) => `a: "${parts.join(' \\" ')}"\n`],
    ['single quoted', " ' ", (parts: readonly string[]) => `a: '${parts.join(" '' ")}'\n`],
    ['literal', '\n', (parts: readonly string[]) => `a: |\n  ${parts.join('\n  ')}\n`],
    ['folded', ' ', (parts: readonly string[]) => `a: >-\n    ${parts.join('\n    ')}\n`],
  ])('finds every word of a %s text where it stands', (_style, separator, write) => {
    fc.assert(
      fc.property(words, fc.nat(), (parts, pick) => {
        const unique = parts.map((part, at) => `${part}${at}`);
        const text = write(unique);
        const word = unique[pick % unique.length] ?? '';
        const value = unique.join(separator);
        const { place } = locateInScalar(text, 'f', ['a'], value.indexOf(word)) ?? {};
        const line = text.split('\n')[(place?.line ?? 0) - 1] ?? '';
        expect(line.slice((place?.column ?? 0) - 1).startsWith(word)).toBe(true);
      }),
    );
  });
});
