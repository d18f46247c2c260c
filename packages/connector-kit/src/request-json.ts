import { failed, isJsonArray, isJsonObject, type Json, ok, type Problem, problem, type Result } from '@leeway/core';
import type { ReadContext } from './connector.ts';
import { type Asked, attempt } from './context/failure.ts';

/** One request for JSON. `system` and `what` are for messages: "Prometheus", "the rules". */
export interface JsonRequest extends Asked {
  readonly url: string | URL;
  readonly init?: RequestInit;
  /** The permission that LW3003 names. */
  readonly permission?: string;
}

const deepest = 256;

/**
 * Asks for a JSON document. Every way to fail is a result: LW3001 to LW3005 and LW3010 to LW3012 as {@link guardFetch}
 * tells them, LW3006 for an answer that is not JSON, LW3007 for any other status than 2xx.
 */
export function requestJson(context: ReadContext, request: JsonRequest): Promise<Result<Json>> {
  return attempt(async () => {
    const response = await context.fetch(request.url, request.init);
    const body = await response.text();
    return response.ok
      ? parseAnswer(body, request)
      : failed(problem('LW3007', { ...asked(request), status: response.status }));
  }).then((result) => (result.ok ? result : failed(...result.problems.map((found) => nameRequest(found, request)))));
}

const asked = ({ system, what }: JsonRequest) => ({ system, what });

/** The same problem, told with the connector's words for what was asked. */
function nameRequest(found: Problem, request: JsonRequest): Problem {
  if (found.code !== 'LW3003') return found;
  const { system, what, permission = `read ${what}` } = request;
  return problem('LW3003', { system, what, permission });
}

function parseAnswer(body: string, request: JsonRequest): Result<Json> {
  const unreadable = (reason: string) => failed<Json>(problem('LW3006', { ...asked(request), reason }));
  const start = body.trimStart().slice(0, 1);
  if (start === '') return unreadable('the answer is empty');
  if (start === '<') return unreadable('it is an HTML or XML page, not JSON');
  let value: Json;
  try {
    value = JSON.parse(body);
  } catch {
    // The parser's own words quote the text, which may hold secrets.
    return unreadable('it is not valid JSON');
  }
  return isTooDeep(value) ? unreadable(`it is nested more than ${deepest} levels deep`) : ok(value);
}

/** Walks level by level, so that a hostile depth costs no stack. */
function isTooDeep(value: Json): boolean {
  let level: readonly Json[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest) return true;
    level = level.flatMap((item) => {
      if (isJsonArray(item)) return item;
      return isJsonObject(item) ? Object.values(item) : [];
    });
  }
  return false;
}
