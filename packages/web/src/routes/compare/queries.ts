import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answer, client } from '../../api/client.ts';
import type { CompareSearch } from './search.ts';

export type CompareFilter = Omit<CompareSearch, 'left' | 'right' | 'open'>;

/** What differs between two sides, page after page. */
export function compareQuery(left: string, right: string, filter: CompareFilter) {
  return infiniteQueryOptions({
    queryKey: ['compare', left, right, filter],
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }: { readonly next?: string }) => next,
    queryFn: ({ pageParam, signal }) =>
      answer(
        client.GET('/api/v1/compare', {
          params: {
            query: { left, right, ...filter, limit: 200, ...(pageParam !== undefined && { cursor: pageParam }) },
          },
          signal,
        }),
      ),
  });
}

export function comparedResourceQuery(
  left: string,
  right: string,
  id: { readonly source: string; readonly kind: string; readonly key: string },
) {
  return queryOptions({
    queryKey: ['compare-resource', left, right, id],
    queryFn: ({ signal }) =>
      answer(client.GET('/api/v1/compare/resource', { params: { query: { left, right, ...id } }, signal })),
  });
}

export function momentsQuery(environment: string) {
  return queryOptions({
    queryKey: ['moments', environment],
    enabled: environment !== '',
    queryFn: ({ signal }) =>
      answer(client.GET('/api/v1/environments/{environment}/moments', { params: { path: { environment } }, signal })),
  });
}
