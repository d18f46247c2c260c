import { afterAll, describe, expect, test } from 'vitest';
import { loadCases, parseCase } from './corpus/case-file.ts';
import { readTable } from './corpus/readme.ts';
import { runCase } from './corpus/run-case.ts';
import { describeDeviations, type Outcome, scoreCase, scoreTable } from './corpus/score.ts';

const cases = loadCases();
const outcomes: Outcome[] = [];

test.each(cases)('$name: $title', async (given) => {
  const outcome = scoreCase(given, await runCase(given));
  outcomes.push(outcome);
  expect(describeDeviations(outcome)).toEqual([]);
});

afterAll(() => process.stdout.write(`\n${scoreTable(outcomes)}\n`));

test('the README tells how the cases stand (node checks/cases.ts --write)', ({ skip }) => {
  skip(outcomes.length < cases.length, 'only some of the cases ran');
  expect(readTable()).toBe(scoreTable(outcomes));
});

test('half of the cases are silent, half are not', () => {
  const silent = cases.filter(({ expect }) => expect === 'silent').length;
  expect(cases.length).toBeGreaterThanOrEqual(240);
  expect(Math.abs(silent / cases.length - 0.5)).toBeLessThan(0.05);
});

test('every case says something of its own', () => {
  const titles = cases.map(({ connector, title }) => `${connector}: ${title}`);
  expect(titles.filter((title, at) => titles.indexOf(title) !== at)).toEqual([]);
});

describe('a case written wrongly says where', () => {
  const parse = (text: string) => () => parseCase('kubernetes/wrong', text);
  const sides = 'left: { a.yaml: "" }\nright: { b.yaml: "" }\n';

  test.each([
    ['a word nobody knows', `title: x\nbecause: y\n${sides}expect: silent\nexpected: 1`, /wrong\.yaml:1: .*"expected"/],
    ['no reason', `title: x\n${sides}expect: silent`, /because/],
    [
      'no such verdict',
      `title: x\nbecause: y\n${sides}expect:\n  - { verdict: drifted, kind: a, key: b, path: "" }`,
      /:5: expect/,
    ],
    ['the same key twice', `title: x\ntitle: y`, /wrong\.yaml:2/],
    ['no file', 'title: x\nbecause: y\nleft: {}\nright: { a: "" }\nexpect: silent', /:3: left: name a file/],
  ])('%s', (_, text, message) => {
    expect(parse(text)).toThrow(message);
  });
});
