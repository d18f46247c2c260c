import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { pick } from '../../api/search-params.ts';
import { shellRoute } from '../root.tsx';
import { policiesQuery } from './queries.ts';

/** `show` is `playground`; `open` the code of the policy in the pane. */
export const policiesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/policies',
  validateSearch: (search: Record<string, unknown>) =>
    pick(search, ['show', 'pack', 'failing', 'q', 'open', 'environment', 'kind']),
  loader({ context }) {
    void context.queries.prefetchQuery(policiesQuery);
  },
  component: lazyRouteComponent(() => import('./policies-screen.tsx'), 'PoliciesScreen'),
});
