import { ProblemError, problem, severities, verdicts } from '@leeway/core';
import { z } from 'zod';
import type { Entry } from './entry.ts';

export const findingSorts = ['severity', 'newest', 'oldest', 'blast'] as const;
export type FindingSort = (typeof findingSorts)[number];

/** Findings with one cause. */
export interface CauseRow {
  /** The one that speaks for the others: a missing table for its indexes, not the other way round. */
  readonly head: Entry;
  readonly severity: Entry['severity'];
  readonly environments: readonly string[];
  readonly findings: number;
  readonly resources: number;
  /** When the first of them was seen. */
  readonly firstSeen: string;
}

/** One row a cause, of entries that come worst first. */
export function groupEntries(entries: readonly Entry[]): readonly CauseRow[] {
  return [...Map.groupBy(entries, ({ cause }) => cause).values()].map((group) => {
    const worst = group[0] as Entry;
    return {
      head: group.find(({ partOf }) => partOf === undefined) ?? worst,
      severity: worst.severity,
      environments: [...new Set(group.map(({ environment }) => environment))],
      findings: group.length,
      resources: new Set(group.map(({ resource }) => resource)).size,
      firstSeen: earliest(group.map((entry) => entry.firstSeen)),
    };
  });
}

/** Of times in ISO 8601 UTC. */
function earliest(times: readonly string[]): string {
  return times.reduce((first, time) => (time.localeCompare(first) < 0 ? time : first));
}

/** Where a row stands in a list: smaller comes first, and the cause decides between equals. */
type Rank = readonly [...numbers: number[], cause: string];

function rankOf({ head, severity, findings, firstSeen }: CauseRow, sort: FindingSort): Rank {
  const weight = severities.length - severities.indexOf(severity);
  const time = Date.parse(firstSeen);
  switch (sort) {
    case 'severity':
      return [weight, verdicts.indexOf(head.verdict), -time, head.cause];
    case 'newest':
      return [-time, weight, head.cause];
    case 'oldest':
      return [time, weight, head.cause];
    case 'blast':
      return [-findings, weight, head.cause];
  }
}

function compareRanks(left: Rank, right: Rank): number {
  for (const [at, part] of left.entries()) {
    const other = right[at] ?? 0;
    if (part !== other) return part < other ? -1 : 1;
  }
  return 0;
}

/** Rows in their order, each with its rank. */
export type RankedRows = readonly { readonly row: CauseRow; readonly rank: Rank }[];

export function rankRows(rows: readonly CauseRow[], sort: FindingSort): RankedRows {
  return rows
    .map((row) => ({ row, rank: rankOf(row, sort) }))
    .sort((left, right) => compareRanks(left.rank, right.rank));
}

const cursorParts = z.tuple([z.enum(findingSorts), z.array(z.number()).min(2).max(3), z.string().max(64)]);

/** A page after a cursor. The cursor says behind what it goes on, so that rows that come or go move nothing else. */
export function pageOfRows(
  rows: RankedRows,
  sort: FindingSort,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
): { readonly rows: readonly CauseRow[]; readonly next?: string } {
  const from = cursor === undefined ? 0 : firstBehind(rows, readRank(cursor, sort));
  const page = rows.slice(from, from + limit);
  const last = page.at(-1);
  const isMore = last !== undefined && from + limit < rows.length;
  return { rows: page.map(({ row }) => row), ...(isMore && { next: writeRank(last.rank, sort) }) };
}

function writeRank(rank: Rank, sort: FindingSort): string {
  return Buffer.from(JSON.stringify([sort, rank.slice(0, -1), rank.at(-1)])).toString('base64url');
}

function readRank(cursor: string, sort: FindingSort): Rank {
  const parts = cursorParts.safeParse(parseQuietly(cursor));
  if (!parts.success || parts.data[0] !== sort) {
    throw new ProblemError(problem('LW8004', { where: 'cursor', reason: 'it was not handed out for this list' }));
  }
  return [...parts.data[1], parts.data[2]];
}

/** Whatever it is: the schema refuses what is no cursor. */
export function parseQuietly(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

function firstBehind(rows: RankedRows, rank: Rank): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareRanks((rows[middle] as RankedRows[number]).rank, rank) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
