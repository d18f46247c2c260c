import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { pick } from '../../api/search-params.ts';
import { shellRoute } from '../root.tsx';
import { jobsQuery, sourcesQuery } from './queries.ts';

export const sourcesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/sources',
  /** `open` is `environment/source`. */
  validateSearch: (search: Record<string, unknown>) => pick(search, ['environment', 'state', 'open']),
  loader({ context }) {
    void context.queries.prefetchQuery(sourcesQuery);
    void context.queries.prefetchQuery(jobsQuery);
  },
  component: lazyRouteComponent(() => import('./sources-screen.tsx'), 'SourcesScreen'),
});
