import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { pick } from '../../api/search-params.ts';
import { shellRoute } from '../root.tsx';
import { settingsQuery } from './queries.ts';

export const parts = ['access', 'tokens', 'schedules', 'notifications', 'file'] as const;
export type Part = (typeof parts)[number];

export const settingsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings',
  validateSearch: (search: Record<string, unknown>) => pick(search, ['part']),
  loader({ context }) {
    void context.queries.prefetchQuery(settingsQuery);
  },
  component: lazyRouteComponent(() => import('./settings-screen.tsx'), 'SettingsScreen'),
});
