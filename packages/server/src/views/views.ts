import { matchesWildcard } from '@leeway/core';
import type { Environment } from '@leeway/estate';
import type { ServerStore } from '@leeway/store';
import type { CurrentEstate, EstateHolder } from '../context.ts';
import { may, type Principal, sightOf } from '../identity/principal.ts';
import { type Entry, entryOf } from './entry.ts';
import { createFindingIndex, type FindingIndex } from './finding-index.ts';
import { type Reading, readReadings } from './readings.ts';
import { type FindingSort, groupEntries, type RankedRows, rankRows } from './rows.ts';
import { type FindingFilter, type Selected, selectEntries, sightIn, stateOf } from './select.ts';

/** What somebody sees of the estate, all of one moment. */
export interface View {
  readonly current: CurrentEstate;
  readonly index: FindingIndex;
  /** The moment that counts as now, in milliseconds: an example estate stands still at its newest scan. */
  readonly clock: number;
  readonly environments: readonly Environment[];
  readonly sees: (entry: Pick<Entry, 'environment' | 'workload'>) => boolean;
  /** Sources in the environments that are seen. */
  readings(): Promise<readonly Reading[]>;
  /** What a filter takes. Kept while nothing moves, so that pages of one list cost it once. */
  select(filter: FindingFilter): Promise<Selected>;
  rows(filter: FindingFilter, sort: FindingSort): Promise<{ readonly selected: Selected; readonly rows: RankedRows }>;
}

export interface Views {
  open(principal: Principal): Promise<View>;
  /** Names what answers depend on besides who asks and the clock. */
  version(): Promise<string>;
}

/** Lists kept at a time. */
const keptLists = 64;
/** Findings that ended, as far as lists of them go back. */
const resolvedShown = 2000;

/** The read side of the screens over a store. One a process: it holds what is open in memory. */
export function createViews(estate: EstateHolder, store: Pick<ServerStore, 'views'>, now: () => Date): Views {
  const reader = createFindingIndex(store.views, estate.current().estate.name);
  const kept = new Map<string, Promise<unknown>>();
  let keptOf = '';
  let loaded: CurrentEstate | undefined;
  let loads = 0;
  // A working tree without Git has one name for all that it ever held.
  const versionOf = (index: FindingIndex) => {
    const current = estate.current();
    if (loaded !== current) loads++;
    loaded = current;
    return `${index.version} ${current.estate.revision} ${loads}`;
  };
  const keep = <T>(index: FindingIndex, key: string, make: () => Promise<T>): Promise<T> => {
    const version = versionOf(index);
    if (keptOf !== version) kept.clear();
    keptOf = version;
    const found = kept.get(key) as Promise<T> | undefined;
    if (found) return found;
    const made = make();
    kept.set(key, made);
    // What failed is tried again.
    made.catch(() => kept.delete(key));
    for (const oldest of kept.keys()) {
      if (kept.size <= keptLists) break;
      kept.delete(oldest);
    }
    return made;
  };
  return {
    version: async () => versionOf(await reader.read()),
    async open(principal) {
      const index = await reader.read();
      const current = estate.current();
      const clock = clockOf(current, index, now);
      const environments = current.estate.environments.filter(({ name }) =>
        may(principal, 'findings:read', { environment: name }),
      );
      const sees = sightIn(
        principal,
        environments.map(({ name }) => name),
      );
      const names = new Set(environments.map(({ name }) => name));
      const sight = `${sightOf(principal)} ${sleeping(index, clock)}`;
      const select = (filter: FindingFilter) =>
        keep(index, `select ${sight} ${JSON.stringify(filter)}`, async () => {
          const entries = filter.state === 'resolved' ? await resolvedEntries(store, current) : index.entries;
          return selectEntries(entries, filter, sees, clock);
        });
      return {
        ...{ current, index, clock, environments, sees, select },
        async readings() {
          const all = await keep(index, 'readings', () => readReadings(store.views, current));
          return all.filter(({ environment }) => names.has(environment));
        },
        rows: (filter, sort) =>
          keep(index, `rows ${sort} ${sight} ${JSON.stringify(filter)}`, async () => {
            const selected = await select(filter);
            return { selected, rows: rankRows(groupEntries(selected.entries), sort) };
          }),
      };
    },
  };
}

function clockOf({ estate }: CurrentEstate, { scans }: FindingIndex, now: () => Date): number {
  if (estate.asOf === undefined) return now().getTime();
  return Date.parse(scans.newestAt ?? estate.asOf);
}

/** How many findings are snoozed: a list that was kept while one more slept is another list. */
function sleeping({ entries }: FindingIndex, clock: number): number {
  return entries.reduce((count, entry) => count + (entry.handled && stateOf(entry, clock) === 'snoozed' ? 1 : 0), 0);
}

async function resolvedEntries(store: Pick<ServerStore, 'views'>, { estate }: CurrentEstate) {
  const resolved = await store.views.resolved(estate.name, resolvedShown);
  return resolved.map(({ finding, ...times }) => entryOf(finding, { ...times, silenced: false }));
}

/** Whether patterns (`*` as wildcard) take one of the names; none take all. */
export function takesOne(patterns: readonly string[] | undefined, names: readonly string[]): boolean {
  return patterns === undefined || names.some((name) => patterns.some((pattern) => matchesWildcard(pattern, name)));
}
