import type { Principal } from '../identity/principal.ts';
import { visible } from '../identity/scope.ts';
import type { Entry } from './entry.ts';

/** Which findings are asked for; lists are alternatives, absent ones take everything. */
export interface FindingFilter {
  readonly state: 'open' | 'approved' | 'snoozed' | 'resolved';
  readonly verdict?: readonly string[] | undefined;
  readonly severity?: readonly string[] | undefined;
  readonly environment?: readonly string[] | undefined;
  readonly layer?: readonly string[] | undefined;
  readonly workload?: readonly string[] | undefined;
  readonly owner?: readonly string[] | undefined;
  readonly kind?: readonly string[] | undefined;
  readonly source?: readonly string[] | undefined;
  readonly policy?: readonly string[] | undefined;
  readonly assignee?: readonly string[] | undefined;
  readonly approval?: readonly string[] | undefined;
  readonly since?: string | undefined;
  readonly q?: string | undefined;
}

const facetNames = ['verdict', 'severity', 'environment', 'layer', 'workload', 'owner'] as const;
type FacetName = (typeof facetNames)[number];

/** Findings by the value of each field, under the filters of the other fields. */
export type Facets = Readonly<Record<FacetName, Readonly<Record<string, number>>>>;

export interface Selected {
  /** In the order given. */
  readonly entries: readonly Entry[];
  readonly facets: Facets;
}

/** Whether somebody sees an entry: it lies in the estate as it is now, and in what they may see. Asked once a place. */
export function sightIn(principal: Principal, environments: Iterable<string>): (entry: Located) => boolean {
  const known = new Set([...environments, wholeEstate]);
  const places = new Map<string, boolean>();
  return ({ environment, workload }) => {
    const place = `${environment}\n${workload ?? ''}`;
    const found = places.get(place);
    if (found !== undefined) return found;
    const sees = known.has(environment) && visible(principal, { environment, workload });
    places.set(place, sees);
    return sees;
  };
}

type Located = Pick<Entry, 'environment' | 'workload'>;

/** Where findings about the estate itself lie, such as a record that expired. */
export const wholeEstate = 'estate';

/** Picks what a filter takes, in one pass that also counts the facets. `now` in milliseconds. */
export function selectEntries(
  entries: readonly Entry[],
  filter: FindingFilter,
  sees: (entry: Entry) => boolean,
  now: number,
): Selected {
  const wanted = facetNames.map((name) => (filter[name] === undefined ? undefined : new Set<string>(filter[name])));
  const counts = facetNames.map(() => new Map<string, number>());
  const takesRest = restOf(filter, now);
  const taken: Entry[] = [];
  for (const entry of entries) {
    if (!sees(entry) || !takesRest(entry)) continue;
    const missed = missedField(entry, wanted);
    if (missed === noneMissed) taken.push(entry);
    if (missed !== severalMissed) countFacets(entry, missed, counts);
  }
  const facets = Object.fromEntries(facetNames.map((name, at) => [name, Object.fromEntries(counts[at] ?? [])]));
  return { entries: taken, facets: facets as unknown as Facets };
}

const noneMissed = -1;
const severalMissed = -2;

/** Counts an entry under the field whose filter alone keeps it out, or under all. */
function countFacets(entry: Entry, missed: number, counts: readonly Map<string, number>[]): void {
  for (const [at, count] of counts.entries()) {
    const value = entry[facetNames[at] as FacetName];
    if (value !== undefined && (missed === noneMissed || missed === at)) count.set(value, (count.get(value) ?? 0) + 1);
  }
}

/** The one field whose filter does not take the entry. */
function missedField(entry: Entry, wanted: readonly (ReadonlySet<string> | undefined)[]): number {
  let missed = noneMissed;
  for (const [at, name] of facetNames.entries()) {
    if (wanted[at] === undefined || wanted[at].has(entry[name] ?? '')) continue;
    if (missed !== noneMissed) return severalMissed;
    missed = at;
  }
  return missed;
}

/** What is not counted as a facet. */
function restOf(filter: FindingFilter, now: number): (entry: Entry) => boolean {
  const { state, since, q } = filter;
  const sets = (['kind', 'source', 'policy', 'approval'] as const).flatMap((name) =>
    filter[name] === undefined ? [] : [[name, new Set<string>(filter[name])] as const],
  );
  const assignees = filter.assignee && new Set(filter.assignee);
  const words = q === undefined ? [] : q.toLowerCase().split(/\s+/).filter(Boolean);
  const from = since === undefined ? undefined : new Date(since).toISOString();
  return (entry) =>
    stateOf(entry, now) === state &&
    sets.every(([name, set]) => set.has(entry[name] ?? '')) &&
    (assignees === undefined || assignees.has(entry.handled?.assignee ?? '')) &&
    (from === undefined || entry.firstSeen >= from) &&
    words.every((word) => entry.text.includes(word));
}

/** Where a finding stands. A snooze that ended is none; what an approved difference silences sleeps anyway. */
export function stateOf({ silenced, resolvedAt, handled }: Entry, now: number): FindingFilter['state'] {
  if (resolvedAt !== undefined) return 'resolved';
  if (silenced) return 'approved';
  return handled?.snoozedUntil !== undefined && Date.parse(handled.snoozedUntil) > now ? 'snoozed' : 'open';
}
