import { connectionProblem, loadOptional, parseShape, type ReadContext, readText } from '@leeway/connector-kit';
import { abortProblem } from '@leeway/connector-kit/context/failure.ts';
import { failed, type Json, ok, type Problem, problem, type Result } from '@leeway/core';
import type { ConnectionOptions, NatsConnection } from '@nats-io/transport-node';
import { z } from 'zod';
import type { NatsSettings } from './settings.ts';

export const system = 'NATS';

type Library = typeof import('@nats-io/transport-node');

/** A signed-in client of one account. */
export interface Client {
  /** One request to the JetStream API; `$JS.API.` stands before the subject. */
  ask(subject: string, body: Json, what: string): Promise<Result<Json>>;
}

/** Connects, lets `use` ask, and hangs up: within the source's time and the server's own. */
export async function withClient<T>(
  settings: NatsSettings,
  context: ReadContext,
  use: (client: Client) => Promise<Result<T>>,
): Promise<Result<T>> {
  const prepared = await prepare(settings, context);
  if (!prepared.ok) return prepared;
  const { library, options } = prepared.value;
  const late = AbortSignal.timeout(settings.timeout * 1000);
  const signal = AbortSignal.any([context.signal, late]);
  const explain = (error: unknown, what: string, permission: string): Problem => {
    if (context.signal.aborted) return abortProblem(context.signal, system);
    if (late.aborted) return problem('LW3005', { system, what, seconds: settings.timeout });
    return explainError(error, { library, what, permission, seconds: settings.timeout });
  };
  let connection: NatsConnection;
  try {
    connection = await untilAborted(library.connect(options), signal, (opened) => opened.close());
  } catch (error) {
    return failed(explain(error, 'the connection', 'a user that may sign in'));
  }
  try {
    return await use({
      async ask(subject, body, what) {
        const full = `$JS.API.${subject}`;
        try {
          const timeout = settings.timeout * 1000;
          const answer = await untilAborted(connection.request(full, JSON.stringify(body), { timeout }), signal);
          return parseAnswer(answer.string(), what);
        } catch (error) {
          // Nobody serves JetStream here: there are no streams.
          if (error instanceof library.NoRespondersError || isNoResponders(error, library)) return ok({ total: 0 });
          return failed(explain(error, what, `publish to ${full}, subscribe to _INBOX.>`));
        }
      },
    });
  } finally {
    connection.close().catch(() => undefined);
  }
}

async function prepare(
  settings: NatsSettings,
  context: ReadContext,
): Promise<Result<{ readonly library: Library; readonly options: ConnectionOptions }>> {
  if (context.signal.aborted) return failed(abortProblem(context.signal, system));
  const authorities: string[] = [];
  for (const path of [settings.trust ?? []].flat()) {
    const text = await readText(context.files, path);
    if (!text.ok) return text;
    authorities.push(text.value);
  }
  const variable = settings.passwordFrom ?? settings.tokenFrom ?? settings.credentialsFrom;
  const secret = variable === undefined ? undefined : context.variable(variable);
  if (variable !== undefined && !secret) return failed(problem('LW3055', { system, variable }));
  const library = await loadOptional(system, '@nats-io/transport-node', () => import('@nats-io/transport-node'));
  if (!library.ok) return library;
  const url = settings.url ?? '';
  return ok({
    library: library.value,
    options: {
      servers: url.replace(/^\w+:\/\//, ''),
      name: 'leeway',
      reconnect: false,
      timeout: settings.timeout * 1000,
      ...(url.startsWith('tls:') && { tls: authorities.length > 0 ? { ca: authorities.join('\n') } : {} }),
      ...(secret !== undefined && credentialsOf(settings, secret, library.value)),
    },
  });
}

function credentialsOf({ username, tokenFrom }: NatsSettings, secret: string, library: Library): ConnectionOptions {
  if (username !== undefined) return { user: username, pass: secret };
  if (tokenFrom !== undefined) return { token: secret };
  return { authenticator: library.credsAuthenticator(new TextEncoder().encode(secret)) };
}

const Failure = z.looseObject({ error: z.looseObject({ code: z.number(), err_code: z.number().optional() }) });
/** JetStream is not enabled, here or for the account: there are no streams. */
const notEnabled = new Set([10_039, 10_076]);

function parseAnswer(text: string, what: string): Result<Json> {
  let answer: Json;
  try {
    answer = JSON.parse(text);
  } catch {
    return failed(problem('LW3006', { system, what, reason: 'it is not valid JSON' }));
  }
  const failure = Failure.safeParse(answer);
  if (!failure.success) return ok(answer);
  const { code, err_code = 0 } = failure.data.error;
  return notEnabled.has(err_code) ? ok({ total: 0 }) : failed(problem('LW3007', { system, what, status: code }));
}

function isNoResponders(error: unknown, library: Library): boolean {
  return error instanceof library.RequestError && error.isNoResponders();
}

interface Explaining {
  readonly library: Library;
  readonly what: string;
  readonly permission: string;
  readonly seconds: number;
}

function explainError(error: unknown, { library, what, permission, seconds }: Explaining): Problem {
  const causes = [error, error instanceof Error ? error.cause : undefined];
  const is = (type: new (...args: never[]) => Error) => causes.some((each) => each instanceof type);
  if (is(library.AuthorizationError) || is(library.UserAuthenticationExpiredError))
    return problem('LW3002', { system });
  if (is(library.PermissionViolationError)) return problem('LW3003', { system, what, permission });
  if (is(library.TimeoutError)) return problem('LW3005', { system, what, seconds });
  if (is(library.ProtocolError)) return problem('LW3006', { system, what, reason: 'it does not speak the protocol' });
  return connectionProblem(error, { system, what });
}

function untilAborted<T>(work: Promise<T>, signal: AbortSignal, discard?: (late: T) => Promise<void>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      reject(signal.reason);
      // What comes too late must not stay open.
      work.then(discard, () => undefined);
    };
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

const StreamPage = z.looseObject({
  total: z.int().nonnegative(),
  missing: z.array(z.string()).nullish(),
  streams: z.array(z.json()).nullish(),
  consumers: z.array(z.json()).nullish(),
});

/** Items of a list of the JetStream API, page by page. LW3006 when some did not answer or the list changed meanwhile. */
export async function askAll(
  client: Client,
  subject: string,
  list: 'streams' | 'consumers',
  what: string,
): Promise<Result<readonly Json[]>> {
  const items: Json[] = [];
  for (;;) {
    const answer = await client.ask(subject, { offset: items.length }, what);
    const page = answer.ok ? parseShape(StreamPage, answer.value, { system, what }) : answer;
    if (!page.ok) return page;
    const found = page.value[list] ?? [];
    items.push(...found);
    if (page.value.missing?.length) return failed(partial(what, 'some of their servers did not answer'));
    if (items.length >= page.value.total) return ok(items);
    if (found.length === 0) return failed(partial(what, 'the list changed while it was read'));
  }
}

function partial(what: string, reason: string): Problem {
  return problem('LW3006', { system, what, reason });
}
