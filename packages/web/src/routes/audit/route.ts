import { infiniteQueryOptions } from '@tanstack/react-query';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { answer, client } from '../../api/client.ts';
import { pick } from '../../api/search-params.ts';
import { shellRoute } from '../root.tsx';

export interface AuditFilter {
  readonly actor?: string;
  readonly action?: string;
  readonly outcome?: string;
  readonly q?: string;
}

export function auditQuery({ outcome, ...filter }: AuditFilter) {
  return infiniteQueryOptions({
    queryKey: ['audit', filter, outcome],
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }: { readonly next?: string }) => next,
    queryFn: ({ pageParam, signal }) =>
      answer(
        client.GET('/api/v1/audit', {
          params: {
            query: {
              ...filter,
              limit: 100,
              ...(outcome !== undefined && { outcome }),
              ...(pageParam !== undefined && { cursor: pageParam }),
            },
          },
          signal,
        }),
      ),
  });
}

export const auditRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/audit',
  validateSearch: (search: Record<string, unknown>) => pick(search, ['actor', 'action', 'outcome', 'q', 'open']),
  component: lazyRouteComponent(() => import('./audit-screen.tsx'), 'AuditScreen'),
});
