import { expect, test } from 'vitest';
import { draftFor, isComplete, wishOf } from './approval-wish.ts';

const draft = draftFor({ owner: 'team-warehouse' }, new Date('2026-11-23T12:00:00Z'));

test('a draft comes with the owner, pins the value and ends', () => {
  expect(draft).toMatchObject({ owner: 'team-warehouse', constraint: 'pinned', lastDay: '2027-02-21' });
  expect(isComplete(draft)).toBe(false);
  expect(isComplete({ ...draft, reason: 'Peak season' })).toBe(true);
});

test('what is asked for ends at the end of its day in the zone of who asks', () => {
  expect(wishOf('3f2a', { ...draft, reason: ' Peak season ', ticket: ' OPS-1 ' }, 'Europe/Amsterdam')).toEqual({
    fingerprint: '3f2a',
    reason: 'Peak season',
    owner: 'team-warehouse',
    category: 'other',
    expires: '2027-02-21T23:59[Europe/Amsterdam]',
    allEnvironments: false,
    ticket: 'OPS-1',
  });
});

test('one constraint is asked for, never two', () => {
  expect(wishOf('3f2a', { ...draft, constraint: 'atMost', limit: ' 4 ' }, 'UTC')).toMatchObject({ atMost: '4' });
  expect(wishOf('3f2a', { ...draft, constraint: 'oneOf', limit: 'a\n\n b ' }, 'UTC')).toMatchObject({
    oneOf: ['a', 'b'],
  });
  expect(isComplete({ ...draft, reason: 'Peak season', constraint: 'atMost', limit: ' ' })).toBe(false);
});
