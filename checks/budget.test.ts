import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { expect, test } from 'vitest';
import { repositoryRoot, sourceFiles } from './source-files.ts';

const maximumLines = 300;

/** Files that may be longer, each with the reason. */
const exceptions: Readonly<Record<string, string>> = {
  'packages/web/src/api/schema.ts': 'generated from the OpenAPI document',
};

const files = ['packages', 'checks', 'scripts', 'bench', 'lab', 'e2e'].flatMap(sourceFiles);

function lines(file: string): number {
  return readFileSync(file, 'utf8').split('\n').length;
}

test('no source file is longer than its budget', () => {
  const long = files
    .filter((file) => !file.endsWith('.test.ts'))
    .map((file) => [relative(repositoryRoot, file), lines(file)] as const)
    .filter(([file, count]) => count > maximumLines && !(file in exceptions));
  expect(long).toEqual([]);
});

test('no test is left out or left alone', () => {
  const pattern = /\b(?:it|test|describe)\.(?:skip|todo|only)\b/;
  const left = files.filter((file) => file.endsWith('.test.ts') && pattern.test(readFileSync(file, 'utf8')));
  expect(left.map((file) => relative(repositoryRoot, file))).toEqual([]);
});

test('nothing is left to do in the code', () => {
  const marks = new RegExp(`\\b(?:${['TO', 'FIX'].join('DO|')}ME)\\b`);
  expect(
    files.filter((file) => marks.test(readFileSync(file, 'utf8'))).map((file) => relative(repositoryRoot, file)),
  ).toEqual([]);
});
