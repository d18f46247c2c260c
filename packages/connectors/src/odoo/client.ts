import { type ReadContext, requestJson } from '@leeway/connector-kit';
import { isJsonObject, type Json, type JsonObject, type Problem, ProblemError, problem } from '@leeway/core';
import type { z } from 'zod';
import { RpcAnswer } from './schema.ts';
import type { OdooSettings } from './settings.ts';

/** A method of a model. Parameters are named; `first` is one that both protocols call differently. */
export interface Call {
  readonly model: string;
  readonly method: string;
  readonly ids?: readonly number[];
  readonly named: JsonObject;
  readonly first?: { readonly name: string; readonly value: Json };
  readonly writes?: boolean;
}

/** One user of one database. Every way to fail is thrown as a ProblemError. */
export interface OdooSession {
  readonly system: string;
  call<Schema extends z.ZodType>(call: Call, schema: Schema): Promise<z.output<Schema>>;
}

export function systemOf({ url, database }: Pick<OdooSettings, 'url' | 'database'>): string {
  return `Odoo ${new URL(url).host}/${database}`;
}

export async function openSession(settings: OdooSettings, context: ReadContext): Promise<OdooSession> {
  const system = systemOf(settings);
  const secret = context.variable(settings.passwordFrom);
  if (!secret) throw new ProblemError(problem('LW3055', { system, variable: settings.passwordFrom }));
  const post = settings.protocol === 'json-2' ? overJson2(settings, secret) : await overRpc(settings, secret, context);
  return {
    system,
    async call(call, schema) {
      const result = schema.safeParse(await post(call, context));
      if (result.success) return result.data;
      const field = result.error.issues[0]?.path.join('.') || 'at the top';
      throw new ProblemError(unreadable(settings, call.model, `its field ${field} is not as documented`));
    },
  };
}

type Post = (call: Call, context: ReadContext) => Promise<Json>;

/** https://www.odoo.com/documentation/19.0/developer/reference/external_api.html */
function overJson2(settings: OdooSettings, key: string): Post {
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    authorization: `bearer ${key}`,
    'x-odoo-database': settings.database,
  };
  return (call, context) => {
    const { model, method, ids, named, first } = call;
    const body = { ...(ids && { ids }), ...(first && { [first.name]: first.value }), ...named };
    return ask(settings, context, call, { url: `${rootOf(settings)}/json/2/${model}/${method}`, headers, body });
  };
}

/** https://www.odoo.com/documentation/18.0/developer/reference/external_api.html */
async function overRpc(settings: OdooSettings, password: string, context: ReadContext): Promise<Post> {
  const { database, user = '' } = settings;
  const headers = { 'content-type': 'application/json' };
  const ask1 = async (service: string, method: string, args: readonly Json[], call: Call, via: ReadContext) => {
    const body = { jsonrpc: '2.0', method: 'call', id: 1, params: { service, method, args } };
    const answer = await ask(settings, via, call, { url: `${rootOf(settings)}/jsonrpc`, headers, body });
    const parsed = RpcAnswer.safeParse(answer);
    if (!parsed.success) throw new ProblemError(unreadable(settings, call.model, 'it is not an answer of JSON-RPC'));
    if ('error' in parsed.data) throw new ProblemError(refusal(settings, call, exceptionIn(parsed.data.error as Json)));
    return parsed.data.result;
  };
  const login: Call = { model: 'the log-in', method: 'authenticate', named: {} };
  const uid = await ask1('common', 'authenticate', [database, user, password, {}], login, context);
  if (uid === false) throw new ProblemError(problem('LW3002', { system: systemOf(settings) }));
  if (typeof uid !== 'number') throw new ProblemError(unreadable(settings, login.model, 'it is no number of a user'));
  return (call, via) => {
    const positional = [...(call.ids ? [call.ids] : []), ...(call.first ? [call.first.value] : [])];
    const args = [database, uid, password, call.model, call.method, positional, call.named];
    return ask1('object', 'execute_kw', args, call, via);
  };
}

/** The Python exception an error names; empty where it names none. */
function exceptionIn(error: Json): string {
  const data = isJsonObject(error) ? error['data'] : undefined;
  return isJsonObject(data) ? String(data['name']) : '';
}

interface Posted {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: JsonObject;
}

async function ask(
  settings: OdooSettings,
  context: ReadContext,
  call: Call,
  { url, headers, body }: Posted,
): Promise<Json> {
  const asked = {
    url,
    system: systemOf(settings),
    what: call.writes ? `and changing ${call.model}` : call.model,
    permission: `${call.writes ? 'write' : 'read'} access to ${call.model}`,
    init: { method: 'POST', headers, body: JSON.stringify(body) },
  };
  const answer = await requestJson(context, asked);
  if (answer.ok) return answer.value;
  const [found] = answer.problems;
  // A statement that Odoo does not accept is answered with 422, and so is a value it refuses.
  const isRefused = call.writes && found?.code === 'LW3007' && / 4\d\d /.test(found.message);
  if (isRefused) throw new ProblemError(refusedWrite(settings, call));
  throw new ProblemError(found ?? unreadable(settings, call.model, 'nothing is told'));
}

/** Names of Python exceptions, as Odoo gives them; their texts may quote values. */
function refusal(settings: OdooSettings, call: Call, name: string): Problem {
  const system = systemOf(settings);
  const permission = `${call.writes ? 'write' : 'read'} access to ${call.model}`;
  if (name === 'odoo.exceptions.AccessDenied') return problem('LW3002', { system });
  if (name === 'odoo.exceptions.AccessError') {
    return problem('LW3003', { system, what: call.writes ? `and changing ${call.model}` : call.model, permission });
  }
  if (call.writes) return refusedWrite(settings, call);
  const status = /^[\w.]{1,80}$/.test(name) ? `with ${name}` : 'with an error';
  return problem('LW3007', { system, what: call.model, status });
}

function refusedWrite(settings: OdooSettings, { model }: Call): Problem {
  return problem('LW3164', { system: systemOf(settings), what: model, reason: 'its rules do not accept the value' });
}

function unreadable(settings: OdooSettings, what: string, reason: string): Problem {
  return problem('LW3006', { system: systemOf(settings), what, reason });
}

const rootOf = ({ url }: OdooSettings) => url.replace(/\/+$/, '');
