import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { overviewQuery } from '../../api/queries.ts';
import { pick } from '../../api/search-params.ts';
import { shellRoute } from '../root.tsx';

interface OverviewSearch {
  /** Layers unless said otherwise. */
  readonly rows?: 'workload';
  /** Group that a phone shows. */
  readonly group?: string;
  /** Ids of groups that are folded, by comma. */
  readonly folded?: string;
}

export const overviewRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  validateSearch(search: Record<string, unknown>): OverviewSearch {
    return { ...pick(search, ['group', 'folded']), ...(search['rows'] === 'workload' && { rows: 'workload' }) };
  },
  loaderDeps: ({ search }) => ({ rows: search.rows ?? ('layer' as const) }),
  // Begun beside the loading of the screen's code; the screen shows its own skeleton meanwhile.
  loader({ context, deps }) {
    void context.queries.prefetchQuery(overviewQuery(deps.rows));
  },
  component: lazyRouteComponent(() => import('./overview-screen.tsx'), 'OverviewScreen'),
});
