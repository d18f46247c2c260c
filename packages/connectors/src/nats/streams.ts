import type { Json, JsonObject, Resource } from '@leeway/core';
import { z } from 'zod';
import { formatNanoseconds } from './duration.ts';

/** Fields whose numbers are nanoseconds. */
const durations = new Set([
  ...['max_age', 'duplicate_window', 'subject_delete_marker_ttl'],
  ...['ack_wait', 'max_expires', 'inactive_threshold', 'idle_heartbeat', 'backoff'],
]);

/** Fields that say nothing of their own: the name is the key. */
const dropped = new Set(['name', 'durable_name']);

const Fields = z.record(z.string(), z.json());

/** A stream as every door tells it: its configuration beside state and times. */
export const StreamInfo = z.looseObject({ config: Fields.and(z.looseObject({ name: z.string().min(1) })) });
export type StreamInfo = z.infer<typeof StreamInfo>;

export const ConsumerInfo = z.looseObject({
  stream_name: z.string(),
  name: z.string(),
  config: Fields,
});
export type ConsumerInfo = z.infer<typeof ConsumerInfo>;

export function streamResource({ config }: StreamInfo, account?: string): Resource {
  return { kind: 'nats.stream', key: nameIn(account, config.name), attributes: configAttributes(config) };
}

/** Undefined for one without a durable name: it belongs to a client and goes with it. */
export function consumerResource(info: ConsumerInfo, account?: string): Resource | undefined {
  if (typeof info.config['durable_name'] !== 'string') return undefined;
  const key = `${nameIn(account, info.stream_name)}/${info.name}`;
  return { kind: 'nats.consumer', key, attributes: { stream: info.stream_name, ...configAttributes(info.config) } };
}

/** The global account has no name of its own in keys. */
function nameIn(account: string | undefined, name: string): string {
  return account === undefined || account === '$G' ? name : `${account}/${name}`;
}

function configAttributes(config: Readonly<Record<string, Json>>): JsonObject {
  return Object.fromEntries(
    Object.entries(config).flatMap(([name, value]) => (dropped.has(name) ? [] : [[name, readField(name, value)]])),
  );
}

function readField(name: string, value: Json): Json {
  if (name === 'metadata') return withoutServerMetadata(value);
  if (!durations.has(name)) return value;
  if (Array.isArray(value)) return value.map((item) => readField(name, item));
  return typeof value === 'number' ? formatNanoseconds(value) : value;
}

/** Since 2.11 the server notes its own version and the one a stream needs (`_nats.ver` and others). */
function withoutServerMetadata(value: Json): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !key.startsWith('_nats.')));
}
