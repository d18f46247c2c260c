import { expect, test } from 'vitest';
import { parseSearch, stringifySearch, toggled } from '../../api/search-params.ts';
import { filterCount, filterOf, parseFindingsSearch } from './search.ts';

const read = (text: string) => parseFindingsSearch(parseSearch(text));

test('filters go into an address and come back as they were', () => {
  const address =
    '?environment=production-eu,production-us&severity=high,critical&q=orders 5432&sort=newest&open=3f2a9c1b';
  const search = read(address);
  expect(search).toEqual({
    environment: 'production-eu,production-us',
    severity: 'high,critical',
    q: 'orders 5432',
    sort: 'newest',
    open: '3f2a9c1b',
  });
  expect(read(stringifySearch(search))).toEqual(search);
});

test('addresses stay readable', () => {
  expect(stringifySearch({ environment: 'a,b', since: '2026-11-22T10:00:00.000Z', q: '' })).toBe(
    '?environment=a,b&since=2026-11-22T10:00:00.000Z',
  );
});

test('what an address may not say is left out, and defaults are not said', () => {
  expect(read('?state=everything&sort=severity&state=open&since=yesterday&open=../x&unknown=1')).toEqual({});
});

test('a filter is put in and taken out of its list', () => {
  expect(toggled(undefined, 'high')).toBe('high');
  expect(toggled('high', 'critical')).toBe('high,critical');
  expect(toggled('high,critical', 'high')).toBe('critical');
  expect(toggled('critical', 'critical')).toBeUndefined();
});

test('the state, the order and the open finding narrow nothing', () => {
  const search = read('?state=approved&sort=newest&open=3f2a&layer=erp&q=x');
  expect(filterCount(filterOf(search))).toBe(2);
});
