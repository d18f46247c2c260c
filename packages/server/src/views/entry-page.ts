import { ProblemError, problem, severities, verdicts } from '@leeway/core';
import { z } from 'zod';
import type { Entry } from './entry.ts';
import { parseQuietly } from './rows.ts';

/** Where a finding stands in a list that is read page by page: worst first, and of a length that fits a cursor. */
const position = z.object({
  severity: z.enum(severities),
  verdict: z.enum(verdicts),
  environment: z.string(),
  fingerprint: z.string(),
});
type Position = z.output<typeof position>;

/** A page of findings. Those that come or go move no others. Throws LW8004 for a foreign cursor. */
export function pageOfEntries(
  entries: readonly Entry[],
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
): { readonly entries: readonly Entry[]; readonly next?: string } {
  const sorted = [...entries].sort(comparePositions);
  const from = cursor === undefined ? undefined : readPosition(cursor);
  const rest = from === undefined ? sorted : sorted.filter((entry) => comparePositions(entry, from) > 0);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return { entries: page, ...(last && rest.length > limit && { next: cursorOf(last) }) };
}

function comparePositions(left: Position, right: Position): number {
  return (
    severities.indexOf(right.severity) - severities.indexOf(left.severity) ||
    verdicts.indexOf(left.verdict) - verdicts.indexOf(right.verdict) ||
    compareTexts(left.environment, right.environment) ||
    compareTexts(left.fingerprint, right.fingerprint)
  );
}

function compareTexts(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function readPosition(cursor: string): Position {
  const from = position.safeParse(parseQuietly(cursor));
  if (from.success) return from.data;
  throw new ProblemError(problem('LW8004', { where: 'cursor', reason: 'it was not handed out for this list' }));
}

function cursorOf({ severity, verdict, environment, fingerprint }: Position): string {
  return Buffer.from(JSON.stringify({ severity, verdict, environment, fingerprint })).toString('base64url');
}
