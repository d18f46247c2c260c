import { matchesGlob } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileGlob, literalFolder } from './glob.ts';

test.each([
  ['deploy/*.yaml', 'deploy/a.yaml', true],
  ['deploy/*.yaml', 'deploy/x/a.yaml', false],
  ['deploy/**/*.yaml', 'deploy/a.yaml', true],
  ['deploy/**/*.yaml', 'deploy/x/y/a.yaml', true],
  ['deploy/**', 'deploy/x/y/a.yaml', true],
  ['deploy/**', 'deployment/a.yaml', false],
  ['**/kustomization.{yaml,yml}', 'a/b/kustomization.yml', true],
  ['**/kustomization.{yaml,yml}', 'kustomization.yaml', true],
  ['./a?.sql', 'a1.sql', true],
  ['a?.sql', 'a/.sql', false],
  ['.env*', '.env.production', true],
  ['*', '.env', true],
  ['a+(b).[c]', 'a+(b).[c]', true],
  ['a}b', 'a}b', true],
  ['{a,{b,c}}/x', 'c/x', true],
  ['{a,b', 'b', true],
])('%s on %s is %s', (pattern, path, matches) => {
  expect(compileGlob(pattern).test(path)).toBe(matches);
});

test("agrees with Node's own matching on names without dots and brackets", () => {
  const name = fc.stringMatching(/^[a-c]{1,3}$/);
  const part = fc.oneof(name, fc.constantFrom('*', '**', '?', 'a*', '*b', '{a,bc}'));
  fc.assert(
    fc.property(
      fc.array(part, { minLength: 1, maxLength: 4 }),
      fc.array(name, { minLength: 1, maxLength: 4 }),
      (parts, names) => {
        // A last ** also matches the folder itself in Node; Leeway lists files only.
        fc.pre(parts.at(-1) !== '**');
        const pattern = parts.join('/');
        const path = names.join('/');
        expect(compileGlob(pattern).test(path)).toBe(matchesGlob(path, pattern));
      },
    ),
    { numRuns: 500 },
  );
});

test('the folder all matches lie in', () => {
  expect(['a/b/*.yaml', '**/x', 'a/{b,c}/d', 'a/b', 'x'].map(literalFolder)).toEqual(['a/b', '', 'a', 'a', '']);
});
