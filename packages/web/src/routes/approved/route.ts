import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { pick } from '../../api/search-params.ts';
import { shellRoute } from '../root.tsx';

/** `show` is `requests` for what was asked for; `open` the record or request in the pane. */
export const approvedRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/approved',
  validateSearch: (search: Record<string, unknown>) =>
    pick(search, ['show', 'state', 'category', 'owner', 'environment', 'mine', 'q', 'open']),
  component: lazyRouteComponent(() => import('./approved-screen.tsx'), 'ApprovedScreen'),
});
