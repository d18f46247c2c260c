import { authorizationOf, parseShape, type ReadContext, requestJson, requestShape } from '@leeway/connector-kit';
import { failed, type Json, ok, problem, type Result } from '@leeway/core';
import { z } from 'zod';
import type { RabbitmqSettings } from './settings.ts';

export const system = 'RabbitMQ';

/** One question to the management API. */
export interface Question {
  /** Below `/api/`, with its query. */
  readonly path: string;
  readonly what: string;
  /** The permission that LW3003 names. */
  readonly permission: string;
}

/** The management API, signed in. */
export interface Api {
  readonly address: string;
  ask(question: Question): Promise<Result<Json>>;
}

const Whoami = z.looseObject({ name: z.string(), tags: z.union([z.array(z.string()), z.string()]) });
const whoami = { path: 'whoami', what: 'who is signed in', permission: 'the tag monitoring' };

/**
 * Signs in and makes sure that the answers will be whole: without the tag `monitoring` the lists of the API leave out,
 * without a word, what lies in virtual hosts the user has no permission in.
 */
export async function openApi(settings: RabbitmqSettings, context: ReadContext): Promise<Result<Api>> {
  const headers = authorizationOf(context, settings, system);
  if (!headers.ok) return headers;
  const address = (settings.url ?? '').replace(/\/+$/, '');
  const request = ({ path, what, permission }: Question) => ({
    url: `${address}/api/${path}`,
    system,
    what,
    permission,
    init: { headers: headers.value },
  });
  const signedIn = await requestShape(context, request(whoami), Whoami);
  if (!signedIn.ok) return signedIn;
  const tags = [signedIn.value.tags].flat().join(',').split(',');
  if (!tags.includes('monitoring') && !tags.includes('administrator')) {
    return failed(problem('LW3003', { system, what: 'the list of virtual hosts', permission: whoami.permission }));
  }
  return ok({
    address,
    async ask(question) {
      const answer = await requestJson(context, request(question));
      if (answer.ok || answer.problems[0]?.code !== 'LW3002') return answer;
      // The API answers 401 to users who may not see something: asking again who we are tells a denial from a sign-in.
      const still = await requestJson(context, request(whoami));
      if (!still.ok) return still;
      return failed(problem('LW3003', { system, what: question.what, permission: question.permission }));
    },
  });
}

const listSchema = z.array(z.json());
const Page = z.looseObject({
  items: z.array(z.json()),
  page_count: z.int().nonnegative(),
  total_count: z.int().nonnegative(),
});

/** A list that comes whole. */
export async function askList(api: Api, question: Question): Promise<Result<readonly Json[]>> {
  const answer = await api.ask(question);
  return answer.ok ? parseShape(listSchema, answer.value, { system, what: question.what }) : answer;
}

const pageSize = 500;

/** A list in pages. A list that changed its length meanwhile was not read whole: LW3006. */
export async function* askPages(api: Api, question: Question): AsyncIterable<Result<readonly Json[]>> {
  let count = 0;
  for (let page = 1, pages = 1; page <= pages; page += 1) {
    const path = `${question.path}${question.path.includes('?') ? '&' : '?'}page=${page}&page_size=${pageSize}`;
    const answer = await api.ask({ ...question, path });
    const parsed = answer.ok ? parseShape(Page, answer.value, { system, what: question.what }) : answer;
    if (!parsed.ok) return yield parsed;
    const { items, page_count, total_count } = parsed.value;
    pages = page_count;
    count += items.length;
    yield ok(items);
    if (page >= pages && count !== total_count) {
      const reason = 'the list changed while it was read';
      yield failed(problem('LW3006', { system, what: question.what, reason }));
    }
  }
}
