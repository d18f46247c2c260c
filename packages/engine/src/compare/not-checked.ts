import type { Completeness, Snapshot } from '@leeway/core';
import type { Source } from '@leeway/estate';
import type { OpenSide } from './open-side.ts';
import type { PlanePair } from './plane-pairs.ts';

/** A kind of a source that could not be compared, and why. */
export interface NotChecked {
  readonly source: string;
  /** `*` for all of the source. */
  readonly kind: string;
  readonly side: 'left' | 'right' | 'both';
  readonly reason: string;
}

/** What of a source both environments have could not be looked at on one side or the other. */
export function notCheckedOf(
  source: Source,
  pairs: readonly PlanePair[],
  left: OpenSide,
  right: OpenSide,
  ownIs: 'left' | 'right',
): readonly NotChecked[] {
  if (pairs.length === 0) return neverRead(source, left, right);
  const otherIs = ownIs === 'left' ? 'right' : 'left';
  const found = pairs.flatMap(({ own, other, takes }) => [
    ...incomplete(source, own, takes, ownIs),
    ...incomplete(source, other, takes, otherIs),
  ]);
  return joinSides(found);
}

function neverRead(source: Source, left: OpenSide, right: OpenSide): readonly NotChecked[] {
  const [before, after] = [left.planesOf(source.id), right.planesOf(source.id)];
  const base = { source: source.id, kind: '*' };
  if (before && after) return [{ ...base, side: 'both', reason: 'no plane was read on both sides' }];
  const side = before ? 'right' : after ? 'left' : 'both';
  return [{ ...base, side, reason: 'it was not read' }];
}

function incomplete(
  source: Source,
  { header }: Snapshot,
  takes: PlanePair['takes'],
  side: 'left' | 'right',
): readonly NotChecked[] {
  const records: readonly Completeness[] = header.completeness.length
    ? header.completeness
    : [{ kind: '*', state: 'failed', count: 0, problems: [] }];
  return records
    .filter(({ kind, state }) => state !== 'complete' && takes(kind))
    .map(({ kind, state, problems }) => ({
      source: source.id,
      kind,
      side,
      reason: problems[0]?.message ?? (state === 'partial' ? 'only a part of it was read' : 'it was not read'),
    }));
}

/** What fails for one reason on both sides is one entry. */
function joinSides(found: readonly NotChecked[]): readonly NotChecked[] {
  const joined = new Map<string, NotChecked>();
  for (const each of found) {
    const id = JSON.stringify([each.kind, each.reason]);
    const known = joined.get(id);
    joined.set(id, known && known.side !== each.side ? { ...known, side: 'both' } : (known ?? each));
  }
  return [...joined.values()];
}
