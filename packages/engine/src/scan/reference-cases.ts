import {
  type ChangedEntry,
  changedEntries,
  type DigestUse,
  type EnvironmentFacts,
  type Plane,
  type ReferenceCase,
  type Resource,
  type Snapshot,
} from '@leeway/core';
import type { Source } from '@leeway/estate';
import type { Store } from '../ports.ts';
import { isComplete } from './completeness.ts';
import { loadSide, type Planes } from './declared-cases.ts';

/**
 * Cases for an environment against the one it mirrors. What is intended is compared: the declarations where both have
 * them, so that a drift on one side is reported once, as drift, and what nothing declares as it is observed.
 */
export async function* referenceCases(
  environment: EnvironmentFacts,
  reference: EnvironmentFacts,
  source: Source,
  own: Planes,
  other: Planes,
  store: Store,
): AsyncGenerator<ReferenceCase> {
  const isDeclared = (kind: string) =>
    own.declared !== undefined &&
    other.declared !== undefined &&
    isComplete(own.declared.header.completeness, kind) &&
    isComplete(other.declared.header.completeness, kind);
  const compare = (plane: Plane, left: Snapshot | undefined, right: Snapshot | undefined) =>
    left && right
      ? planeCases({ environment, reference, source: source.id, plane, store, use: 'across-environments' }, left, right)
      : [];
  for await (const found of compare('declared', other.declared, own.declared)) {
    if (isDeclared(kindOf(found))) yield found;
  }
  for await (const found of compare('observed', other.observed, own.observed)) {
    if (!isDeclared(kindOf(found))) yield found;
  }
}

export interface PlaneComparison {
  readonly environment: EnvironmentFacts;
  readonly reference: EnvironmentFacts;
  readonly source: string;
  readonly plane: Plane;
  readonly store: Store;
  /** Within one environment what identifies an instance is compared too. */
  readonly use: DigestUse;
  /** True where the sides were read under different rules: their digests then say nothing. */
  readonly otherRules?: boolean;
}

function kindOf(found: ReferenceCase): string {
  return (found.own ?? found.other)?.kind ?? '';
}

const keysAtOnce = 5000;

/** Cases for every key at which two snapshots differ; the left one is the reference. */
export async function* planeCases(
  comparison: PlaneComparison,
  left: Snapshot,
  right: Snapshot,
): AsyncGenerator<ReferenceCase> {
  const { store, use, otherRules } = comparison;
  const caseOf = (pair: ResourcePair) => referenceCase(comparison, left, right, pair);
  const alone: ResourcePair[] = [];
  const changed = await changedEntries(store.chunks, left.index, right.index, otherRules ? 'none' : use);
  for (let from = 0; from < changed.length; from += keysAtOnce) {
    for (const pair of await loadPairs(store, changed.slice(from, from + keysAtOnce))) {
      if (pair.own && pair.other) yield caseOf(pair);
      else alone.push(pair);
    }
  }
  for (const pair of joinByName(alone)) yield caseOf(pair);
}

/** A resource on both sides; the other one is the reference's. */
export interface ResourcePair {
  readonly other?: Resource | undefined;
  readonly own?: Resource | undefined;
}

/** The case of one pair of two snapshots; the left one is the reference. */
export function referenceCase(
  { environment, reference, source, plane, use }: PlaneComparison,
  left: Snapshot,
  right: Snapshot,
  { other, own }: ResourcePair,
): ReferenceCase {
  const kind = (own ?? other)?.kind ?? '';
  return {
    type: 'reference',
    environment,
    reference,
    source,
    plane,
    acrossEnvironments: use === 'across-environments',
    ...(own && { own }),
    ...(other && { other }),
    ownComplete: isComplete(right.header.completeness, kind),
    otherComplete: isComplete(left.header.completeness, kind),
  };
}

async function loadPairs(store: Store, entries: readonly ChangedEntry[]): Promise<readonly ResourcePair[]> {
  const others = await loadSide(
    store,
    entries.map((entry) => entry.left),
  );
  const owns = await loadSide(
    store,
    entries.map((entry) => entry.right),
  );
  return entries.map((_, at) => ({ other: others[at], own: owns[at] }));
}

/** A resource called by one word in both environments is one, even where the word is one environment's own name. */
function joinByName(alone: readonly ResourcePair[]): readonly ResourcePair[] {
  const nameOf = ({ kind, key }: Resource) => `${kind}\n${key}`;
  const owns = new Map(alone.flatMap(({ own }) => (own ? [[nameOf(own), own] as const] : [])));
  const joined = alone.flatMap(({ other }): readonly ResourcePair[] => {
    if (!other) return [];
    const own = owns.get(nameOf(other));
    if (own) owns.delete(nameOf(own));
    return [{ other, own }];
  });
  return [...joined, ...[...owns.values()].map((own) => ({ own }))];
}
