import type { z } from 'zod';
import type { matrixCell } from '../contract/overview.ts';
import type { Entry } from './entry.ts';
import { stateOf } from './select.ts';

export type MatrixCell = z.output<typeof matrixCell>;

/** What findings say of a cell. */
export type Tally = Pick<MatrixCell, 'verdict' | 'severity' | 'open' | 'approved' | 'byVerdict' | 'oldest' | 'owners'>;

/** What readings say of a cell. */
export type Coverage = Pick<MatrixCell, 'applies' | 'complete' | 'missing'>;

export const nothingFound: Tally = { open: 0, approved: 0, byVerdict: {}, owners: [] };

/**
 * Sums entries up by the cell they belong to, in one pass; an entry whose key is undefined belongs to none. Entries come
 * worst first, so that the first open one of a cell is its worst. `now` in milliseconds.
 */
export function tallyCells(
  entries: readonly Entry[],
  keyOf: (entry: Entry) => string | undefined,
  now: number,
): ReadonlyMap<string, Tally> {
  const tallies = new Map<string, Tally>();
  for (const entry of entries) {
    const key = keyOf(entry);
    const state = stateOf(entry, now);
    if (key === undefined || (state !== 'open' && state !== 'approved')) continue;
    let tally = tallies.get(key);
    if (!tally) {
      tally = { open: 0, approved: 0, byVerdict: {}, owners: [] };
      tallies.set(key, tally);
    }
    if (state === 'approved') tally.approved++;
    else addOpen(tally, entry);
  }
  return tallies;
}

function addOpen(tally: Tally, { verdict, severity, firstSeen, owner }: Entry): void {
  tally.verdict ??= verdict;
  tally.severity ??= severity;
  tally.open++;
  tally.byVerdict[verdict] = (tally.byVerdict[verdict] ?? 0) + 1;
  if (tally.oldest === undefined || firstSeen < tally.oldest) tally.oldest = firstSeen;
  if (owner !== undefined && !tally.owners.includes(owner)) tally.owners.push(owner);
}

export function cellOf(environment: string, tally: Tally | undefined, coverage: Coverage): MatrixCell {
  return { environment, ...(tally ?? nothingFound), ...coverage };
}
