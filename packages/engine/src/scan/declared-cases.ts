import {
  changedEntries,
  type DeclaredCase,
  type EnvironmentFacts,
  findResources,
  loadResources,
  type Resource,
  type Snapshot,
} from '@leeway/core';
import type { Source } from '@leeway/estate';
import type { Store } from '../ports.ts';
import { isComplete } from './completeness.ts';

/** The planes of one source in one environment that were read. */
export interface Planes {
  readonly declared?: Snapshot;
  readonly applied?: Snapshot;
  readonly observed?: Snapshot;
}

/** Keys whose bodies are loaded at a time. */
const keysAtOnce = 5000;

/** Cases for every key at which declaration and reality differ by digest. Bodies are loaded for these alone. */
export async function* declaredCases(
  environment: EnvironmentFacts,
  source: Source,
  planes: Planes,
  store: Store,
  otherRules = false,
): AsyncGenerator<DeclaredCase> {
  const { declared, observed, applied } = planes;
  if (!declared || !observed) return;
  const use = otherRules ? 'none' : 'within-environment';
  const changed = await changedEntries(store.chunks, declared.index, observed.index, use);
  for (let from = 0; from < changed.length; from += keysAtOnce) {
    const batch = changed.slice(from, from + keysAtOnce);
    const left = await loadSide(
      store,
      batch.map((entry) => entry.left),
    );
    const right = await loadSide(
      store,
      batch.map((entry) => entry.right),
    );
    const last =
      applied &&
      (await findResources(
        store.chunks,
        applied.index,
        batch.map((entry) => entry.keyHash),
      ));
    for (const [at, { keyHash }] of batch.entries()) {
      const found = { declared: left[at], observed: right[at], applied: last?.get(keyHash) };
      yield declaredCase(environment, source, planes, found);
    }
  }
}

/** The case of one resource on the planes of its source. */
export function declaredCase(
  environment: EnvironmentFacts,
  source: Source,
  planes: Planes,
  found: { readonly [plane in keyof Planes]-?: Resource | undefined },
): DeclaredCase {
  const { declared, observed, applied } = found;
  const kind = (declared ?? observed)?.kind ?? '';
  const isWhole = (snapshot: Snapshot | undefined) =>
    snapshot !== undefined && isComplete(snapshot.header.completeness, kind);
  return {
    type: 'declared',
    environment,
    source: source.id,
    ...(declared && { declared }),
    ...(observed && { observed }),
    applied: isWhole(planes.applied) ? applied : (applied ?? 'unknown'),
    declaredComplete: isWhole(planes.declared),
    observedComplete: isWhole(planes.observed),
    unmanaged: source.unmanaged,
  };
}

/** Bodies in the order asked for; undefined where there is none to load. */
export async function loadSide(
  store: Store,
  refs: readonly ({ readonly pack: string; readonly slot: number } | undefined)[],
): Promise<readonly (Resource | undefined)[]> {
  const present = refs.filter((ref) => ref !== undefined);
  const loaded = (await loadResources(store.chunks, present))[Symbol.iterator]();
  return refs.map((ref) => (ref ? loaded.next().value : undefined));
}
