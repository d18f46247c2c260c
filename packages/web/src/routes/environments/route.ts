import { queryOptions } from '@tanstack/react-query';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { answer, client } from '../../api/client.ts';
import { shellRoute } from '../root.tsx';

export const environmentsQuery = queryOptions({
  queryKey: ['environments'],
  queryFn: ({ signal }) => answer(client.GET('/api/v1/environments', { signal })),
});

export const environmentsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/environments',
  loader({ context }) {
    void context.queries.prefetchQuery(environmentsQuery);
  },
  component: lazyRouteComponent(() => import('./environments-screen.tsx'), 'EnvironmentsScreen'),
});
