import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../root.tsx';
import { findingQuery } from './queries.ts';

export const findingRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/findings/$fingerprint',
  loader({ context, params }) {
    void context.queries.prefetchQuery(findingQuery(params.fingerprint));
  },
  component: lazyRouteComponent(() => import('./finding-screen.tsx'), 'FindingScreen'),
});
