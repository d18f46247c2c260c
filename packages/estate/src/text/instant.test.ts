import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { durationPattern, durationSeconds } from './duration.ts';
import { parseInstant } from './instant.ts';

function read(text: string): string {
  const parsed = parseInstant(text);
  return parsed.ok
    ? new Date(parsed.value).toISOString()
    : `${parsed.problems[0]?.code}: ${parsed.problems[0]?.message}`;
}

describe('parseInstant', () => {
  test.each([
    ['2026-12-31T23:59Z', '2026-12-31T23:59:00.000Z'],
    ['2026-12-31T23:59:30+01:00', '2026-12-31T22:59:30.000Z'],
    ['2026-12-31T23:59-0530', '2027-01-01T05:29:00.000Z'],
    ['2026-12-31T23:59[Europe/Brussels]', '2026-12-31T22:59:00.000Z'],
    ['2026-07-31T23:59[Europe/Brussels]', '2026-07-31T21:59:00.000Z'],
    ['2026-07-31T23:59+02:00[Europe/Brussels]', '2026-07-31T21:59:00.000Z'],
    ['2026-12-31T23:59[America/New_York]', '2027-01-01T04:59:00.000Z'],
    ['2026-12-31T23:59[Asia/Kathmandu]', '2026-12-31T18:14:00.000Z'],
    ['2026-12-31T23:59[UTC]', '2026-12-31T23:59:00.000Z'],
  ])('%s is %s', (text, instant) => {
    expect(read(text)).toBe(instant);
  });

  test('a time that the clocks skip counts as the moment after the gap', () => {
    // Brussels goes from 02:00 to 03:00 on 29 March 2026.
    expect(read('2026-03-29T02:30[Europe/Brussels]')).toBe('2026-03-29T01:30:00.000Z');
    expect(read('2026-03-29T01:59[Europe/Brussels]')).toBe('2026-03-29T00:59:00.000Z');
    expect(read('2026-03-29T03:00[Europe/Brussels]')).toBe('2026-03-29T01:00:00.000Z');
  });

  test('a time that occurs twice counts as the first, unless an offset says which', () => {
    // Brussels goes from 03:00 back to 02:00 on 25 October 2026.
    expect(read('2026-10-25T02:30[Europe/Brussels]')).toBe('2026-10-25T00:30:00.000Z');
    expect(read('2026-10-25T02:30+02:00[Europe/Brussels]')).toBe('2026-10-25T00:30:00.000Z');
    expect(read('2026-10-25T02:30+01:00[Europe/Brussels]')).toBe('2026-10-25T01:30:00.000Z');
  });

  test.each(['2026-12-31', '2026-12-31T23:59', '2026-12-31[Europe/Brussels]', '2026-12-31T23:59:00'])(
    'refuses %s and shows the right spelling',
    (text) => {
      const parsed = parseInstant(text);
      expect(parsed.ok ? '' : parsed.problems[0]?.code).toBe('LW1010');
      expect(parsed.ok ? '' : parsed.problems[0]?.hint).toContain('2026-12-31T23:59[Europe/Brussels]');
    },
  );

  test.each([
    ['2026-02-30T12:00Z', 'the calendar has no such day or time'],
    ['2026-13-01T12:00Z', 'the calendar has no such day or time'],
    ['2026-12-31T24:01Z', 'the calendar has no such day or time'],
    ['2026-12-31T23:59[Europe/Brussel]', 'there is no time zone "Europe/Brussel"'],
    ['2026-12-31T23:59+05:00[Europe/Brussels]', 'Europe/Brussels does not have the offset +05:00 then'],
    ['next friday', 'it is not written as date, time and zone'],
  ])('refuses %s: %s', (text, reason) => {
    expect(read(text)).toBe(`LW1011: "${text}" is not a moment in time: ${reason}.`);
  });

  test('gives back any instant written in UTC', () => {
    const minutes = fc.integer({ min: 0, max: 50_000_000 });
    fc.assert(
      fc.property(minutes, (minute) => {
        const instant = minute * 60_000;
        expect(parseInstant(new Date(instant).toISOString())).toEqual({ ok: true, value: instant });
      }),
    );
  });
});

test('durations', () => {
  expect(['90s', '15m', '4h', '1h30m', '14d', '2w'].map(durationSeconds)).toEqual([
    90, 900, 14_400, 5400, 1_209_600, 1_209_600,
  ]);
  expect(['4', '4 h', 'h', '', '-4h', '4H', '1.5h'].filter((text) => durationPattern.test(text))).toEqual([]);
});
