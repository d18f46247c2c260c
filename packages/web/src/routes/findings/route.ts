import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../root.tsx';
import { findingsQuery } from './queries.ts';
import { filterOf, parseFindingsSearch } from './search.ts';

export const findingsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/findings',
  validateSearch: parseFindingsSearch,
  loaderDeps: ({ search }) => filterOf(search),
  loader({ context, deps }) {
    void context.queries.prefetchInfiniteQuery(findingsQuery(deps));
  },
  component: lazyRouteComponent(() => import('./findings-screen.tsx'), 'FindingsScreen'),
});
