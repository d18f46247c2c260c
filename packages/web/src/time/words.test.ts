import { expect, test } from 'vitest';
import { daysUntil, exactTime, relativeTime, shortAge } from './words.ts';

const now = Date.parse('2026-11-23T12:00:00Z');

test.each([
  ['2026-11-23T11:59:40Z', 'just now'],
  ['2026-11-23T11:15:00Z', '45 minutes ago'],
  ['2026-11-23T09:00:00Z', '3 hours ago'],
  ['2026-11-22T10:00:00Z', 'yesterday'],
  ['2026-11-09T12:00:00Z', '2 weeks ago'],
  ['2026-11-24T13:00:00Z', 'tomorrow'],
  ['2026-11-23T12:00:20Z', 'in a moment'],
  ['not a time', 'not a time'],
])('%s is %s', (instant, words) => {
  expect(relativeTime(instant, now)).toBe(words);
});

test('an age is short', () => {
  expect(shortAge('2026-11-23T11:15:00Z', now)).toBe('45 min');
  expect(shortAge('2026-11-20T12:00:00Z', now)).toBe('3 d');
  expect(shortAge('2026-08-01T12:00:00Z', now)).toBe('3 mo');
});

test('the exact time names its zone, also across a change of daylight saving', () => {
  expect(exactTime('2026-11-22T21:14:05Z', 'Europe/Amsterdam')).toBe('2026-11-22 22:14:05 Europe/Amsterdam (UTC+1)');
  expect(exactTime('2026-07-22T21:14:05Z', 'Europe/Amsterdam')).toBe('2026-07-22 23:14:05 Europe/Amsterdam (UTC+2)');
  expect(exactTime('2026-11-22T21:14:05Z', 'UTC')).toBe('2026-11-22 21:14:05 UTC');
});

test('days until a time count what has begun', () => {
  expect(daysUntil('2026-11-25T13:00:00Z', now)).toBe(3);
  expect(daysUntil('2026-11-01T13:00:00Z', now)).toBe(0);
});
