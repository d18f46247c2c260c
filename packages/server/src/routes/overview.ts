import type { overviewContracts } from '../contract/overview.ts';
import type { HandlersOf } from '../http/call.ts';
import { makeOverview } from '../views/overview.ts';

export const overviewHandlers: HandlersOf<typeof overviewContracts> = {
  async getOverview({ query, principal }, { views, store }) {
    return makeOverview(await views.open(principal), store.views, principal, query.rows);
  },
};
