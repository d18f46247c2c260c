import { pick } from '../../api/search-params.ts';

/** Filters that take several values, by comma. */
export const listFilters = [
  'verdict',
  'severity',
  'environment',
  'layer',
  'workload',
  'owner',
  'kind',
  'source',
  'policy',
  'assignee',
  'approval',
] as const;
export type ListFilter = (typeof listFilters)[number];

export const states = ['open', 'approved', 'snoozed', 'resolved'] as const;
export const sorts = ['severity', 'newest', 'oldest', 'blast'] as const;

/** What the list shows: the query of the API's `listFindings`, as it is in the address. */
export type FindingsFilter = { readonly [K in ListFilter]?: string } & {
  readonly state?: (typeof states)[number];
  readonly sort?: (typeof sorts)[number];
  readonly since?: string;
  readonly q?: string;
};

export type FindingsSearch = FindingsFilter & {
  /** Fingerprint of the finding in the pane. */
  readonly open?: string;
};

/** The search of an address as filters; what is unknown or not allowed is left out. */
export function parseFindingsSearch(search: Record<string, unknown>): FindingsSearch {
  const state = states.find((one) => one === search['state']);
  const sort = sorts.find((one) => one === search['sort']);
  const { since, q, open, ...lists } = pick(search, [...listFilters, 'since', 'q', 'open']);
  return {
    ...lists,
    ...(state && state !== 'open' && { state }),
    ...(sort && sort !== 'severity' && { sort }),
    ...(since !== undefined && !Number.isNaN(Date.parse(since)) && { since }),
    ...(q !== undefined && { q: q.slice(0, 200) }),
    ...(open !== undefined && /^[0-9a-f]{4,64}$/.test(open) && { open }),
  };
}

/** The filter alone, without what only says how the page stands. */
export function filterOf({ open: _open, ...filter }: FindingsSearch): FindingsFilter {
  return filter;
}

/** How many filters narrow the list; the state and the order narrow nothing. */
export function filterCount({ state: _state, sort: _sort, ...rest }: FindingsFilter): number {
  return Object.values(rest).filter((value) => value !== undefined && value !== '').length;
}
