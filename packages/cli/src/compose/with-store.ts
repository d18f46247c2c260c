import { failed, listNames, ok, problem, type Result, suggest } from '@leeway/core';
import type { ScanOptions } from '@leeway/engine/scan/options.ts';
import type { LeewayStore } from '@leeway/store';
import type { EstateRequest } from '../use-cases.ts';
import { type OpenEstate, openEstate, openEstateStore, scanOptions } from './open-estate.ts';

/** What a use case over an estate and its store gets. */
export interface StoreContext {
  readonly opened: OpenEstate;
  readonly store: LeewayStore;
  readonly options: Omit<ScanOptions, 'failOn'>;
}

/** Opens estate and store, runs `work`, and closes the store whatever happens. */
export async function withStore<T>(
  request: EstateRequest,
  work: (context: StoreContext) => Promise<Result<T>>,
): Promise<Result<T>> {
  // The store starts in a thread of its own: it opens while the estate is read.
  const [opened, store] = await Promise.all([openEstate(request), openEstateStore(request)]);
  if (!store.ok) return opened.ok ? store : opened;
  try {
    if (!opened.ok) return opened;
    const options = await scanOptions(request, opened.value, store.value);
    return options.ok ? await work({ opened: opened.value, store: store.value, options: options.value }) : options;
  } finally {
    await store.value.close();
  }
}

/** Names that the estate does not have: a typing mistake must not make a scan of nothing look clean. */
export function checkNames(
  request: { readonly environments?: readonly string[]; readonly sources?: readonly string[] },
  { estate }: OpenEstate,
): Result<true> {
  const environments = estate.environments.map(({ name }) => name);
  const sources = estate.sources.map(({ id }) => id);
  const problems = [
    ...unknown(request.environments, environments).map((environment) =>
      problem('LW3018', {
        environment,
        suggestion: suggest(environment, environments),
        allowed: listNames(environments),
      }),
    ),
    ...unknown(request.sources, sources).map((source) =>
      problem('LW3020', { source, suggestion: suggest(source, sources), allowed: listNames(sources) }),
    ),
  ];
  return problems.length ? failed(...problems) : ok(true);
}

function unknown(named: readonly string[] | undefined, known: readonly string[]): readonly string[] {
  return (named ?? []).filter((name) => !known.includes(name));
}
