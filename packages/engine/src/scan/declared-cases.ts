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
): AsyncGenerator<DeclaredCase> {
  const { declared, observed, applied } = planes;
  if (!declared || !observed) return;
  const changed = await changedEntries(store.chunks, declared.index, observed.index, 'within-environment');
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
      const kind = (left[at] ?? right[at])?.kind ?? '';
      yield {
        type: 'declared',
        environment,
        source: source.id,
        ...(left[at] && { declared: left[at] }),
        ...(right[at] && { observed: right[at] }),
        applied:
          last && applied && isComplete(applied.header.completeness, kind)
            ? last.get(keyHash)
            : (last?.get(keyHash) ?? 'unknown'),
        declaredComplete: isComplete(declared.header.completeness, kind),
        observedComplete: isComplete(observed.header.completeness, kind),
        unmanaged: source.unmanaged,
      };
    }
  }
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
