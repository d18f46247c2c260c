import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answer, client } from '../../api/client.ts';
import type { TimelineSearch } from './search.ts';

type Range = Pick<TimelineSearch, 'from' | 'to' | 'environment'>;

export function timelineQuery({ by, ...range }: Range & { readonly by: 'environment' | 'layer' }) {
  return queryOptions({
    queryKey: ['timeline', range, by],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/timeline', { params: { query: { ...range, by } }, signal })),
    placeholderData: (before) => before,
  });
}

export function happeningsQuery(range: Range & { readonly layer?: string }) {
  return infiniteQueryOptions({
    queryKey: ['happenings', range],
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }: { readonly next?: string }) => next,
    queryFn: ({ pageParam, signal }) =>
      answer(
        client.GET('/api/v1/happenings', {
          params: { query: { ...range, limit: 50, ...(pageParam !== undefined && { cursor: pageParam }) } },
          signal,
        }),
      ),
  });
}
