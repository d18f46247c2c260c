import type { Snapshot } from '@leeway/core';
import type { Source } from '@leeway/estate';
import { isComplete } from '../scan/completeness.ts';
import type { Planes } from '../scan/declared-cases.ts';
import type { OpenSide } from './open-side.ts';
import { isDeclared, sideLabel } from './side.ts';

/** Which of two sides is held against which. Swapping them gives the same, mirrored. */
export interface Orientation {
  /** The side that should mirror the other. */
  readonly own: OpenSide;
  readonly other: OpenSide;
  readonly ownIs: 'left' | 'right';
  readonly sameEnvironment: boolean;
  /** How findings and sentences call them. */
  readonly names: { readonly own: string; readonly other: string };
}

/**
 * The environment that mirrors the other is held against it, however they stand on the screen: approved differences and
 * severity are then those of a scan. Of two that mirror nothing of each other the more important one is the reference; of one
 * environment what is declared, else the earlier reading.
 */
export function orient(left: OpenSide, right: OpenSide): Orientation {
  const [one, two] = [left.side, right.side];
  const sameEnvironment = one.environment.name === two.environment.name;
  const isLeftOwn = sameEnvironment ? comesLater(left, right) : mirrorsOther(left, right);
  const [own, other] = isLeftOwn ? [left, right] : [right, left];
  const nameOf = ({ side }: OpenSide) => (sameEnvironment ? sideLabel(side) : side.environment.name);
  return {
    own,
    other,
    ownIs: isLeftOwn ? 'left' : 'right',
    sameEnvironment,
    names: { own: nameOf(own), other: nameOf(other) },
  };
}

function mirrorsOther({ side: { environment: left } }: OpenSide, { side: { environment: right } }: OpenSide): boolean {
  if (left.mirrors === right.name) return true;
  if (right.mirrors === left.name) return false;
  return left.criticality === right.criticality ? left.name > right.name : left.criticality > right.criticality;
}

function comesLater({ side: left }: OpenSide, { side: right }: OpenSide): boolean {
  if (isDeclared(left) !== isDeclared(right)) return isDeclared(right);
  // What Git declares now, or was read last, is later than every moment and revision.
  const timeOf = ({ what }: typeof left) => (what.type === 'moment' ? what.at : what.type === 'revision' ? '' : '~');
  const [one, two] = [timeOf(left), timeOf(right)];
  return one === two ? left.text > right.text : one > two;
}

/** Two snapshots that are compared, for the kinds that `takes` says. */
export interface PlanePair {
  /** `declared` holds reality against its declaration, as a scan does; `reference` two sides against each other. */
  readonly type: 'declared' | 'reference';
  readonly own: Snapshot;
  readonly other: Snapshot;
  readonly takes: (kind: string) => boolean;
  /** What was last applied, where it is known and bears on the verdict. */
  readonly applied?: Snapshot;
}

/**
 * What of a source is compared. Between environments that is what is intended, as in a scan: the declarations where both
 * have them in full, and what nothing declares as it is observed. Within one environment it is what was observed.
 */
export function planePairs(source: Source, { own, other, sameEnvironment }: Orientation): readonly PlanePair[] {
  const [mine, theirs] = [own.planesOf(source.id), other.planesOf(source.id)];
  if (!mine || !theirs) return [];
  if (isDeclared(own.side) && isDeclared(other.side)) return pair(mine.declared, theirs.declared);
  if (sameEnvironment) return isDeclared(other.side) ? withDeclaration(mine, theirs) : asRead(mine, theirs);
  if (isDeclared(own.side) || isDeclared(other.side)) return acrossPlanes(mine, theirs);
  return asIntended(mine, theirs);
}

const all = () => true;

function pair(own: Snapshot | undefined, other: Snapshot | undefined, takes = all as PlanePair['takes']): PlanePair[] {
  return own && other ? [{ type: 'reference', own, other, takes }] : [];
}

function withDeclaration(own: Planes, declared: Planes): readonly PlanePair[] {
  if (!own.observed) return pair(own.declared, declared.declared);
  return pair(own.observed, declared.declared).map((each) => ({
    ...each,
    type: 'declared',
    ...(own.applied && { applied: own.applied }),
  }));
}

function asRead(own: Planes, other: Planes): readonly PlanePair[] {
  return own.observed && other.observed ? pair(own.observed, other.observed) : pair(own.declared, other.declared);
}

/** A declaration against another environment: against what that one declares, or has where it declares nothing. */
function acrossPlanes(own: Planes, other: Planes): readonly PlanePair[] {
  return own.declared && other.declared
    ? pair(own.declared, other.declared)
    : pair(own.declared ?? own.observed, other.declared ?? other.observed);
}

function asIntended(own: Planes, other: Planes): readonly PlanePair[] {
  const isWhole = (snapshot: Snapshot | undefined, kind: string) =>
    snapshot !== undefined && isComplete(snapshot.header.completeness, kind);
  const areDeclared = (kind: string) => isWhole(own.declared, kind) && isWhole(other.declared, kind);
  return [
    ...pair(own.declared, other.declared, areDeclared),
    ...pair(own.observed, other.observed, (kind) => !areDeclared(kind)),
  ];
}
