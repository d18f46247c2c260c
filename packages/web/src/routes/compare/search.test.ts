import { describe, expect, it } from 'vitest';
import { parseCompareSearch, readSide, writeSide } from './search.ts';

describe('a side of a comparison in an address', () => {
  it.each([
    ['production-eu', { environment: 'production-eu', as: 'last', detail: '' }],
    [
      'production-eu@2026-11-30T08:00:00Z',
      { environment: 'production-eu', as: 'moment', detail: '2026-11-30T08:00:00Z' },
    ],
    ['production-eu@declared', { environment: 'production-eu', as: 'declared', detail: '' }],
    ['production-eu@declared:3f2a9c1', { environment: 'production-eu', as: 'declared', detail: '3f2a9c1' }],
  ] as const)('%s', (text, parts) => {
    expect(readSide(text)).toEqual(parts);
    expect(writeSide(parts)).toBe(text);
  });

  it('a moment that nobody named yet is the last reading', () => {
    expect(writeSide({ environment: 'test', as: 'moment', detail: '' })).toBe('test');
  });
});

it('an address keeps what it knows and forgets the rest', () => {
  expect(parseCompareSearch({ left: 'a', right: 'b', show: 'all', layer: 'erp', other: 'x' })).toEqual({
    left: 'a',
    right: 'b',
    show: 'all',
    layer: 'erp',
  });
  expect(parseCompareSearch({ show: 'nonsense' })).toEqual({});
});
