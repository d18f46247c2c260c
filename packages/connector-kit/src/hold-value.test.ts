import type { Kind, Resource } from '@leeway/core';
import { describe, expect, it } from 'vitest';
import { allowWriting, holdValue } from './hold-value.ts';
import { sealWith } from './seal.ts';

const seal = sealWith('a key for tests only');
const kind: Kind = { name: 'shelf.item', title: 'item', layer: 'erp', version: 1, noise: { secret: ['/pin'] } };
const found: Resource = { kind: 'shelf.item', key: 'a', attributes: { width: 20, pin: '4711', gone: null } };

function hold(change: { path: string; expected: unknown }, resource: Resource | undefined = found) {
  const { path } = change;
  const expected = change.expected as never;
  return holdValue(
    { kind: 'shelf.item', key: 'a', path, expected, value: 1 },
    { system: 'Shelf', kind, found: resource },
    { seal },
  );
}

const codeOf = (result: ReturnType<typeof hold>) => (result.ok ? 'written' : result.problems[0]?.code);

describe('the value a write replaces', () => {
  it.each([
    ['as expected', '/width', 20, 'written'],
    ['absent, as expected', '/height', undefined, 'written'],
    ['moved', '/width', 25, 'LW3161'],
    ['of another type', '/width', '20', 'LW3161'],
    ['null where nothing was expected', '/gone', undefined, 'LW3161'],
    ['a secret, by its digest', '/pin', seal('4711'), 'LW3162'],
    ['a secret, in clear', '/pin', '4711', 'LW3161'],
  ])('%s', (_, path, expected, code) => expect(codeOf(hold({ path, expected }))).toBe(code));

  it('is not there at all', () => {
    const gone = holdValue(
      { kind: 'shelf.item', key: 'a', path: '/width', expected: 20, value: 1 },
      { system: 'Shelf', kind, found: undefined },
      { seal },
    );
    expect(codeOf(gone)).toBe('LW3163');
  });
});

describe('a source', () => {
  it('is read-only unless its settings say otherwise', () => {
    expect(allowWriting('Shelf', { writable: true })).toEqual({ ok: true, value: true });
    for (const writable of [false, undefined]) {
      expect(allowWriting('Shelf', { writable })).toMatchObject({ ok: false, problems: [{ code: 'LW3160' }] });
    }
  });
});
