import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../root.tsx';
import { timelineQuery } from './queries.ts';
import { parseTimelineSearch } from './search.ts';

export const timelineRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/timeline',
  validateSearch: parseTimelineSearch,
  loaderDeps: ({ search: { layer: _layer, ...rest } }) => rest,
  loader({ context, deps: { by, ...range } }) {
    void context.queries.prefetchQuery(timelineQuery({ ...range, by: by ?? 'environment' }));
  },
  component: lazyRouteComponent(() => import('./timeline-screen.tsx'), 'TimelineScreen'),
});
