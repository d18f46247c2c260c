import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ownPath } from './own-path.ts';

test.each(['/', '/findings?severity=high#top', '/compare?left=a@b'])('%s stays', (path) => {
  expect(ownPath(path)).toBe(path);
});

test.each([
  'https://elsewhere.example',
  '//elsewhere.example',
  '/\\elsewhere.example',
  '\\\\elsewhere.example',
  '/\t/elsewhere.example',
  '/%5celsewhere/..//elsewhere.example/..//x',
  'javascript:alert(1)',
  ' //elsewhere.example',
  '/.//elsewhere.example',
  '/..//elsewhere.example',
  '',
  undefined,
  ['/x'],
])('%j leads nowhere else', (asked) => {
  expect(new URL(ownPath(asked), 'https://leeway.example').origin).toBe('https://leeway.example');
});

test('nothing leads elsewhere', () => {
  const parts = fc.array(
    fc.constantFrom('/', '\\', '.', '..', ':', '@', '\t', '\n', 'x', 'evil.example', 'http:', '%2f', '?', '#'),
  );
  fc.assert(
    fc.property(parts, (given) => {
      const path = ownPath(given.join(''));
      expect(path.startsWith('/') && new URL(path, 'https://leeway.example').origin).toBe('https://leeway.example');
    }),
    { numRuns: 2_000 },
  );
});
