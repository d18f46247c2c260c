import type { components } from './schema.ts';

export type ProblemDocument = components['schemas']['ProblemDocument'];

/** A failed call, with the cause and the next step of the server's problem registry. */
export class ApiProblem extends Error {
  readonly document: ProblemDocument;
  constructor(document: ProblemDocument) {
    super(document.detail);
    this.name = 'ApiProblem';
    this.document = document;
  }
}

/** The server did not answer at all. */
export function unreachable(): ApiProblem {
  return new ApiProblem({
    type: 'about:blank',
    title: 'Server not reached',
    status: 0,
    detail: 'The Leeway server does not answer.',
    code: '',
    hint: 'Check your network. What you see here is what was read last; the page asks again by itself.',
    instance: '',
  });
}

/** Any thrown thing as a problem document; faults of the page itself say so. */
export function problemOf(error: unknown): ProblemDocument {
  if (error instanceof ApiProblem) return error.document;
  return {
    type: 'about:blank',
    title: 'Fault in this page',
    status: 0,
    detail: error instanceof Error ? error.message : String(error),
    code: '',
    hint: 'Load the page again; if it stays, report it with these words.',
    instance: '',
  };
}

/** Whether asking again may help: the network, or a server that is busy or starting. */
export function mayRetry(error: unknown): boolean {
  if (!(error instanceof ApiProblem)) return false;
  const { status } = error.document;
  return status === 0 || status === 429 || status === 502 || status === 503 || status === 504;
}
