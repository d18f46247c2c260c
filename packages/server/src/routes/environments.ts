import type { environmentContracts } from '../contract/environments.ts';
import type { HandlersOf } from '../http/call.ts';
import { makeEnvironmentPage, summarizeEnvironments } from '../views/environment-page.ts';

type Viewing = Pick<typeof environmentContracts, 'listEnvironments' | 'getEnvironment'>;

export const environmentHandlers: HandlersOf<Viewing> = {
  async listEnvironments({ principal }, { views }) {
    return { items: await summarizeEnvironments(await views.open(principal)) };
  },

  async getEnvironment({ params, principal }, { views, store }) {
    return makeEnvironmentPage(await views.open(principal), store.views, principal, params.environment);
  },
};
