import { expect, test } from 'vitest';
import { listNames, nearest, suggest } from './nearest.ts';

test.each([
  ['prodution', 'production'],
  ['porduction', 'production'],
  ['business_unit', 'businessUnit'],
  ['Region', 'region'],
  ['enviroments', 'environments'],
  ['eu', undefined],
  ['completely-other', undefined],
])('nearest to %s is %s', (name, expected) => {
  expect(nearest(name, ['production', 'staging', 'businessUnit', 'region', 'environments'])).toBe(expected);
});

test('words for hints', () => {
  expect(suggest('stagng', ['staging'])).toBe('Did you mean "staging"? ');
  expect(suggest('x-y-z', ['staging'])).toBe('');
  expect(listNames([])).toBe('(none)');
  expect(listNames(Array.from({ length: 19 }, (_, index) => `e${index}`))).toMatch(/^e0, .*, e15 and 3 more$/);
});
