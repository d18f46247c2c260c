import type { JsonRequest, ReadContext } from '@leeway/connector-kit';
import type { Json } from '@leeway/core';
import { askObject, askPages } from '../shared/cloud/ask.ts';
import { textAt } from '../shared/cloud/shape.ts';
import { type AzureSettings, clouds } from './settings.ts';

/** Azure, signed in to. */
export interface Azure {
  /** The rows of a Resource Graph query, which must keep `id`: https://learn.microsoft.com/rest/api/azureresourcegraph/resourcegraph/resources/resources */
  query(what: string, text: string): AsyncGenerator<Json>;
  /** Events of one subscription since an instant, newest first, a bounded number of them. */
  events(subscription: string, since: Date): AsyncGenerator<Json>;
}

/** Rows of one page: as many as the API allows. */
const pageSize = 1000;

export function openAzure(settings: AzureSettings, context: ReadContext, token: string): Azure {
  const { management } = clouds[settings.cloud];
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const ask = (request: JsonRequest, bucket: string, rate: number) =>
    askObject(context, { ...request, init: { ...request.init, headers } }, { bucket: `azure ${bucket}`, rate });
  return {
    query(what, text) {
      const request = (skipToken?: string): JsonRequest => ({
        system: 'Azure',
        what,
        permission: 'Reader on the subscription',
        url: `${management}/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01`,
        init: {
          method: 'POST',
          body: JSON.stringify({
            subscriptions: Object.values(settings.subscriptions),
            query: text,
            options: {
              resultFormat: 'objectArray',
              $top: pageSize,
              ...(skipToken !== undefined && { $skipToken: skipToken }),
            },
          }),
        },
      });
      // 15 requests in 5 seconds are allowed to one identity in a tenant.
      const page = (asked: JsonRequest) => ask(asked, `${settings.tenant ?? ''} graph`, 2.5);
      return askPages('data', request(), page, (answer) => {
        const next = textAt(answer, '$skipToken');
        return next === undefined ? undefined : request(next);
      });
    },
    events(subscription, since) {
      const what = 'the activity log';
      const permission = 'Microsoft.Insights/eventtypes/management/values/read';
      const url = new URL(
        `${management}/subscriptions/${subscription}/providers/Microsoft.Insights/eventtypes/management/values`,
      );
      url.searchParams.set('api-version', '2015-04-01');
      url.searchParams.set('$filter', `eventTimestamp ge '${since.toISOString()}'`);
      url.searchParams.set('$select', 'caller,eventTimestamp,resourceId,operationName,status,authorization,claims');
      let pages = 0;
      const page = (asked: JsonRequest) => ask(asked, `${subscription} insights`, 2);
      return askPages('value', { system: 'Azure', what, permission, url }, page, (answer) => {
        const next = textAt(answer, 'nextLink');
        // A token is sent to whom it is meant for and to nobody else.
        const isOwn = next?.startsWith(`${management}/`) === true;
        pages += 1;
        return isOwn && pages < mostPages ? { system: 'Azure', what, permission, url: next } : undefined;
      });
    },
  };
}

/** Pages of some hundred events. */
const mostPages = 20;
