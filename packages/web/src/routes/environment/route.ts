import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { pick } from '../../api/search-params.ts';
import { shellRoute } from '../root.tsx';
import { environmentQuery } from './queries.ts';

export const environmentRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/environments/$environment',
  /** `show` is `resources` for the list of what was read; `open` a resource in it. */
  validateSearch: (search: Record<string, unknown>) =>
    pick(search, ['show', 'layer', 'workload', 'kind', 'source', 'q', 'open']),
  loader({ context, params }) {
    void context.queries.prefetchQuery(environmentQuery(params.environment));
  },
  component: lazyRouteComponent(() => import('./environment-screen.tsx'), 'EnvironmentScreen'),
});
