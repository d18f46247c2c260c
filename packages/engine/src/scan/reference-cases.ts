import {
  changedEntries,
  type DigestUse,
  type EnvironmentFacts,
  type Plane,
  type ReferenceCase,
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
  const { store, use, ...base } = comparison;
  const changed = await changedEntries(store.chunks, left.index, right.index, use);
  for (let from = 0; from < changed.length; from += keysAtOnce) {
    const batch = changed.slice(from, from + keysAtOnce);
    const others = await loadSide(
      store,
      batch.map((entry) => entry.left),
    );
    const owns = await loadSide(
      store,
      batch.map((entry) => entry.right),
    );
    for (const at of batch.keys()) {
      const kind = (owns[at] ?? others[at])?.kind ?? '';
      yield {
        type: 'reference',
        ...base,
        acrossEnvironments: use === 'across-environments',
        ...(owns[at] && { own: owns[at] }),
        ...(others[at] && { other: others[at] }),
        ownComplete: isComplete(right.header.completeness, kind),
        otherComplete: isComplete(left.header.completeness, kind),
      };
    }
  }
}
