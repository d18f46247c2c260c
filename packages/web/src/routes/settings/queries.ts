import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answer, client } from '../../api/client.ts';

export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: ({ signal }) => answer(client.GET('/api/v1/settings', { signal })),
});

export const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: ({ signal }) => answer(client.GET('/api/v1/tokens', { signal })),
});

export const peopleQuery = queryOptions({
  queryKey: ['people'],
  queryFn: ({ signal }) => answer(client.GET('/api/v1/people', { params: { query: { limit: 500 } }, signal })),
});

export const deliveriesQuery = infiniteQueryOptions({
  queryKey: ['deliveries'],
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ next }: { readonly next?: string }) => next,
  queryFn: ({ pageParam, signal }) =>
    answer(
      client.GET('/api/v1/notifications/deliveries', {
        params: { query: { limit: 50, ...(pageParam !== undefined && { cursor: pageParam }) } },
        signal,
      }),
    ),
});
