import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answer, client } from '../../api/client.ts';

export interface ApprovedFilter {
  readonly state?: string;
  readonly category?: string;
  readonly owner?: string;
  readonly environment?: string;
  readonly q?: string;
}

const nextOf = ({ next }: { readonly next?: string }) => next;

export function approvedQuery(filter: ApprovedFilter) {
  return infiniteQueryOptions({
    queryKey: ['approved', filter],
    initialPageParam: undefined as string | undefined,
    getNextPageParam: nextOf,
    queryFn: ({ pageParam, signal }) =>
      answer(
        client.GET('/api/v1/approved-differences', {
          params: { query: { ...filter, limit: 100, ...(pageParam !== undefined && { cursor: pageParam }) } },
          signal,
        }),
      ),
  });
}

export function approvedDifferenceQuery(id: string) {
  return queryOptions({
    queryKey: ['approved', 'one', id],
    queryFn: ({ signal }) =>
      answer(client.GET('/api/v1/approved-differences/{id}', { params: { path: { id } }, signal })),
  });
}

export function requestsQuery(mine: 'requested' | 'to-decide' | undefined, state: string | undefined) {
  return infiniteQueryOptions({
    queryKey: ['requests', mine, state],
    initialPageParam: undefined as string | undefined,
    getNextPageParam: nextOf,
    queryFn: ({ pageParam, signal }) =>
      answer(
        client.GET('/api/v1/approval-requests', {
          params: {
            query: {
              limit: 50,
              ...(mine && { mine }),
              ...(state !== undefined && { state }),
              ...(pageParam !== undefined && { cursor: pageParam }),
            },
          },
          signal,
        }),
      ),
  });
}
