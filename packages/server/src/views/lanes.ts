import type { Severity, Verdict } from '@leeway/core';
import { severities, verdicts } from '@leeway/core';
import type { CountedBy } from '@leeway/store';
import type { z } from 'zod';
import type { lane } from '../contract/timeline.ts';

export type Lane = z.output<typeof lane>;

/** By how much something moved at a moment, in milliseconds. */
export interface Move extends Pick<CountedBy, 'environment' | 'layer' | 'verdict' | 'severity'> {
  readonly at: number;
  readonly delta: number;
}

interface Range {
  /** Milliseconds. */
  readonly from: number;
  readonly to: number;
}

type Open = Pick<Move, 'environment' | 'layer' | 'verdict' | 'severity'>;

/**
 * How each lane stood over a range: from what is open at its end back over what moved. Stretches that look the same are
 * one. A lane has nothing to say of the time before `firstAt`, the first scan of its environment.
 */
export function drawLanes(
  range: Range,
  open: readonly Open[],
  moves: readonly Move[],
  names: readonly Pick<Lane, 'environment' | 'layer'>[],
  firstAt: ReadonlyMap<string, string>,
): Lane[] {
  const keyOf = ({ environment, layer }: { readonly environment: string; readonly layer?: string | undefined }) =>
    `${environment} ${layer ?? ''}`;
  const byLayer = names.some(({ layer }) => layer !== undefined);
  const laneOf = (one: Open) => keyOf(byLayer ? one : { environment: one.environment });
  const openBy = Map.groupBy(open, laneOf);
  const movesBy = Map.groupBy(moves, laneOf);
  return names.map((name) => {
    const first = firstAt.get(name.environment);
    const known = first === undefined ? range.to : Date.parse(first);
    return { ...name, segments: walkBack(range, openBy.get(keyOf(name)) ?? [], movesBy.get(keyOf(name)) ?? [], known) };
  });
}

type Segment = Lane['segments'][number];

function walkBack(range: Range, open: readonly Open[], moves: readonly Move[], known: number): Segment[] {
  const counts = new Map<string, number>();
  const add = ({ verdict, severity }: Open, number: number) => {
    const key = `${severity} ${verdict}`;
    counts.set(key, (counts.get(key) ?? 0) + number);
  };
  for (const one of open) add(one, 1);
  const segments: Segment[] = [];
  let end = range.to;
  const put = (from: number, to: number) => {
    if (to <= from) return;
    // Nothing is known of what lies before the first scan.
    if (from < known && known < to) {
      segments.push(segment(known, to, counts, true), segment(from, known, new Map(), false));
    } else segments.push(segment(from, to, from < known ? new Map() : counts, from >= known));
  };
  for (const move of moves.toSorted((left, right) => right.at - left.at)) {
    if (move.at <= range.from) break;
    const at = Math.min(move.at, range.to);
    put(at, end);
    end = Math.min(end, at);
    add(move, -move.delta);
  }
  put(range.from, end);
  return merge(segments.reverse());
}

function segment(from: number, to: number, counts: ReadonlyMap<string, number>, checked: boolean): Segment {
  const held = [...counts].filter(([, number]) => number > 0).map(([key]) => key.split(' ') as [Severity, Verdict]);
  const [worst] = held.toSorted(
    ([severity, verdict], [otherSeverity, otherVerdict]) =>
      severities.indexOf(otherSeverity) - severities.indexOf(severity) ||
      verdicts.indexOf(verdict) - verdicts.indexOf(otherVerdict),
  );
  const open = [...counts.values()].reduce((sum, number) => sum + Math.max(0, number), 0);
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    open,
    ...(worst && { severity: worst[0], verdict: worst[1] }),
    checked,
  };
}

function merge(segments: readonly Segment[]): Segment[] {
  const merged: Segment[] = [];
  for (const next of segments) {
    const last = merged.at(-1);
    const isSame =
      last?.open === next.open &&
      last.verdict === next.verdict &&
      last.severity === next.severity &&
      last.checked === next.checked;
    if (last && isSame) merged[merged.length - 1] = { ...last, to: next.to };
    else merged.push(next);
  }
  return merged;
}
