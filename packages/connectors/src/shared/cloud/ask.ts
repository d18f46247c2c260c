import { type JsonRequest, type ReadContext, requestJson } from '@leeway/connector-kit';
import { isJsonArray, isJsonObject, type Json, type JsonObject, ProblemError, problem } from '@leeway/core';
import { textAt, valueAt } from './shape.ts';

/** Asks for a JSON object; throws the problem where there is none. `rate` is requests a second of the quota `bucket`. */
export async function askObject(
  context: ReadContext,
  request: JsonRequest,
  quota?: { readonly bucket: string; readonly rate: number },
): Promise<JsonObject> {
  if (quota) await context.limiter?.(quota.bucket, quota.rate).take(context.signal);
  const answer = await requestJson(context, request);
  const [fault] = answer.ok ? [] : answer.problems;
  if (fault) throw new ProblemError(fault);
  if (answer.ok && isJsonObject(answer.value)) return answer.value;
  throw new ProblemError(unreadable(request, 'it is no object'));
}

/** An OAuth access token. Wrong credentials, which RFC 6749 has answered with 400, are LW3002. */
export async function askToken(context: ReadContext, request: JsonRequest): Promise<string> {
  let answer: JsonObject;
  try {
    answer = await askObject(context, request);
  } catch (error) {
    const isRefusal =
      error instanceof ProblemError && error.problem.code === 'LW3007' && error.problem.message.includes(' 400 ');
    throw isRefusal ? new ProblemError(problem('LW3002', { system: request.system })) : error;
  }
  const token = textAt(answer, 'access_token');
  if (token !== undefined) return token;
  throw new ProblemError(unreadable(request, 'it holds no token'));
}

/** More pages than this are a loop, not a list. */
const mostPages = 100_000;

/** The items of a list that answers name by `items`, with `next` telling how to ask for the page after this one. */
export async function* askPages(
  items: string,
  first: JsonRequest,
  ask: (request: JsonRequest) => Promise<JsonObject>,
  next: (answer: JsonObject) => JsonRequest | undefined,
): AsyncGenerator<Json> {
  let request: JsonRequest | undefined = first;
  for (let page = 0; request && page < mostPages; page += 1) {
    const answer: JsonObject = await ask(request);
    const list = valueAt(answer, items);
    const following = next(answer);
    // An empty page may leave its list out; a first page with nothing at all is something else.
    if (
      list !== undefined
        ? !isJsonArray(list)
        : Object.keys(answer).length > 0 && !following && !isEmptyPage(answer, items)
    ) {
      throw new ProblemError(unreadable(request, `its list ${items} is missing`));
    }
    if (isJsonArray(list)) yield* list;
    request = following;
  }
}

/** Google leaves empty lists out and tells when it read, or nothing at all. */
function isEmptyPage(answer: JsonObject, items: string): boolean {
  return items === 'assets' && textAt(answer, 'readTime') !== undefined;
}

function unreadable({ system, what }: JsonRequest, reason: string) {
  return problem('LW3006', { system, what, reason });
}
