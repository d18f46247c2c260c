import { canonicalJson, type Json, type JsonObject, type Resource } from '@leeway/core';
import { z } from 'zod';
import type { KindName } from './kinds.ts';

/** What one element of a list in the broker's own JSON is as a resource; undefined for what is no configuration. */
export interface ElementReader {
  readonly kind: KindName;
  /** Name of the list in a definitions file. */
  readonly list: string;
  readonly schema: z.ZodType<Resource | undefined>;
}

export interface ReadOptions {
  readonly temporary: boolean;
}

const Fields = z.record(z.string(), z.json());

/** RabbitMQ writes an empty table as `[]` in places. */
const Arguments = z.union([Fields, z.array(z.never()).transform((): Record<string, Json> => ({}))]).default({});

/** Tags were a comma-separated text before 3.9; their order says nothing. */
const Tags = z
  .union([z.array(z.string()), z.string().transform((text) => text.split(',').map((tag) => tag.trim()))])
  .transform((tags) => tags.filter((tag) => tag !== '').sort());

/** `wms:orders`; a colon in a virtual host's name must not make two queues one. */
export function keyIn(vhost: string, name: string): string {
  return `${vhost.replaceAll('%', '%25').replaceAll(':', '%3A')}:${name}`;
}

/** Names RabbitMQ gives itself: built-in exchanges, and queues it named for a client. */
const isOwnName = (name: string) => name === '' || name.startsWith('amq.');

const resource = (kind: KindName, key: string, attributes: JsonObject, actor?: string): Resource => ({
  kind,
  key,
  attributes,
  ...(actor && { origin: { actor } }),
});

/** The actor RabbitMQ names for what it made itself tells nothing. */
const actorOf = (name: string | undefined) => (name === 'rmq-internal' ? undefined : name);

const Vhost = z
  .looseObject({
    name: z.string(),
    description: z.string().optional(),
    tags: Tags.optional(),
    metadata: z
      .looseObject({
        description: z.string().optional(),
        tags: Tags.optional(),
        default_queue_type: z.string().optional(),
      })
      .optional(),
    default_queue_type: z.string().optional(),
    tracing: z.boolean().optional(),
  })
  .transform(({ name, description, tags, metadata = {}, default_queue_type, tracing }): Resource => {
    const given = {
      description: description ?? metadata.description,
      tags: tags ?? metadata.tags,
      defaultQueueType: known(default_queue_type ?? metadata.default_queue_type),
      tracing,
    };
    return resource('rabbitmq.vhost', name, defined(given));
  });

const User = z
  .looseObject({ name: z.string(), tags: Tags.default([]), password_hash: z.string().optional() })
  .transform(({ name, tags, password_hash }): Resource => {
    // The hash itself is no configuration and nobody else's business.
    const hasPassword = password_hash === undefined ? undefined : password_hash !== '';
    return resource('rabbitmq.user', name, defined({ tags, hasPassword }));
  });

const Permission = z
  .looseObject({ user: z.string(), vhost: z.string(), configure: z.string(), write: z.string(), read: z.string() })
  .transform(
    ({ user, vhost, configure, write, read }): Resource =>
      resource('rabbitmq.permission', keyIn(vhost, user), { vhost, user, configure, write, read }),
  );

const TopicPermission = z
  .looseObject({ user: z.string(), vhost: z.string(), exchange: z.string(), write: z.string(), read: z.string() })
  .transform(
    ({ user, vhost, exchange, write, read }): Resource =>
      resource('rabbitmq.topic-permission', `${keyIn(vhost, user)} on ${exchange}`, {
        vhost,
        user,
        exchange,
        write,
        read,
      }),
  );

function queueSchema({ temporary }: ReadOptions) {
  return z
    .looseObject({
      name: z.string(),
      vhost: z.string(),
      durable: z.boolean(),
      auto_delete: z.boolean().default(false),
      exclusive: z.boolean().default(false),
      type: z.string().optional(),
      arguments: Arguments,
    })
    .transform((queue): Resource | undefined => {
      const { name, vhost, durable, auto_delete: autoDelete, exclusive } = queue;
      if (isOwnName(name) || exclusive || (autoDelete && !temporary)) return undefined;
      const { 'x-queue-type': declaredType, ...rest } = queue.arguments;
      const type = queue.type ?? declaredType ?? 'classic';
      return resource('rabbitmq.queue', keyIn(vhost, name), { vhost, type, durable, autoDelete, arguments: rest });
    });
}

function exchangeSchema({ temporary }: ReadOptions) {
  return z
    .looseObject({
      name: z.string(),
      vhost: z.string(),
      type: z.string(),
      durable: z.boolean(),
      auto_delete: z.boolean().default(false),
      internal: z.boolean().default(false),
      arguments: Arguments,
      user_who_performed_action: z.string().optional(),
    })
    .transform((exchange): Resource | undefined => {
      const { name, vhost, type, durable, auto_delete: autoDelete, internal } = exchange;
      if (isOwnName(name) || (autoDelete && !temporary)) return undefined;
      const attributes = { vhost, type, durable, autoDelete, internal, arguments: exchange.arguments };
      return resource('rabbitmq.exchange', keyIn(vhost, name), attributes, actorOf(exchange.user_who_performed_action));
    });
}

