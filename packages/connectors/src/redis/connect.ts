import { rootCertificates } from 'node:tls';
import { connectionProblem, loadOptional, type ReadContext, readText } from '@leeway/connector-kit';
import { abortProblem } from '@leeway/connector-kit/context/failure.ts';
import { failed, ok, type Problem, problem, type Result } from '@leeway/core';
import type { RedisSettings } from './settings.ts';

export const system = 'Redis';

/** A reply of RESP version 2. */
export type Reply = string | number | null | readonly Reply[];

/** A signed-in connection; each command has its own way to be refused. */
export interface Connection {
  ask(command: readonly string[], what: string, permission: string): Promise<Result<Reply>>;
}

/** Connects, lets `use` ask, and hangs up: within the source's time and the server's own. */
export async function withConnection<T>(
  settings: RedisSettings,
  context: ReadContext,
  use: (connection: Connection) => Promise<T>,
): Promise<Result<T>> {
  const prepared = await prepare(settings, context);
  if (!prepared.ok) return prepared;
  const { client, late, signal } = prepared.value;
  const explain = (error: unknown, what: string, permission: string) =>
    late.aborted && !context.signal.aborted
      ? problem('LW3005', { system, what, seconds: settings.timeout })
      : explainError(error, { what, permission, signal: context.signal });
  // A broken connection is told by the command that was under way.
  client.on('error', () => undefined);
  try {
    await untilAborted(client.connect(), signal);
  } catch (error) {
    client.destroy();
    return failed(explain(error, 'the connection', 'a user that may sign in'));
  }
  try {
    return ok(
      await use({
        async ask(command, what, permission) {
          try {
            return ok(await untilAborted(client.sendCommand<Reply>([...command]), signal));
          } catch (error) {
            return failed(explain(error, what, permission));
          }
        },
      }),
    );
  } finally {
    client.destroy();
  }
}

async function prepare(settings: RedisSettings, context: ReadContext) {
  if (context.signal.aborted) return failed<never>(abortProblem(context.signal, system));
  const password = passwordOf(settings, context);
  if (!password.ok) return password;
  const authorities = await trustedAuthorities(settings, context);
  if (!authorities.ok) return authorities;
  const library = await loadOptional(system, '@redis/client', () => import('@redis/client'));
  if (!library.ok) return library;
  const late = AbortSignal.timeout(settings.timeout * 1000);
  const { url = '', username } = settings;
  const client = library.value.createClient({
    url,
    RESP: 2,
    disableOfflineQueue: true,
    disableClientInfo: true,
    ...(username !== undefined && { username }),
    ...(password.value !== undefined && { password: password.value }),
    socket: {
      reconnectStrategy: false,
      connectTimeout: settings.timeout * 1000,
      ...(url.startsWith('rediss:') && { tls: true as const, ca: [...authorities.value] }),
    },
  });
  return ok({ client, late, signal: AbortSignal.any([context.signal, late]) });
}

function passwordOf({ passwordFrom }: RedisSettings, context: ReadContext): Result<string | undefined> {
  if (passwordFrom === undefined) return ok(undefined);
  const password = context.variable(passwordFrom);
  return password ? ok(password) : failed(problem('LW3055', { system, variable: passwordFrom }));
}

async function trustedAuthorities(
  { trust = [] }: RedisSettings,
  context: ReadContext,
): Promise<Result<readonly string[]>> {
  const own: string[] = [];
  for (const path of [trust].flat()) {
    const text = await readText(context.files, path);
    if (!text.ok) return text;
    own.push(text.value);
  }
  return ok([...rootCertificates, ...own]);
}

function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

interface Explaining {
  readonly what: string;
  readonly permission: string;
  readonly signal: AbortSignal;
}

/** First word of an error reply by what it means; the rest of it may quote what was sent. */
function explainError(error: unknown, { what, permission, signal }: Explaining): Problem {
  const [word = ''] = error instanceof Error ? error.message.split(' ', 1) : [];
  const text = error instanceof Error ? error.message : '';
  if (/^(?:WRONGPASS|NOAUTH)$/.test(word) || text.startsWith('ERR AUTH')) return problem('LW3002', { system });
  // Managed servers do not offer some commands at all.
  if (word === 'NOPERM' || /^ERR unknown (?:sub)?command/i.test(text)) {
    return problem('LW3003', { system, what, permission });
  }
  if (/^(?:LOADING|BUSY|MASTERDOWN|CLUSTERDOWN)$/.test(word)) {
    return problem('LW3006', { system, what, reason: `it answers ${word}` });
  }
  if (/^[A-Z]+$/.test(word)) return problem('LW3006', { system, what, reason: `it answers an error (${word})` });
  return connectionProblem(error, { system, what }, signal);
}
