import createClient from 'openapi-fetch';
import { ApiProblem, type ProblemDocument, unreachable } from './problem.ts';
import type { paths } from './schema.ts';
import { csrfToken, sessionEnded } from './session.ts';

/** The one client of the API; its types come from the OpenAPI document. */
export const client = createClient<paths>({ baseUrl: '' });

const reading = new Set(['GET', 'HEAD']);

client.use({
  onRequest({ request }) {
    const token = csrfToken();
    if (token !== undefined && !reading.has(request.method)) request.headers.set('x-csrf-token', token);
    return request;
  },
  onResponse({ response, request }) {
    if (response.status === 401 && !request.url.includes('/session')) sessionEnded();
    return response;
  },
  onError: ({ error }) => (error instanceof DOMException && error.name === 'AbortError' ? error : unreachable()),
});

interface Answered<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

/**
 * The document of an answer, for TanStack Query.
 * @throws {ApiProblem} what the server refused or failed at, or that it could not be reached.
 */
export async function answer<T>(call: Promise<Answered<T>>): Promise<T> {
  const { data, error, response } = await call;
  if (response.ok) return data as T;
  throw new ApiProblem(documentOf(error, response));
}

/** The problem document of a failure. A proxy in front may answer with something else. */
function documentOf(error: unknown, response: Response): ProblemDocument {
  if (typeof error === 'object' && error !== null && 'code' in error && 'detail' in error)
    return error as ProblemDocument;
  return {
    type: 'about:blank',
    title: 'No answer of Leeway',
    status: response.status,
    detail: `Something between here and the server answered with status ${response.status}.`,
    code: '',
    hint: 'Try again; if it stays, look at the proxy in front of the server.',
    instance: '',
  };
}
