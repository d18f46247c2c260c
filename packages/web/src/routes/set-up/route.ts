import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { pick } from '../../api/search-params.ts';
import { rootRoute } from '../root.tsx';

export const setUpRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/set-up',
  validateSearch: (search: Record<string, unknown>) => pick(search, ['link']),
  component: lazyRouteComponent(() => import('./set-up-screen.tsx'), 'SetUpScreen'),
});
