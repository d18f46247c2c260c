import type { QueryClient } from '@tanstack/react-query';
import { createRouter } from '@tanstack/react-router';
import { parseSearch, stringifySearch } from './api/search-params.ts';
import { approvedRoute } from './routes/approved/route.ts';
import { auditRoute } from './routes/audit/route.ts';
import { compareRoute } from './routes/compare/route.ts';
import { environmentRoute } from './routes/environment/route.ts';
import { environmentsRoute } from './routes/environments/route.ts';
import { findingRoute } from './routes/finding/route.ts';
import { findingsRoute } from './routes/findings/route.ts';
import { overviewRoute } from './routes/overview/route.ts';
import { policiesRoute } from './routes/policies/route.ts';
import { rootRoute, shellRoute } from './routes/root.tsx';
import { setUpRoute } from './routes/set-up/route.ts';
import { settingsRoute } from './routes/settings/route.ts';
import { signInRoute } from './routes/sign-in/route.ts';
import { sourcesRoute } from './routes/sources/route.ts';
import { timelineRoute } from './routes/timeline/route.ts';
import { FaultyScreen, MissingScreen } from './shell/odd-screens.tsx';

/** Every screen. One that stands in the shell is a child of `shellRoute`; `shell/screens.ts` names it in the rail. */
const routeTree = rootRoute.addChildren([
  shellRoute.addChildren([
    overviewRoute,
    environmentsRoute,
    environmentRoute,
    compareRoute,
    findingsRoute,
    findingRoute,
    approvedRoute,
    policiesRoute,
    timelineRoute,
    sourcesRoute,
    auditRoute,
    settingsRoute,
  ]),
  signInRoute,
  setUpRoute,
]);

export function createAppRouter(queries: QueryClient) {
  return createRouter({
    routeTree,
    context: { queries },
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultNotFoundComponent: MissingScreen,
    defaultErrorComponent: FaultyScreen,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
