import { describe, expect, it } from 'vitest';
import { isCron, jitterOf, nextRun } from './cron.ts';

const zone = 'Europe/Amsterdam';

/** The next runs after a moment. */
function runs(cron: string, from: string, count: number): readonly string[] {
  const found: Date[] = [];
  for (let at = new Date(from); found.length < count; at = found.at(-1) ?? at) found.push(nextRun(cron, zone, at));
  return found.map((run) => run.toISOString());
}

describe('runs of a schedule', () => {
  it('make up for the time of day that the change to summer time leaves out', () => {
    expect(runs('30 2 * * *', '2026-03-28T00:00:00Z', 3)).toEqual([
      '2026-03-28T01:30:00.000Z',
      '2026-03-29T01:30:00.000Z',
      '2026-03-30T00:30:00.000Z',
    ]);
  });

  it('come once at the time of day that the change to winter time repeats', () => {
    expect(runs('30 2 * * *', '2026-10-24T12:00:00Z', 2)).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
    ]);
  });

  it('go on every half hour through both changes', () => {
    const halfHours = (from: string) => runs('*/30 * * * *', from, 6).map((run) => Date.parse(run));
    for (const from of ['2026-03-29T00:10:00Z', '2026-10-25T00:10:00Z']) {
      const all = halfHours(from);
      expect(all.slice(1).map((run, at) => run - (all[at] ?? 0))).toEqual(Array(5).fill(1_800_000));
    }
  });
});

describe('cron expressions', () => {
  it.each(['* * * * *', '*/15 6-20 * * 1-5', '0 3 1 * *', '5,35 * * JAN-MAR SUN'])('%s is one', (text) => {
    expect(isCron(text)).toBe(true);
  });
  it.each(['', '* * * *', '* * * * * *', '@daily', '61 * * * *', '0 0 31 2 *', 'H * * * *x', '* * * * ; '])(
    '%s is none',
    (text) => {
      expect(isCron(text)).toBe(false);
    },
  );
});

describe('jitter', () => {
  it('is the same everywhere, within its bounds, and differs between schedules', () => {
    const run = new Date('2026-06-01T10:00:00Z');
    const all = Array.from({ length: 50 }, (_, at) => jitterOf(`schedule-${at}`, run, 60));
    expect(all).toEqual(Array.from({ length: 50 }, (_, at) => jitterOf(`schedule-${at}`, run, 60)));
    expect(all.every((each) => each >= 0 && each < 60_000)).toBe(true);
    expect(new Set(all).size).toBeGreaterThan(40);
    expect(jitterOf('schedule', run, 0)).toBe(0);
  });
});
