import type { CheckLine, ReadContext, Reading } from '@leeway/connector-kit';
import { failed, ok, type Problem, problem, type Resource, type Result } from '@leeway/core';
import { splitRules } from './acl.ts';
import { serverResource, settingsResource, userResource, withPlace } from './attributes.ts';
import { type Connection, type Reply, system, withConnection } from './connect.ts';
import type { RedisSettings } from './settings.ts';

/** One kind as a server tells it. */
interface Part {
  readonly kind: string;
  read(connection: Connection, settings: RedisSettings, context: ReadContext): Promise<Result<readonly Resource[]>>;
}

const parts: readonly Part[] = [
  { kind: 'redis.server', read: readServer },
  { kind: 'redis.settings', read: readSettings },
  { kind: 'redis.acl-user', read: readUsers },
];

/** Reads a running server; what its user may not ask leaves that kind unread and no other. */
export async function* readLive(settings: RedisSettings, context: ReadContext): AsyncIterable<Reading> {
  const found = await withConnection(settings, context, (connection) => readParts(connection, settings, context));
  if (found.ok) yield* found.value;
  else for (const problem of found.problems) yield { type: 'notice', problem };
}

async function readParts(
  connection: Connection,
  settings: RedisSettings,
  context: ReadContext,
): Promise<readonly Reading[]> {
  const readings: Reading[] = [];
  for (const { kind, read } of parts) {
    const found = await read(connection, settings, context);
    if (!found.ok) {
      readings.push(...found.problems.map((problem) => ({ type: 'notice', problem, kind }) as const));
      continue;
    }
    const place = settings.url ?? '';
    readings.push(
      ...found.value.map((resource) => ({ type: 'resource', resource: withPlace(resource, place) }) as const),
      { type: 'complete', kind },
    );
  }
  return readings;
}

/** One line a kind. */
export async function checkLive(settings: RedisSettings, context: ReadContext): Promise<readonly CheckLine[]> {
  const lines: CheckLine[] = [];
  for await (const reading of readLive(settings, context)) {
    if (reading.type === 'complete') lines.push({ what: reading.kind, ok: true });
    if (reading.type === 'notice') {
      lines.push({ what: reading.kind ?? 'connection', ok: false, problem: reading.problem });
    }
  }
  return lines;
}

async function readSettings(connection: Connection, { name }: RedisSettings): Promise<Result<readonly Resource[]>> {
  const what = 'its settings';
  const reply = await connection.ask(['CONFIG', 'GET', '*'], what, 'ACL rule +config|get');
  if (!reply.ok) return reply;
  const pairs = pairsOf(reply.value);
  return pairs ? ok([settingsResource(name, pairs)]) : failed(unreadable(what));
}

async function readUsers(
  connection: Connection,
  { name }: RedisSettings,
  { seal }: ReadContext,
): Promise<Result<readonly Resource[]>> {
  const what = 'its users';
  const reply = await connection.ask(['ACL', 'LIST'], what, 'ACL rule +acl|list');
  if (!reply.ok) return reply;
  const lines = textsOf(reply.value)?.map((line) => splitRules(line));
  if (!lines?.every(([word, user]) => word === 'user' && user !== undefined)) return failed(unreadable(what));
  return ok(lines.map(([, user = '', ...rules]) => userResource(name, user, rules, seal)));
}

async function readServer(connection: Connection, { name }: RedisSettings): Promise<Result<readonly Resource[]>> {
  const what = 'its version and modules';
  const permission = 'ACL rules +info +module|list';
  const info = await connection.ask(['INFO', 'server'], what, permission);
  const modules = await connection.ask(['MODULE', 'LIST'], what, permission);
  if (!info.ok || !modules.ok) return failed(...[info, modules].flatMap((reply) => (reply.ok ? [] : reply.problems)));
  const fields = typeof info.value === 'string' ? infoFields(info.value) : new Map<string, string>();
  const version = fields.get('valkey_version') ?? fields.get('redis_version');
  const loaded = modulesOf(modules.value);
  if (version === undefined || loaded === undefined) return failed(unreadable(what));
  const product = fields.get('server_name') ?? 'redis';
  const mode = fields.get('server_mode') ?? fields.get('redis_mode') ?? 'standalone';
  return ok([serverResource(name, { product, version, mode, modules: loaded })]);
}

function infoFields(text: string): ReadonlyMap<string, string> {
  const lines = text.split(/\r?\n/).filter((line) => /^\w+:/.test(line));
  return new Map(lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)] as const));
}

/** Modules with their versions, by name; undefined when the reply has another shape. */
function modulesOf(reply: Reply): readonly { readonly name: string; readonly version: number }[] | undefined {
  if (!isList(reply)) return undefined;
  const modules = reply.map((each) => {
    const fields = isList(each) ? each : [];
    const after = (name: string) => fields[fields.indexOf(name) + 1];
    return { name: String(after('name')), version: Number(after('ver')) };
  });
  return modules.sort((left, right) => (left.name < right.name ? -1 : 1));
}

function pairsOf(reply: Reply): readonly (readonly [string, string])[] | undefined {
  const texts = textsOf(reply);
  if (!texts || texts.length % 2 === 1 || texts.length === 0) return undefined;
  return texts.flatMap((name, index) => (index % 2 === 0 ? [[name, texts[index + 1] ?? ''] as const] : []));
}

function textsOf(reply: Reply): readonly string[] | undefined {
  return isList(reply) && reply.every((each) => typeof each === 'string') ? reply : undefined;
}

function isList(reply: Reply): reply is readonly Reply[] {
  return Array.isArray(reply);
}

function unreadable(what: string): Problem {
  return problem('LW3006', { system, what, reason: 'it has another shape than Redis documents' });
}
