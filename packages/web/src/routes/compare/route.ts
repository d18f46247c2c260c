import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { environmentsQuery } from '../environments/route.ts';
import { shellRoute } from '../root.tsx';
import { compareQuery } from './queries.ts';
import { parseCompareSearch } from './search.ts';

export const compareRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/compare',
  validateSearch: parseCompareSearch,
  loaderDeps: ({ search: { open: _open, ...rest } }) => rest,
  loader({ context, deps: { left, right, ...filter } }) {
    void context.queries.prefetchQuery(environmentsQuery);
    if (left !== undefined && right !== undefined)
      void context.queries.prefetchInfiniteQuery(compareQuery(left, right, filter));
  },
  component: lazyRouteComponent(() => import('./compare-screen.tsx'), 'CompareScreen'),
});
