import { failed, isJsonObject, type Json, ok, problem, type Result } from '@leeway/core';
import { z } from 'zod';
import type { Connector, ReadContext, Reading } from './connector.ts';
import { attempt } from './context/failure.ts';
import { requestJson } from './request-json.ts';
import { testConnector } from './test-contract.ts';

const Settings = z.strictObject({ url: z.url() });
type Settings = z.infer<typeof Settings>;

const page = (context: ReadContext, url: string): Promise<Result<Json>> =>
  requestJson(context, { url, system: 'Shelf', what: 'the shelf' });

function items(body: Json): Result<readonly string[]> {
  const list = isJsonObject(body) ? body['items'] : undefined;
  const names = z.array(z.string()).safeParse(list);
  return names.success
    ? ok(names.data)
    : failed(problem('LW3006', { system: 'Shelf', what: 'the shelf', reason: 'it has no list "items"' }));
}

/** The smallest connector that keeps the contract: one kind, two pages. */
const shelf: Connector<Settings> = {
  id: 'shelf',
  title: 'Shelf',
  summary: 'Reads a shelf.',
  settings: Settings,
  kinds: [{ name: 'shelf.item', title: 'item', layer: 'erp', version: 1 }],
  verification: { state: 'built-to-published-api', api: 'none' },
  permissions: [],
  async check(settings, context) {
    const found = await attempt(() => page(context, `${settings.url}?page=1`));
    return [{ what: 'the shelf', ok: found.ok, ...(!found.ok && found.problems[0] && { problem: found.problems[0] }) }];
  },
  async *read(settings, context): AsyncIterable<Reading> {
    let problems = 0;
    for (const number of [1, 2]) {
      const found = await attempt(async () => {
        const body = await page(context, `${settings.url}?page=${number}`);
        return body.ok ? items(body.value) : body;
      });
      if (found.ok) {
        for (const key of found.value)
          yield { type: 'resource', resource: { kind: 'shelf.item', key, attributes: {} } };
        continue;
      }
      problems += 1;
      for (const notice of found.problems) yield { type: 'notice', problem: notice, kind: 'shelf.item' };
    }
    if (problems === 0) yield { type: 'complete', kind: 'shelf.item' };
  },
};

testConnector('shelf', shelf, {
  secrets: ['hunter2'],
  scenarios: [
    {
      name: 'two pages',
      settings: { url: 'http://shelf.test/' },
      lists: ['/items'],
      resources: 3,
      recordings: [
        { request: { url: 'http://shelf.test/?page=1' }, response: { json: { items: ['a', 'b'] } } },
        { request: { url: 'http://shelf.test/?page=2' }, response: { json: { items: ['c'] } } },
      ],
    },
  ],
});
