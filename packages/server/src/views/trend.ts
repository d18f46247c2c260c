import type { CountedBy } from '@leeway/store';
import type { FindingIndex } from './finding-index.ts';

const dayMilliseconds = 86_400_000;

/** The day (UTC) of a moment in milliseconds: `2026-11-30`. */
export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/**
 * Open findings at the end of each of the last days, oldest first, by row: from what is open now back over what each day
 * moved. `rowOf` names the row something is counted in; undefined where it is in none.
 */
export function trends(
  { entries, days }: FindingIndex,
  rowOf: (
    counted: Pick<CountedBy, 'environment' | 'layer'> & { readonly workload: string | null },
  ) => string | undefined,
  last: number,
  length: number,
): ReadonlyMap<string, number[]> {
  const counts = new Map<string, number>();
  for (const { silenced, workload = null, environment, layer } of entries) {
    const row = silenced ? undefined : rowOf({ environment, layer, workload });
    if (row !== undefined) counts.set(row, (counts.get(row) ?? 0) + 1);
  }
  const moved = movesByRow(days, rowOf, dayOf(last - (length - 1) * dayMilliseconds));
  const rows = new Set([...counts.keys(), ...moved.keys()]);
  return new Map(
    [...rows].map((row) => [row, walkBack(counts.get(row) ?? 0, moved.get(row) ?? new Map(), last, length)]),
  );
}

function movesByRow(
  days: FindingIndex['days'],
  rowOf: Parameters<typeof trends>[1],
  first: string,
): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const moved = new Map<string, Map<string, number>>();
  for (const [day, deltas] of days) {
    if (day < first) continue;
    for (const counted of deltas) {
      const row = rowOf(counted);
      if (row === undefined) continue;
      const own = moved.get(row) ?? new Map<string, number>();
      own.set(day, (own.get(day) ?? 0) + counted.delta);
      moved.set(row, own);
    }
  }
  return moved;
}

function walkBack(now: number, moved: ReadonlyMap<string, number>, last: number, length: number): number[] {
  const lastDay = dayOf(last);
  // A scan after the last day shown is taken back first.
  let open = now - [...moved].reduce((sum, [day, delta]) => (day > lastDay ? sum + delta : sum), 0);
  const points: number[] = [];
  for (let back = 0; back < length; back++) {
    points.push(open);
    open -= moved.get(dayOf(last - back * dayMilliseconds)) ?? 0;
  }
  return points.reverse();
}
