import {
  type DeclaredCase,
  type EnvironmentFacts,
  findResources,
  keyHashOf,
  type Plane,
  type ReferenceCase,
} from '@leeway/core';
import type { Source } from '@leeway/estate';
import type { Store } from '../ports.ts';
import { declaredCase, declaredCases, type Planes } from '../scan/declared-cases.ts';
import { environmentFacts } from '../scan/environment-facts.ts';
import { type PlaneComparison, planeCases, referenceCase } from '../scan/reference-cases.ts';
import type { Orientation, PlanePair } from './plane-pairs.ts';

/** A case of a comparison of two sides. */
export type PairCase = DeclaredCase | ReferenceCase;

/** What all cases of one source of a comparison share. */
export interface PairScope {
  readonly source: Source;
  readonly orientation: Orientation;
  readonly store: Store;
}

/** Cases for every key at which a pair of snapshots differs, of the kinds it takes. */
export async function* pairCases(pair: PlanePair, scope: PairScope): AsyncGenerator<PairCase> {
  const { orientation, source, store } = scope;
  const { own, other } = pair;
  const found =
    pair.type === 'declared'
      ? declaredCases(
          environmentFacts(orientation.own.side.environment),
          source,
          planesOf(pair),
          store,
          otherRules(pair),
        )
      : planeCases(comparisonOf(pair, scope), other, own);
  for await (const each of found) if (pair.takes(kindOf(each))) yield each;
}

/** The case of one resource, whether it differs or not; undefined where neither side has it. */
export async function caseAt(
  pair: PlanePair,
  scope: PairScope,
  kind: string,
  names: { readonly own: string | undefined; readonly other: string | undefined },
): Promise<PairCase | undefined> {
  const { source, store, orientation } = scope;
  const facts = environmentFacts(orientation.own.side.environment);
  const hashOf = (name: string | undefined, { neutralizer }: EnvironmentFacts) =>
    name === undefined ? undefined : keyHashOf(kind, neutralizer.neutralize(name));
  const find = async (snapshot: PlanePair['own'] | undefined, hash: string | undefined) =>
    snapshot && hash ? (await findResources(store.chunks, snapshot.index, [hash])).get(hash) : undefined;
  const own = await find(pair.own, hashOf(names.own, facts));
  const other = await find(pair.other, hashOf(names.other, environmentFacts(orientation.other.side.environment)));
  if (!own && !other) return undefined;
  if (pair.type === 'reference') return referenceCase(comparisonOf(pair, scope), pair.other, pair.own, { own, other });
  const applied = await find(pair.applied, hashOf(names.own ?? names.other, facts));
  return declaredCase(facts, source, planesOf(pair), { declared: other, observed: own, applied });
}

/** The resource on the side that is held against the other. */
export function ownOf(found: PairCase) {
  return found.type === 'declared' ? found.observed : found.own;
}

export function otherOf(found: PairCase) {
  return found.type === 'declared' ? found.declared : found.other;
}

/** The neutral key findings of the case have. */
export function keyOf(found: PairCase): string {
  const [own, other] = [ownOf(found), otherOf(found)];
  if (found.type === 'declared') return found.environment.neutralizer.neutralize((other ?? own)?.key ?? '');
  return (own ? found.environment : found.reference).neutralizer.neutralize((own ?? other)?.key ?? '');
}

export function kindOf(found: PairCase): string {
  return (ownOf(found) ?? otherOf(found))?.kind ?? '';
}

function planesOf({ own, other, applied }: PlanePair): Planes {
  return { declared: other, observed: own, ...(applied && { applied }) };
}

function comparisonOf(pair: PlanePair, { source, orientation, store }: PairScope): PlaneComparison {
  const { own, other, names, sameEnvironment } = orientation;
  return {
    environment: { ...environmentFacts(own.side.environment), name: names.own },
    reference: { ...environmentFacts(other.side.environment), name: names.other },
    source: source.id,
    plane: pair.own.header.plane satisfies Plane,
    store,
    use: sameEnvironment ? 'within-environment' : 'across-environments',
    otherRules: otherRules(pair),
  };
}

/** Digests mean the same under the same rules; the second half of a normalizer id is the environment's own names. */
export function otherRules({ own, other }: PlanePair): boolean {
  const [mine, theirs] = [own.header, other.header];
  return mine.environment === theirs.environment
    ? mine.normalizer !== theirs.normalizer
    : mine.normalizer.split('.')[0] !== theirs.normalizer.split('.')[0];
}
