import { authorizationOf, type ReadContext, requestShape } from '@leeway/connector-kit';
import { ok, type Result } from '@leeway/core';
import { z } from 'zod';
import { type GitHostingSettings, type Hosting, publicAddress } from './schema.ts';

const titles: Readonly<Record<Hosting, string>> = { github: 'GitHub', gitlab: 'GitLab', gitea: 'Gitea' };
const accepted: Readonly<Partial<Record<Hosting, Readonly<Record<string, string>>>>> = {
  github: { accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' },
};

/** Pages of one list; a server that always names a next one must not hold the scan. */
const mostPages = 500;

/** What is asked: the path below the address, words for messages, and the permission it takes. */
export interface Question {
  readonly path: string;
  readonly what: string;
  readonly permission?: string;
}

/** Asks a hosting over HTTP. Failures are coded as {@link requestShape} says. */
export interface HostingClient {
  readonly hosting: Hosting;
  readonly place: string;
  /** The answer, or undefined where there is nothing (404). */
  find<Schema extends z.ZodType>(question: Question, schema: Schema): Promise<Result<z.output<Schema> | undefined>>;
  ask<Schema extends z.ZodType>(question: Question, schema: Schema): Promise<Result<z.output<Schema>>>;
  /** Every item of a list, page by page, as long as the Link header (RFC 8288) names a next one. */
  list<Schema extends z.ZodType>(question: Question, item: Schema): Promise<Result<readonly z.output<Schema>[]>>;
}

export function openHosting(settings: GitHostingSettings, context: ReadContext): Result<HostingClient> {
  const { hosting = 'github', tokenFrom } = settings;
  const place = (settings.url ?? publicAddress[hosting] ?? '').replace(/\/+$/, '');
  const system = titles[hosting];
  const authorization = authorizationOf(context, { tokenFrom }, system);
  if (!authorization.ok) return authorization;
  const headers = { ...accepted[hosting], ...authorization.value };

  async function send<Schema extends z.ZodType>({ path, ...asked }: Question, schema: Schema) {
    let response: Response | undefined;
    const watched: ReadContext = {
      ...context,
      fetch: async (input, init) => {
        response = await context.fetch(input, init);
        return response;
      },
    };
    const answer = await requestShape(watched, { url: `${place}${path}`, system, ...asked, init: { headers } }, schema);
    return {
      answer,
      isMissing: response?.status === 404,
      hasNext: /rel="?next/.test(response?.headers.get('link') ?? ''),
    };
  }

  return ok({
    hosting,
    place,
    async find(question, schema) {
      const { answer, isMissing } = await send(question, schema);
      return isMissing ? ok(undefined) : answer;
    },
    ask: async (question, schema) => (await send(question, schema)).answer,
    async list(question, item) {
      const all: z.output<typeof item>[] = [];
      for (let page = 1; page <= mostPages; page += 1) {
        const join = question.path.includes('?') ? '&' : '?';
        // Only the number counts: an address from the answer would get the token.
        const path = `${question.path}${join}${hosting === 'gitea' ? 'limit=50' : 'per_page=100'}&page=${page}`;
        const { answer, hasNext } = await send({ ...question, path }, z.array(item));
        if (!answer.ok) return answer;
        all.push(...answer.value);
        if (!hasNext || answer.value.length === 0) break;
      }
      return ok(all);
    },
  });
}
