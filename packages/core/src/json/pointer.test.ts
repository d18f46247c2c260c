import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  escapeToken,
  formatSelector,
  hasPlace,
  matchesPointer,
  matchesWildcard,
  parsePointer,
  resolvePointer,
} from './pointer.ts';

const group = {
  ingress: [
    { from_port: 22, protocol: 'tcp', cidr_blocks: ['10.0.0.0/8'] },
    { from_port: 443, protocol: 'tcp', cidr_blocks: ['0.0.0.0/0'] },
  ],
  'a/b': { 'c~d': { '[e]': 1 } },
  list: [['x'], 'y'],
};

describe('resolvePointer', () => {
  test.each([
    ['', group],
    ['/ingress/0/from_port', 22],
    ['/ingress[from_port=443]/cidr_blocks/0', '0.0.0.0/0'],
    ['/ingress[from_port=443,protocol=tcp]/protocol', 'tcp'],
    ['/a~1b/c~0d/~2e]', 1],
    ['/list[=y]', 'y'],
    ['/list/0/0', 'x'],
    ['/ingress[from_port=80]', undefined],
    ['/ingress/02', undefined],
    ['/constructor', undefined],
    ['/__proto__', undefined],
    ['no slash', undefined],
    ['/ingress[from_port=22', undefined],
  ])('%s', (pointer, expected) => expect(resolvePointer(group, pointer)).toEqual(expected));
});

test('a key survives being a token', () => {
  fc.assert(
    fc.property(fc.string(), (key) => {
      expect(parsePointer(`/${escapeToken(key)}`)).toEqual([{ key }]);
    }),
  );
});

test('a selector survives being written', () => {
  const fields = fc.dictionary(fc.string({ minLength: 1 }), fc.string(), { minKeys: 1, maxKeys: 3 });
  fc.assert(
    fc.property(fields, (selector) => {
      const tokens = parsePointer(`/list${formatSelector(selector)}/x`);
      expect(tokens?.[0]?.key).toBe('list');
      expect({ ...tokens?.[0]?.selector }).toEqual({ ...selector });
      expect(tokens?.[1]).toEqual({ key: 'x' });
    }),
  );
});

describe('matchesPointer', () => {
  test.each([
    ['/spec/replicas', '/spec/replicas', true],
    ['/spec/*', '/spec/replicas', true],
    ['/spec/*', '/spec/a/b', false],
    ['/**', '/spec/a/b', true],
    ['/**/image', '/spec/containers[name=app]/image', true],
    ['/spec/containers/image', '/spec/containers[name=app]/image', true],
    ['/spec/containers[name=app]/image', '/spec/containers[name=app]/image', true],
    ['/spec/containers[name=a*]/image', '/spec/containers[name=app]/image', true],
    ['/spec/containers[name=web]/image', '/spec/containers[name=app]/image', false],
    ['/spec/containers[name=app]/image', '/spec/containers/image', false],
    ['/spec/containers/*/image', '/spec/containers[name=app]/image', true],
    ['/spec/containers/*/image', '/spec/containers/0/image', true],
    ['/spec/containers/*', '/spec/containers[name=app]', true],
    ['/spec/containers/*', '/spec/containers[name=app]/image', true],
    ['/spec/containers/*/env/*/value', '/spec/containers[name=app]/env[name=A]/value', true],
    ['/spec/containers[name=web]/*/image', '/spec/containers[name=app]/image', false],
    ['/**/*/image', '/containers[name=app]/image', true],
    ['', '', true],
    ['', '/spec', false],
    ['/**/env/**', '/a/env', true],
  ])('%s against %s: %s', (pattern, pointer, expected) => expect(matchesPointer(pattern, pointer)).toBe(expected));
});

describe('matchesWildcard', () => {
  test.each([
    ['prod*', 'production', true],
    ['*-eu', 'production-eu', true],
    ['a*b*c', 'a1b2c', true],
    ['a*b*c', 'acb', false],
    ['aa*aa', 'aaa', false],
    ['*', '', true],
    ['exact', 'exact', true],
  ])('%s against %s: %s', (pattern, text, expected) => expect(matchesWildcard(pattern, text)).toBe(expected));
});

test('hasPlace looks through lists and wildcards', () => {
  expect(hasPlace(group, '/ingress/*/cidr_blocks')).toBe(true);
  expect(hasPlace(group, '/ingress[from_port=9]/cidr_blocks')).toBe(true);
  expect(hasPlace(group, '/ingress[from_port=9]/cidr_block')).toBe(false);
  expect(hasPlace(group, '/**/protocol')).toBe(true);
  expect(hasPlace(group, '/egress')).toBe(false);
});
