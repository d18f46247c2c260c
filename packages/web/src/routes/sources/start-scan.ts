import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, client } from '../../api/client.ts';

/** Begins a scan of the environments and sources named; of everything where none are. */
export function useStartScan() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { readonly environments: string[]; readonly sources: string[] }) =>
      answer(client.POST('/api/v1/scans', { body })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['jobs'] }),
  });
}

/** Cancels a job, or runs a dead one again. */
export function useJobAction() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, what }: { readonly id: string; readonly what: 'cancel' | 'replay' }) => {
      const params = { params: { path: { id } } };
      return answer(
        what === 'cancel'
          ? client.DELETE('/api/v1/jobs/{id}', params)
          : client.POST('/api/v1/jobs/{id}/replay', params),
      );
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['jobs'] }),
  });
}
