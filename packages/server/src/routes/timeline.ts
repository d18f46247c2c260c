import type { timelineContracts } from '../contract/timeline.ts';
import type { HandlersOf } from '../http/call.ts';
import { listHappenings } from '../views/list-happenings.ts';
import { makeTimeline } from '../views/timeline.ts';

export const timelineHandlers: HandlersOf<typeof timelineContracts> = {
  async getTimeline({ query, principal }, { views, store }) {
    return makeTimeline(await views.open(principal), store.views, query);
  },
  async listHappenings({ query, principal }, { views, store }) {
    return listHappenings(await views.open(principal), store.views, principal, query);
  },
};
