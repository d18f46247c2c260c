import { describe, expect, it } from 'vitest';
import { parseTimelineSearch, ticksOf, zoomed } from './search.ts';

const [from, to] = ['2026-11-01T00:00:00.000Z', '2026-11-08T00:00:00.000Z'];

describe('zooming', () => {
  it('takes the part between two points, in whichever order they were set', () => {
    const part = { from: '2026-11-02T00:00:00.000Z', to: '2026-11-03T00:00:00.000Z' };
    expect(zoomed(from, to, 1 / 7, 2 / 7)).toEqual(part);
    expect(zoomed(from, to, 2 / 7, 1 / 7)).toEqual(part);
  });

  it('ends at an hour', () => {
    const { from: begin, to: end } = zoomed(from, to, 0.5, 0.5);
    expect(Date.parse(end) - Date.parse(begin)).toBe(3_600_000);
  });
});

it('an axis has a handful of round times, whatever the range', () => {
  for (const hours of [1, 24, 24 * 7, 24 * 30, 24 * 365, 24 * 730]) {
    const ticks = ticksOf(from, new Date(Date.parse(from) + hours * 3_600_000).toISOString());
    expect(ticks.length, `${hours} h`).toBeGreaterThanOrEqual(1);
    expect(ticks.length, `${hours} h`).toBeLessThanOrEqual(8);
    for (const { at } of ticks) expect(at).toBeGreaterThanOrEqual(0);
  }
});

it('times that are none are forgotten', () => {
  expect(parseTimelineSearch({ from: 'yesterday', to, by: 'layer' })).toEqual({ to, by: 'layer' });
});
