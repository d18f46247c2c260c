import { describe, expect, it } from 'vitest';
import { describeDistance, formatInstant } from './instant.ts';

describe('instants', () => {
  it.each([
    ['2026-11-23T14:32:09.5Z', '2026-11-23 14:32 UTC'],
    ['2027-03-31T23:59:00+02:00', '2027-03-31 21:59 UTC'],
    ['2027-03-31T23:59[Europe/Brussels]', '2027-03-31 21:59 UTC'],
    ['2026-09-25T18:00[America/New_York]', '2026-09-25 22:00 UTC'],
    ['next Tuesday', 'next Tuesday'],
  ])('%s is shown as %s', (text, shown) => {
    expect(formatInstant(text)).toBe(shown);
  });

  it('are apart by whole days of their real distance', () => {
    expect(describeDistance('2026-09-25T20:00:00Z', '2026-09-26T18:00[America/New_York]')).toBe('in 1 day');
    expect(describeDistance('2026-09-25T23:00:00Z', '2026-09-25T18:00[America/New_York]')).toBe('today, already past');
  });
});
