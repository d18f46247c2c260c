import { isJsonArray, isJsonObject, type Json, type JsonObject, type Resource } from '@leeway/core';

/** Users a configuration file declares: under `authorization`, and in accounts. */
export function usersOfConf(conf: JsonObject): readonly Resource[] {
  const authorization = mapOf(conf['authorization']);
  const accounts = Object.entries(mapOf(conf['accounts'])).map(([name, value]) => [name, mapOf(value)] as const);
  return [
    ...usersOf(authorization, undefined),
    ...(authorization['token'] === undefined ? [] : [tokenUser(authorization)]),
    ...accounts.flatMap(([name, account]) => usersOf(account, name)),
  ];
}

function usersOf(part: JsonObject, account: string | undefined): readonly Resource[] {
  const list = isJsonArray(part['users']) ? part['users'] : [];
  const single = 'user' in part || 'username' in part ? [part] : [];
  const shared = permissionsOf(part['default_permissions']);
  return [...single, ...list].flatMap((each) => {
    const user = mapOf(each);
    const name = textAt(user, 'user', 'username') ?? textAt(user, 'nkey');
    return name === undefined ? [] : [userResource(name, user, account, shared)];
  });
}

function tokenUser(authorization: JsonObject): Resource {
  const attributes = { token: authorization['token'] ?? '', ...permissionsOf(authorization['permissions']) };
  return { kind: 'nats.user', key: 'token', attributes };
}

function userResource(name: string, user: JsonObject, account: string | undefined, shared: JsonObject): Resource {
  const password = textAt(user, 'password', 'pass');
  const connectionTypes = user['allowed_connection_types'];
  const permissions = user['permissions'] ?? user['permission'];
  const attributes: JsonObject = {
    ...(account !== undefined && { account }),
    ...(password !== undefined && { password }),
    ...(user['nkey'] !== undefined && { nkey: user['nkey'] }),
    ...(connectionTypes !== undefined && { connectionTypes }),
    ...(permissions === undefined ? shared : permissionsOf(permissions)),
  };
  return { kind: 'nats.user', key: account === undefined ? name : `${account}/${name}`, attributes };
}

/** Rules in one form: `publish` and `subscribe` may be a subject, a list, or `{ allow, deny }`. */
function permissionsOf(value: Json | undefined): JsonObject {
  const permissions = mapOf(value);
  const responses = permissions['allow_responses'] ?? permissions['allow_response'];
  return {
    publish: rulesOf(permissions['publish'] ?? permissions['pub'] ?? permissions['import']),
    subscribe: rulesOf(permissions['subscribe'] ?? permissions['sub'] ?? permissions['export']),
    ...(responses !== undefined && { responses }),
  };
}

function rulesOf(value: Json | undefined): JsonObject {
  if (value === undefined) return { allow: ['>'], deny: [] };
  if (!isJsonObject(value)) return { allow: listOf(value), deny: [] };
  return { allow: value['allow'] === undefined ? ['>'] : listOf(value['allow']), deny: listOf(value['deny']) };
}

function listOf(value: Json | undefined): readonly Json[] {
  if (value === undefined) return [];
  return isJsonArray(value) ? value : [value];
}

function mapOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function textAt(map: JsonObject, ...names: readonly string[]): string | undefined {
  const found = names.map((name) => map[name]).find((value) => value !== undefined);
  return found === undefined ? undefined : String(found);
}
