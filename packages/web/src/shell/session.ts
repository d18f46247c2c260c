import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, client } from '../api/client.ts';
import { meQuery } from '../api/queries.ts';
import type { Me } from '../api/types.ts';

/** Whether who is signed in holds a permission somewhere. The server decides each call; this only spares hopeless buttons. */
export function useMayDo(permission: Me['permissions'][number]): boolean {
  const { data } = useQuery(meQuery);
  return data?.permissions.includes(permission) ?? false;
}

/** Scans everything now. */
export function useScan() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => answer(client.POST('/api/v1/scans', { body: { environments: [], sources: [] } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['jobs'] }),
  });
}
