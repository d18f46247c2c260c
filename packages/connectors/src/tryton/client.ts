import { type ReadContext, requestJson } from '@leeway/connector-kit';
import { type Json, type JsonObject, ProblemError, problem } from '@leeway/core';
import type { z } from 'zod';
import { Answer, LoginAnswer, Preferences, type TrytonSettings } from './schema.ts';

/** What is called, and what it is called in messages: "the sequences". */
export interface Call {
  readonly method: string;
  readonly params: readonly Json[];
  readonly what: string;
  /** What LW3003 tells to grant. */
  readonly permission?: string;
  /** Set where something is to be changed: what is refused then is a write. */
  readonly writes?: boolean;
}

/** A session of one user. Every way to fail is thrown as a ProblemError. */
export interface TrytonSession {
  readonly system: string;
  /** The user's own context: company, language, groups. */
  readonly context: JsonObject;
  call<Schema extends z.ZodType>(call: Call, schema: Schema): Promise<z.output<Schema>>;
  close(): Promise<void>;
}

/** Logs in. A session costs one password hash; HTTP Basic would cost one for every call. */
export async function openSession(settings: TrytonSettings, context: ReadContext): Promise<TrytonSession> {
  const system = `Tryton ${new URL(settings.url).host}/${settings.database}`;
  const password = context.variable(settings.passwordFrom);
  if (!password) throw new ProblemError(problem('LW3055', { system, variable: settings.passwordFrom }));
  const caller = new Caller(settings, context, system);
  const login: Call = { method: 'common.db.login', params: [settings.user, { password }], what: 'the log-in' };
  const [user, session] = await caller.call(login, LoginAnswer);
  caller.authorize(`Session ${Buffer.from(`${settings.user}:${user}:${session}`).toString('base64')}`);
  const preferences: Call = {
    method: 'model.res.user.get_preferences',
    params: [true, {}],
    what: 'the preferences of the user',
  };
  const own = await caller.call(preferences, Preferences);
  return {
    system,
    // Inactive records stay: a job that is switched off is not a missing one. One language, so that names are the same.
    context: { ...(own as JsonObject), active_test: false, language: 'en' },
    call: (call, schema) => caller.call(call, schema),
    close: () => caller.close(),
  };
}

class Caller {
  readonly #url: string;
  readonly #context: ReadContext;
  readonly #system: string;
  readonly #headers: Record<string, string> = { 'content-type': 'application/json' };

  constructor({ url, database }: TrytonSettings, context: ReadContext, system: string) {
    this.#url = `${url.replace(/\/+$/, '')}/${encodeURIComponent(database)}/`;
    this.#context = context;
    this.#system = system;
  }

  authorize(authorization: string): void {
    this.#headers['authorization'] = authorization;
  }

  async call<Schema extends z.ZodType>(call: Call, schema: Schema): Promise<z.output<Schema>> {
    const { what, permission } = call;
    const answer = await requestJson(this.#context, {
      url: this.#url,
      system: this.#system,
      what,
      ...(permission && { permission }),
      init: this.#post(call),
    });
    if (!answer.ok) throw new ProblemError(answer.problems[0] ?? this.#unreadable(what, 'nothing is told'));
    const parsed = Answer.safeParse(answer.value);
    if (!parsed.success) throw new ProblemError(this.#unreadable(what, 'it is not an answer of JSON-RPC'));
    if ('error' in parsed.data) throw new ProblemError(this.#refusal(parsed.data.error as ErrorWords, call));
    const result = schema.safeParse(parsed.data.result);
    if (result.success) return result.data;
    const [issue] = result.error.issues;
    throw new ProblemError(
      this.#unreadable(what, `its field ${issue?.path.join('.') || 'at the top'} is not as expected`),
    );
  }

  /** Ends the session; a server that does not hear it forgets the session by itself. */
  async close(): Promise<void> {
    if (this.#headers['authorization'] === undefined || this.#context.signal.aborted) return;
    const logout: Call = { method: 'common.db.logout', params: [], what: 'the log-out' };
    await requestJson(this.#context, {
      url: this.#url,
      system: this.#system,
      what: logout.what,
      init: this.#post(logout),
    });
  }

  /** The number pairs answers of one connection with their requests; HTTP does that already. */
  #post({ method, params }: Call): RequestInit {
    return { method: 'POST', headers: this.#headers, body: JSON.stringify({ id: 1, method, params }) };
  }

  #unreadable(what: string, reason: string) {
    return problem('LW3006', { system: this.#system, what, reason });
  }

  /** `UserError` carries words for people; everything else is a Python error, whose text may quote anything. */
  #refusal([name, detail]: ErrorWords, { what, permission, writes = false }: Call) {
    const system = this.#system;
    const words = Array.isArray(detail) ? String(detail[0]) : '';
    if (writes)
      return problem('LW3164', { system, what, reason: refusals[name] ?? `it answered with ${errorName(name)}` });
    if (name === 'UserError' && /not allowed|access/i.test(words)) {
      return problem('LW3003', { system, what, permission: permission ?? `read ${what}` });
    }
    return problem('LW3007', { system, what, status: `with ${errorName(name)}` });
  }
}

/** Names of errors that trytond gives on purpose; every other name is the text of a Python error. */
const errorName = (name: string) =>
  /^[A-Z][A-Za-z]+(?:Error|Warning|Exception)$/.test(name) ? `a ${name}` : 'an error of the server';

const refusals: Readonly<Record<string, string>> = {
  UserError: 'its rules or the rights of the user do not allow it',
  UserWarning: 'it asks for a confirmation that only a person can give',
  ConcurrencyException: 'somebody else changed the record in between',
};

type ErrorWords = readonly [string, ...Json[]];
