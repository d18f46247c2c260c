import type { JsonRequest, ReadContext } from '@leeway/connector-kit';
import type { Json } from '@leeway/core';
import { askObject, askPages } from '../shared/cloud/ask.ts';
import { textAt } from '../shared/cloud/shape.ts';
import type { GcpSettings } from './settings.ts';

/** Google Cloud, signed in to. */
export interface Google {
  /** Assets of some types, page by page: https://cloud.google.com/asset-inventory/docs/reference/rest/v1/assets/list */
  assets(what: string, content: 'RESOURCE' | 'IAM_POLICY', types: readonly string[]): AsyncGenerator<Json>;
  /** Entries of the admin activity log since an instant, newest first, a bounded number of them. */
  activity(since: Date): AsyncGenerator<Json>;
}

const system = 'Google Cloud';
/** 100 requests a minute are allowed to a project. */
const assetRate = 1.5;
/** 60 reads a minute are allowed to a project; pages hold a thousand entries. */
const logRate = 0.9;
const mostPages = 5;

export function openGoogle({ scope, quotaProject }: GcpSettings, context: ReadContext, token: string): Google {
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    ...(quotaProject !== undefined && { 'x-goog-user-project': quotaProject }),
  };
  const ask = (request: JsonRequest, bucket: string, rate: number) =>
    askObject(
      context,
      { ...request, init: { ...request.init, headers } },
      { bucket: `gcp ${quotaProject ?? scope} ${bucket}`, rate },
    );
  return {
    assets(what, content, types) {
      const permission = content === 'RESOURCE' ? 'cloudasset.assets.listResource' : 'cloudasset.assets.listIamPolicy';
      const request = (pageToken?: string): JsonRequest => {
        const url = new URL(`https://cloudasset.googleapis.com/v1/${scope}/assets`);
        url.searchParams.set('contentType', content);
        url.searchParams.set('pageSize', '1000');
        for (const type of types) url.searchParams.append('assetTypes', type);
        if (pageToken !== undefined) url.searchParams.set('pageToken', pageToken);
        return { system, what, permission, url };
      };
      return askPages(
        'assets',
        request(),
        (asked) => ask(asked, 'assets', assetRate),
        (answer) => {
          const next = textAt(answer, 'nextPageToken');
          return next === undefined ? undefined : request(next);
        },
      );
    },
    activity(since) {
      const request = (pageToken?: string): JsonRequest => ({
        system,
        what: 'the audit log',
        permission: 'logging.logEntries.list',
        url: 'https://logging.googleapis.com/v2/entries:list',
        init: {
          method: 'POST',
          body: JSON.stringify({
            resourceNames: [scope],
            filter: `logName:"cloudaudit.googleapis.com%2Factivity" AND timestamp>="${since.toISOString()}"`,
            orderBy: 'timestamp desc',
            pageSize: 1000,
            ...(pageToken !== undefined && { pageToken }),
          }),
        },
      });
      let pages = 0;
      return askPages(
        'entries',
        request(),
        (asked) => ask(asked, 'logging', logRate),
        (answer) => {
          const next = textAt(answer, 'nextPageToken');
          pages += 1;
          return next === undefined || pages >= mostPages ? undefined : request(next);
        },
      );
    },
  };
}
