import { expect, it } from 'vitest';
import { sendableAt } from './quiet.ts';

const night = { from: '22:00', to: '07:00', zone: 'Europe/Amsterdam', except: 'critical' } as const;

it.each([
  ['2026-06-01T12:00:00Z', '2026-06-01T12:00:00Z'],
  ['2026-06-01T20:30:10Z', '2026-06-02T05:00:00Z'],
  ['2026-06-02T04:59:59Z', '2026-06-02T05:00:00Z'],
  ['2026-06-02T05:00:00Z', '2026-06-02T05:00:00Z'],
  // The night of 23 hours, and the one of 25: both end at seven by the clock on the wall.
  ['2026-03-28T22:00:00Z', '2026-03-29T05:00:00Z'],
  ['2026-10-24T21:00:00Z', '2026-10-25T06:00:00Z'],
])('what comes at %s may be sent at %s', (now, expected) => {
  expect(sendableAt(new Date(now), night, 'high')).toEqual(new Date(expected));
});

it('lets through what is bad enough, and nothing where it says so', () => {
  const now = new Date('2026-06-01T23:00:00Z');
  expect(sendableAt(now, night, 'critical')).toEqual(now);
  expect(sendableAt(now, { ...night, except: 'nothing' }, 'critical')).toEqual(new Date('2026-06-02T05:00:00Z'));
  expect(sendableAt(now, undefined, 'low')).toEqual(now);
});
