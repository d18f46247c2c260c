import { rootCertificates } from 'node:tls';
import { connectionProblem, loadOptional, type ReadContext, readText } from '@leeway/connector-kit';
import { abortProblem } from '@leeway/connector-kit/context/failure.ts';
import { failed, ok, type Problem, problem, type Result } from '@leeway/core';
import type { Admin, AdminOptions } from '@platformatic/kafka';
import type { KafkaSettings } from './settings.ts';

export const system = 'Kafka';

export type Library = typeof import('@platformatic/kafka');

/** A signed-in client that only asks. */
export interface Session {
  readonly library: Library;
  /** One request; `permission` is what LW3003 names. `otherwise` stands for an error of the protocol that is an answer. */
  ask<T>(
    what: string,
    permission: string,
    request: (admin: Admin) => Promise<T>,
    otherwise?: { readonly on: string; readonly value: T },
  ): Promise<Result<T>>;
}

/** Connects on the first request, lets `use` ask, and hangs up. */
export async function withSession<T>(
  settings: KafkaSettings,
  context: ReadContext,
  use: (session: Session) => Promise<T>,
): Promise<Result<T>> {
  if (context.signal.aborted) return failed(abortProblem(context.signal, system));
  const options = await optionsOf(settings, context);
  if (!options.ok) return options;
  const library = await loadOptional(system, '@platformatic/kafka', () => import('@platformatic/kafka'));
  if (!library.ok) return library;
  const admin = new library.value.Admin(options.value);
  try {
    return ok(
      await use({
        library: library.value,
        async ask(what, permission, request, otherwise) {
          const late = AbortSignal.timeout(settings.timeout * 1000);
          try {
            return ok(await untilAborted(request(admin), AbortSignal.any([context.signal, late])));
          } catch (error) {
            if (context.signal.aborted) return failed(abortProblem(context.signal, system));
            if (late.aborted) return failed(problem('LW3005', { system, what, seconds: settings.timeout }));
            if (otherwise && namesIn(error).includes(otherwise.on)) return ok(otherwise.value);
            return failed(explainError(error, what, permission));
          }
        },
      }),
    );
  } finally {
    admin.close().catch(() => undefined);
  }
}

async function optionsOf(settings: KafkaSettings, context: ReadContext): Promise<Result<AdminOptions>> {
  const variable = settings.passwordFrom ?? settings.tokenFrom;
  const secret = variable === undefined ? undefined : context.variable(variable);
  if (variable !== undefined && !secret) return failed(problem('LW3055', { system, variable }));
  const authorities: string[] = [];
  for (const path of [settings.trust ?? []].flat()) {
    const text = await readText(context.files, path);
    if (!text.ok) return text;
    authorities.push(text.value);
  }
  return ok({
    clientId: 'leeway',
    bootstrapBrokers: settings.brokers ?? [],
    // Asking for a topic that is not there must not make it.
    autocreateTopics: false,
    retries: 0,
    // Our own deadline comes first: the library tells a late broker and a dead one alike.
    connectTimeout: settings.timeout * 2000,
    requestTimeout: settings.timeout * 2000,
    ...(settings.tls && { tls: { ca: [...rootCertificates, ...authorities] } }),
    ...(secret !== undefined && { sasl: saslOf(settings, secret) }),
  });
}

function saslOf({ username, mechanism }: KafkaSettings, secret: string): NonNullable<AdminOptions['sasl']> {
  if (username === undefined) return { mechanism: 'OAUTHBEARER', token: secret };
  return { mechanism: mechanism ?? 'PLAIN', username, password: secret };
}

function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/** Error codes of the protocol by what they mean here. */
const denied = new Set(['TOPIC_AUTHORIZATION_FAILED', 'GROUP_AUTHORIZATION_FAILED', 'CLUSTER_AUTHORIZATION_FAILED']);
const notSignedIn = new Set(['SASL_AUTHENTICATION_FAILED', 'UNSUPPORTED_SASL_MECHANISM', 'PLT_KFK_AUTHENTICATION']);

function explainError(error: unknown, what: string, permission: string): Problem {
  const names = namesIn(error);
  if (names.some((name) => notSignedIn.has(name))) return problem('LW3002', { system });
  if (names.some((name) => denied.has(name))) return problem('LW3003', { system, what, permission });
  const protocol = names.find((name) => /^[A-Z_]+$/.test(name) && !name.startsWith('PLT_') && !/^E[A-Z]+$/.test(name));
  if (protocol !== undefined) {
    return problem('LW3006', { system, what, reason: `it answers ${protocol}` });
  }
  if (names.includes('PLT_KFK_UNSUPPORTED_API')) {
    return problem('LW3006', { system, what, reason: 'it does not know this request' });
  }
  return connectionProblem(deepest(error), { system, what });
}

/** Codes of an error and everything below it: the library wraps what a broker says several times. */
function namesIn(error: unknown, depth = 0): readonly string[] {
  if (!(error instanceof Error) || depth > 12) return [];
  const own = ['apiId', 'code'].flatMap((field) => {
    const value: unknown = Reflect.get(error, field);
    return typeof value === 'string' ? [value] : [];
  });
  return [...own, ...inside(error).flatMap((each) => namesIn(each, depth + 1))];
}

function deepest(error: unknown, depth = 0): unknown {
  const [first] = inside(error);
  return first === undefined || depth > 12 ? error : deepest(first, depth + 1);
}

function inside(error: unknown): readonly unknown[] {
  if (!(error instanceof Error)) return [];
  const errors = error instanceof AggregateError ? error.errors : [];
  return error.cause === undefined ? errors : [...errors, error.cause];
}
