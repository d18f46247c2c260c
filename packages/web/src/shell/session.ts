import { useQuery } from '@tanstack/react-query';
import { meQuery } from '../api/queries.ts';
import type { Me } from '../api/types.ts';

/** Whether who is signed in holds a permission somewhere. The server decides each call; this only spares hopeless buttons. */
export function useMayDo(permission: Me['permissions'][number]): boolean {
  const { data } = useQuery(meQuery);
  return data?.permissions.includes(permission) ?? false;
}
