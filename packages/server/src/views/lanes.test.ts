import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawLanes, type Move } from './lanes.ts';

const hour = 3_600_000;
const start = Date.parse('2026-11-30T00:00:00Z');
const range = { from: start, to: start + 24 * hour };
const of = { environment: 'test', layer: 'erp', verdict: 'drift', severity: 'high' };
const firstAt = new Map([['test', '2026-11-01T00:00:00Z']]);
const draw = (open: number, moves: readonly Move[], first = firstAt) =>
  drawLanes(
    range,
    Array.from({ length: open }, () => of),
    moves,
    [{ environment: 'test' }],
    first,
  )[0]?.segments ?? [];

describe('a lane', () => {
  it('goes back from what is open over what moved', () => {
    const moves = [
      { ...of, at: start + 6 * hour, delta: 2 },
      { ...of, at: start + 18 * hour, delta: -1 },
    ];
    expect(draw(1, moves).map(({ from, open, verdict }) => [from.slice(11, 16), open, verdict])).toEqual([
      ['00:00', 0, undefined],
      ['06:00', 2, 'drift'],
      ['18:00', 1, 'drift'],
    ]);
  });

  it('knows nothing of the time before the first scan', () => {
    const first = new Map([['test', new Date(start + 6 * hour).toISOString()]]);
    const segments = draw(3, [{ ...of, at: start + 6 * hour, delta: 3 }], first);
    expect(segments.map(({ open, checked }) => [open, checked])).toEqual([
      [0, false],
      [3, true],
    ]);
    expect(draw(0, [], new Map()).map(({ checked }) => checked)).toEqual([false]);
  });

  it('shows the worst of what is open then', () => {
    const pending = { ...of, verdict: 'pending', severity: 'low', at: start + 2 * hour, delta: 1 };
    const lanes = drawLanes(
      range,
      [of, pending],
      [pending, { ...of, at: start + 12 * hour, delta: 1 }],
      [{ environment: 'test', layer: 'erp' }],
      firstAt,
    );
    expect(lanes[0]?.segments.map(({ verdict, severity }) => [verdict, severity])).toEqual([
      [undefined, undefined],
      ['pending', 'low'],
      ['drift', 'high'],
    ]);
  });

  it('covers its range without gaps or overlaps, and never counts below nothing', () => {
    const moves = fc.array(
      fc.record({
        at: fc.integer({ min: start - hour, max: range.to + hour }),
        delta: fc.integer({ min: -3, max: 3 }),
      }),
    );
    fc.assert(
      fc.property(fc.nat(5), moves, (open, given) => {
        const segments = draw(
          open,
          given.map((move) => ({ ...of, ...move })),
        );
        expect(segments[0]?.from).toBe(new Date(range.from).toISOString());
        expect(segments.at(-1)?.to).toBe(new Date(range.to).toISOString());
        for (const [index, { to, open: count }] of segments.entries()) {
          expect(count).toBeGreaterThanOrEqual(0);
          if (segments[index + 1]) expect(segments[index + 1]?.from).toBe(to);
        }
      }),
    );
  });
});
