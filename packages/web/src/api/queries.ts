import { QueryClient, queryOptions } from '@tanstack/react-query';
import { holdNow } from '../time/use-now.ts';
import { answer, client } from './client.ts';
import { mayRetry } from './problem.ts';
import { keepCsrfToken } from './session.ts';

/** What every screen asks again when it is looked at after this many milliseconds. Events say earlier that something moved. */
const freshFor = 15_000;

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: freshFor,
        gcTime: 10 * 60_000,
        retry: (count, error) => count < 3 && mayRetry(error),
      },
      mutations: { retry: false },
    },
  });
}

/** Who is signed in; keeps the token against forgery for the writes that follow. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  staleTime: 60_000,
  async queryFn({ signal }) {
    const me = await answer(client.GET('/api/v1/me', { signal }));
    keepCsrfToken(me.csrf);
    holdNow(me.estate.asOf);
    return me;
  },
});

export const signInWaysQuery = queryOptions({
  queryKey: ['sign-in-ways'],
  queryFn: ({ signal }) => answer(client.GET('/api/v1/session/ways', { signal })),
});

export function overviewQuery(rows: 'layer' | 'workload') {
  return queryOptions({
    queryKey: ['overview', rows],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/overview', { params: { query: { rows } }, signal })),
  });
}

export function searchQuery(q: string) {
  return queryOptions({
    queryKey: ['search', q],
    enabled: q !== '',
    queryFn: ({ signal }) => answer(client.GET('/api/v1/search', { params: { query: { q } }, signal })),
  });
}
