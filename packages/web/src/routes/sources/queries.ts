import { queryOptions } from '@tanstack/react-query';
import { answer, client } from '../../api/client.ts';

export const sourcesQuery = queryOptions({
  queryKey: ['sources'],
  queryFn: ({ signal }) => answer(client.GET('/api/v1/sources', { signal })),
});

export const jobsQuery = queryOptions({
  queryKey: ['jobs'],
  queryFn: ({ signal }) => answer(client.GET('/api/v1/jobs', { params: { query: { limit: 20 } }, signal })),
});