const Binding = z
  .looseObject({
    source: z.string(),
    vhost: z.string(),
    destination: z.string(),
    destination_type: z.string(),
    routing_key: z.string(),
    arguments: Arguments,
  })
  .transform((binding): Resource | undefined => {
    const { source, vhost, destination, destination_type: type, routing_key: routingKey } = binding;
    // Every queue is bound to the default exchange by its name; queues a client had named for it come and go.
    if (source === '' || destination.startsWith('amq.gen-')) return undefined;
    const condition = Object.keys(binding.arguments).length > 0 ? ` ${canonicalJson(binding.arguments)}` : '';
    const key = `${keyIn(vhost, source)} to ${type} ${destination} for "${routingKey}"${condition}`;
    const attributes = { vhost, source, destination, destinationType: type, routingKey, arguments: binding.arguments };
    return resource('rabbitmq.binding', key, attributes);
  });

const PolicyFields = z.looseObject({
  vhost: z.string(),
  name: z.string(),
  pattern: z.string(),
  'apply-to': z.string().default('all'),
  priority: z.number().default(0),
  definition: Fields,
});

const policySchema = (kind: 'rabbitmq.policy' | 'rabbitmq.operator-policy') =>
  PolicyFields.transform(
    ({ vhost, name, pattern, 'apply-to': appliesTo, priority, definition }): Resource =>
      resource(kind, keyIn(vhost, name), { vhost, pattern, appliesTo, priority, definition }),
  );

/** Components of runtime parameters that have kinds of their own. */
export const ownComponents = { operatorPolicy: 'operator_policy', vhostLimits: 'vhost-limits' } as const;

const Parameter = z
  .looseObject({ vhost: z.string(), component: z.string(), name: z.string(), value: z.json() })
  .transform(({ vhost, component, name, value }): Resource | undefined => {
    if (Object.values<string>(ownComponents).includes(component)) return undefined;
    return resource('rabbitmq.parameter', `${component} ${keyIn(vhost, name)}`, { vhost, component, value });
  });

const GlobalParameter = z
  .looseObject({ name: z.string(), value: z.json() })
  .transform(({ name, value }): Resource | undefined => {
    // Ids the cluster gives itself, and its name, which is the environment's own.
    if (name === 'internal_cluster_id' || name === 'cluster_name') return undefined;
    return resource('rabbitmq.global-parameter', name, { value });
  });

const limitsSchema = (kind: 'rabbitmq.vhost-limits' | 'rabbitmq.user-limits', owner: 'vhost' | 'user') =>
  z
    .looseObject({ vhost: z.string().optional(), user: z.string().optional(), value: Arguments })
    .refine((limits) => limits[owner] !== undefined, { error: owner, path: [owner] })
    .transform((limits): Resource | undefined =>
      Object.keys(limits.value).length > 0 ? resource(kind, limits[owner] ?? '', limits.value) : undefined,
    );

const FeatureFlag = z
  .looseObject({ name: z.string(), state: z.string() })
  .transform(({ name, state }): Resource => resource('rabbitmq.feature-flag', name, { state }));

/** How every kind of element is read, wherever it stands. The broker itself is no element: see `read-live.ts`. */
export function elementReaders(options: ReadOptions): readonly ElementReader[] {
  return [
    { kind: 'rabbitmq.vhost', list: 'vhosts', schema: Vhost },
    { kind: 'rabbitmq.vhost-limits', list: 'vhost_limits', schema: limitsSchema('rabbitmq.vhost-limits', 'vhost') },
    { kind: 'rabbitmq.user', list: 'users', schema: User },
    { kind: 'rabbitmq.user-limits', list: 'user_limits', schema: limitsSchema('rabbitmq.user-limits', 'user') },
    { kind: 'rabbitmq.permission', list: 'permissions', schema: Permission },
    { kind: 'rabbitmq.topic-permission', list: 'topic_permissions', schema: TopicPermission },
    { kind: 'rabbitmq.queue', list: 'queues', schema: queueSchema(options) },
    { kind: 'rabbitmq.exchange', list: 'exchanges', schema: exchangeSchema(options) },
    { kind: 'rabbitmq.binding', list: 'bindings', schema: Binding },
    { kind: 'rabbitmq.policy', list: 'policies', schema: policySchema('rabbitmq.policy') },
    { kind: 'rabbitmq.operator-policy', list: 'operator_policies', schema: policySchema('rabbitmq.operator-policy') },
    { kind: 'rabbitmq.parameter', list: 'parameters', schema: Parameter },
    { kind: 'rabbitmq.global-parameter', list: 'global_parameters', schema: GlobalParameter },
    { kind: 'rabbitmq.feature-flag', list: 'feature_flags', schema: FeatureFlag },
  ];
}

/** Erlang's word for a value that was never set. */
function known(value: string | undefined): string | undefined {
  return value === 'undefined' ? undefined : value;
}

function defined(fields: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
