import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answer, client } from '../../api/client.ts';

export const policiesQuery = queryOptions({
  queryKey: ['policies'],
  queryFn: ({ signal }) => answer(client.GET('/api/v1/policies', { signal })),
});

export function failingQuery(code: string) {
  return infiniteQueryOptions({
    queryKey: ['policies', 'failing', code],
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }: { readonly next?: string }) => next,
    queryFn: ({ pageParam, signal }) =>
      answer(
        client.GET('/api/v1/policies/{code}/failing', {
          params: { path: { code }, query: { limit: 100, ...(pageParam !== undefined && { cursor: pageParam }) } },
          signal,
        }),
      ),
  });
}
