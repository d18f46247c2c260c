import { infiniteQueryOptions } from '@tanstack/react-query';
import { answer, client } from '../../api/client.ts';
import type { FindingsFilter } from './search.ts';

const pageSize = 100;

/** The inbox, page after page, under a filter. */
export function findingsQuery(filter: FindingsFilter) {
  return infiniteQueryOptions({
    queryKey: ['findings', filter],
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }: { readonly next?: string }) => next,
    queryFn: ({ pageParam, signal }) =>
      answer(
        client.GET('/api/v1/findings', {
          params: { query: { ...filter, limit: pageSize, ...(pageParam !== undefined && { cursor: pageParam }) } },
          signal,
        }),
      ),
  });
}
