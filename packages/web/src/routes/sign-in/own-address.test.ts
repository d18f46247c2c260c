import { expect, test } from 'vitest';
import { ownAddress } from './own-address.ts';

test('an address of the application is kept, with its filters', () => {
  expect(ownAddress('/findings?severity=high&open=3f2a')).toBe('/findings?severity=high&open=3f2a');
});

test.each([
  undefined,
  '',
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  '\\/evil.example',
  '/\t/evil.example',
  '/sign-in?to=/x',
  'javascript:alert(1)',
])('%j leads to the overview', (to) => {
  expect(ownAddress(to)).toBe('/');
});
