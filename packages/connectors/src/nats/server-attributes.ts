import { isJsonArray, isJsonObject, type Json, type JsonObject } from '@leeway/core';
import { z } from 'zod';
import { formatNanoseconds } from './duration.ts';

const Limits = z.looseObject({ max_memory: z.number().optional(), max_storage: z.number().optional() });

/** The part of `/varz` that is configuration. */
export const Varz = z.looseObject({
  version: z.string(),
  auth_required: z.boolean().default(false),
  tls_required: z.boolean().default(false),
  tls_verify: z.boolean().default(false),
  max_connections: z.number(),
  max_payload: z.number(),
  max_pending: z.number(),
  max_control_line: z.number(),
  max_subscriptions: z.number().optional(),
  ping_interval: z.number(),
  ping_max: z.number(),
  write_deadline: z.number(),
  auth_timeout: z.number().optional(),
  tls_timeout: z.number().optional(),
  jetstream: z.looseObject({ config: Limits.extend({ domain: z.string().optional() }).optional() }).optional(),
  cluster: z.looseObject({ name: z.string().optional() }).optional(),
  gateway: z.looseObject({ name: z.string().optional() }).optional(),
  leaf: z.looseObject({ port: z.number().optional() }).optional(),
  mqtt: z.looseObject({ port: z.number().optional() }).optional(),
  websocket: z.looseObject({ port: z.number().optional() }).optional(),
});
export type Varz = z.infer<typeof Varz>;

/** Attributes of `nats.server`, as a running server tells them. */
export function attributesOfVarz(varz: Varz): JsonObject {
  const limits = varz.jetstream?.config;
  return withoutUndefined({
    version: varz.version,
    authRequired: varz.auth_required,
    tlsRequired: varz.tls_required,
    tlsVerify: varz.tls_verify,
    maxConnections: varz.max_connections,
    maxPayload: varz.max_payload,
    maxPending: varz.max_pending,
    maxControlLine: varz.max_control_line,
    maxSubscriptions: varz.max_subscriptions ?? 0,
    pingInterval: formatNanoseconds(varz.ping_interval),
    pingMax: varz.ping_max,
    writeDeadline: formatNanoseconds(varz.write_deadline),
    authTimeout: varz.auth_timeout,
    tlsTimeout: varz.tls_timeout,
    jetstream: limits
      ? withoutUndefined({ maxMemory: limits.max_memory, maxStorage: limits.max_storage, domain: limits.domain ?? '' })
      : false,
    cluster: varz.cluster?.name ?? '',
    gateway: varz.gateway?.name ?? '',
    leafNodes: (varz.leaf?.port ?? 0) > 0,
    mqtt: (varz.mqtt?.port ?? 0) > 0,
    websocket: (varz.websocket?.port ?? 0) > 0,
  });
}

/** The same of a configuration file, with the server's defaults where it says nothing. */
export function attributesOfConf(conf: JsonObject): JsonObject {
  const authorization = mapAt(conf, 'authorization');
  const tls = mapAt(conf, 'tls');
  return withoutUndefined({
    authRequired: asksWho(conf),
    tlsRequired: 'tls' in conf && conf['allow_non_tls'] !== true,
    tlsVerify: tls['verify'] === true || tls['verify_and_map'] === true,
    maxConnections: firstOf(conf, 'max_connections', 'max_conn') ?? 65_536,
    maxPayload: conf['max_payload'] ?? 2 ** 20,
    maxPending: conf['max_pending'] ?? 64 * 2 ** 20,
    maxControlLine: conf['max_control_line'] ?? 4096,
    maxSubscriptions: firstOf(conf, 'max_subscriptions', 'max_subs') ?? 0,
    pingInterval: seconds(conf['ping_interval']) ?? '2m',
    pingMax: conf['ping_max'] ?? 2,
    writeDeadline: seconds(conf['write_deadline']) ?? '10s',
    authTimeout: authorization['timeout'],
    tlsTimeout: tls['timeout'],
    jetstream: jetstreamOf(conf['jetstream']),
    cluster: mapAt(conf, 'cluster')['name'] ?? '',
    gateway: mapAt(conf, 'gateway')['name'] ?? '',
    leafNodes: listens(conf, 'leafnodes', 'leafnode'),
    mqtt: listens(conf, 'mqtt'),
    websocket: listens(conf, 'websocket', 'ws'),
  });
}

/** The last of several spellings of a field counts, as in the server. */
function firstOf(map: JsonObject, ...names: readonly string[]): Json | undefined {
  return names.map((name) => map[name]).find((value) => value !== undefined);
}

function mapAt(map: JsonObject, name: string): JsonObject {
  const value = map[name];
  return isJsonObject(value) ? value : {};
}

/** Whether anybody is asked who they are: users, a token, accounts with users, operators. */
function asksWho(conf: JsonObject): boolean {
  const authorization = mapAt(conf, 'authorization');
  const named = ['user', 'username', 'users', 'token', 'auth_callout', 'default_permissions'].some(
    (name) => name in authorization,
  );
  const accounts = Object.values(mapAt(conf, 'accounts')).some(
    (account) => isJsonObject(account) && 'users' in account,
  );
  return named || accounts || 'operator' in conf || 'operators' in conf || 'trusted_keys' in conf;
}

function jetstreamOf(value: Json | undefined): Json {
  if (value === true || value === 'enabled') return { domain: '' };
  if (!isJsonObject(value) || value['enabled'] === false) return false;
  return withoutUndefined({
    maxMemory: firstOf(value, 'max_memory_store', 'max_mem_store', 'max_mem'),
    maxStorage: firstOf(value, 'max_file_store', 'max_file'),
    domain: value['domain'] ?? '',
  });
}

function listens(conf: JsonObject, ...names: readonly string[]): boolean {
  return names.some((name) => {
    const part = conf[name];
    return isJsonObject(part) && !isJsonArray(part) && ('port' in part || 'listen' in part);
  });
}

/** A duration in words; older files write seconds as a number. */
function seconds(value: Json | undefined): Json | undefined {
  return typeof value === 'number' ? `${value}s` : value;
}

function withoutUndefined(fields: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
