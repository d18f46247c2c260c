import { ProblemError, problem } from '@leeway/core';
import type { Clock } from './clock.ts';
import { type Asked, connectionProblem } from './failure.ts';
import { guardBody } from './guard-body.ts';
import type { Limiter } from './limiter.ts';

export type Fetch = typeof globalThis.fetch;

/** What stands between a connector and the network. */
export interface FetchGuard {
  readonly system: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** The limiter for a host (`host:port`). */
  readonly limiter: (host: string) => Limiter;
  /** Seconds one request, with its body, may take. */
  readonly requestSeconds: number;
  /** Bytes one answer may have. */
  readonly limitBytes: number;
  /** Tries after the first. */
  readonly retries: number;
  /** 0 to 1: spreads retries so that many readers do not come back at the same instant. */
  readonly random: () => number;
}

/** A request whose 401 is returned, not thrown: its header says where a token is to be had (RFC 9110 section 11.6.1). */
export interface ChallengedInit extends RequestInit {
  readonly challenged?: boolean;
}

const transient = new Set([429, 502, 503, 504]);
/** Longest wait a server may ask for; one that asks for more has as good as refused. */
const longestPause = 60_000;
const firstPause = 500;

interface Outcome {
  readonly response: Response;
  /** Ends the request's own time limit; called when its body has ended. */
  readonly release: () => void;
  readonly signal: AbortSignal;
}

/**
 * Fetch with the source's rate limit, time limits, size limit and bounded retries. Failures every connector answers
 * alike are thrown as ProblemError: LW3001 unreachable, LW3002 on 401, LW3003 on 403, LW3004 on lasting 429, LW3005
 * out of time, LW3007 on lasting 5xx, LW3010 cancelled; the body throws LW3011 or LW3012. Other answers are returned.
 */
export function guardFetch(raw: Fetch, guard: FetchGuard): Fetch {
  return async (input, init) => {
    const asked = describeRequest(input, init, guard.system);
    const limiter = guard.limiter(asked.host);
    for (let tried = 0; ; tried += 1) {
      await limiter.take(guard.signal);
      const outcome = await send(raw, input, init, guard, asked);
      const { response } = outcome;
      if (!isTransient(response)) return accept(outcome, guard, asked, init);
      const pause = pauseBefore(response, tried, guard);
      if (tried >= guard.retries || pause > longestPause) return accept(outcome, guard, asked, init);
      await discard(outcome);
      if (response.status === 429) limiter.pauseUntil(guard.clock.now() + pause);
      await guard.clock.sleep(pause, guard.signal);
    }
  };
}

async function send(
  raw: Fetch,
  input: Parameters<Fetch>[0],
  init: RequestInit | undefined,
  guard: FetchGuard,
  asked: Asked,
): Promise<Outcome> {
  const own = new AbortController();
  const late = problem('LW3005', { ...asked, seconds: guard.requestSeconds });
  const release = guard.clock.after(guard.requestSeconds * 1000, () => own.abort(new ProblemError(late)));
  const caller = init?.signal ?? (input instanceof Request ? input.signal : undefined);
  const signal = AbortSignal.any([guard.signal, own.signal, ...(caller ? [caller] : [])]);
  try {
    signal.throwIfAborted();
    return { response: await raw(input, { ...init, signal }), release, signal };
  } catch (error) {
    release();
    throw new ProblemError(connectionProblem(error, asked, signal));
  }
}

function accept(
  { response, release, signal }: Outcome,
  guard: FetchGuard,
  asked: Asked,
  init: ChallengedInit | undefined,
): Response {
  const isAnswered = response.status === 401 && init?.challenged === true;
  const refused = isAnswered ? undefined : refusal(response, asked);
  if (refused) {
    release();
    response.body?.cancel().catch(() => undefined);
    throw new ProblemError(refused);
  }
  if (!response.body) {
    release();
    return response;
  }
  const body = guardBody(response.body, { asked, signal, limitBytes: guard.limitBytes, release });
  return new Response(body, { status: response.status, statusText: response.statusText, headers: response.headers });
}

function refusal(response: Response, asked: Asked) {
  const { status } = response;
  if (status === 401) return problem('LW3002', { ...asked });
  if (isThrottled(response)) return problem('LW3004', { ...asked });
  if (status === 403) return problem('LW3003', { ...asked, permission: `read ${asked.what}` });
  return status >= 500 ? problem('LW3007', { ...asked, status }) : undefined;
}

/** GitHub and others answer 403 for a spent quota and say so in a header. */
function isThrottled(response: Response): boolean {
  if (response.status === 429) return true;
  return (
    response.status === 403 &&
    (response.headers.has('retry-after') || response.headers.get('x-ratelimit-remaining') === '0')
  );
}

function isTransient(response: Response): boolean {
  return transient.has(response.status) || isThrottled(response);
}

/** Milliseconds to wait: what the server asks for (RFC 9110 section 10.2.3), or exponential back-off with jitter. */
function pauseBefore(response: Response, tried: number, guard: FetchGuard): number {
  const backOff = firstPause * 2 ** tried * (0.5 + guard.random() / 2);
  const asked = response.headers.get('retry-after');
  if (asked === null) return backOff;
  if (/^\d+$/.test(asked)) return Math.max(Number(asked) * 1000, backOff);
  const instant = Date.parse(asked);
  return Number.isNaN(instant) ? backOff : Math.max(instant - guard.clock.now(), backOff);
}

async function discard({ response, release }: Outcome): Promise<void> {
  release();
  await response.body?.cancel().catch(() => undefined);
}

function describeRequest(
  input: Parameters<Fetch>[0],
  init: RequestInit | undefined,
  system: string,
): Asked & { readonly host: string } {
  const text = input instanceof Request ? input.url : String(input);
  const method = init?.method ?? (input instanceof Request ? input.method : 'GET');
  if (!URL.canParse(text)) return { system, what: method, host: '' };
  const url = new URL(text);
  return { system, what: `${method} ${url.host}${url.pathname}`, host: url.host };
}
