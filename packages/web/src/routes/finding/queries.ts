import { queryOptions } from '@tanstack/react-query';
import { answer, client } from '../../api/client.ts';

export function findingQuery(fingerprint: string) {
  return queryOptions({
    queryKey: ['finding', fingerprint],
    queryFn: ({ signal }) =>
      answer(client.GET('/api/v1/findings/{fingerprint}', { params: { path: { fingerprint } }, signal })),
  });
}

/** The change to code that would end a finding; asked for only when somebody wants to see it. */
export function reconciliationQuery(fingerprint: string) {
  return queryOptions({
    queryKey: ['reconciliation', fingerprint],
    staleTime: 0,
    queryFn: ({ signal }) =>
      answer(
        client.GET('/api/v1/findings/{fingerprint}/reconciliation', { params: { path: { fingerprint } }, signal }),
      ),
  });
}
