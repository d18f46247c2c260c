import type { KindName } from './kinds.ts';

/** Where a kind is found in the management API and what it takes to see it. */
export interface Section {
  readonly kind: Exclude<KindName, 'rabbitmq.broker' | 'rabbitmq.vhost'>;
  /** `{vhost}` is filled in for each virtual host. */
  readonly path: string;
  readonly what: string;
  readonly permission: string;
  /** Comes in pages. */
  readonly paged?: boolean;
}

const administrator = 'the tag administrator';
const policymaker = 'the tag policymaker';

/** Seeing what lies in a virtual host takes any permission in it: one that matches nothing will do. */
export const anyPermission = 'a permission in the virtual host (configure, write and read "^$")';

const queueColumns = 'name,vhost,type,durable,auto_delete,exclusive,arguments';

export const sections: readonly Section[] = [
  { kind: 'rabbitmq.feature-flag', path: 'feature-flags', what: 'the feature flags', permission: administrator },
  { kind: 'rabbitmq.user', path: 'users', what: 'the users', permission: administrator },
  { kind: 'rabbitmq.user-limits', path: 'user-limits', what: 'the limits of users', permission: 'the tag monitoring' },
  { kind: 'rabbitmq.permission', path: 'permissions', what: 'the permissions', permission: administrator },
  {
    kind: 'rabbitmq.topic-permission',
    path: 'topic-permissions',
    what: 'the topic permissions',
    permission: administrator,
  },
  {
    kind: 'rabbitmq.global-parameter',
    path: 'global-parameters',
    what: 'the global parameters',
    permission: policymaker,
  },
  {
    kind: 'rabbitmq.vhost-limits',
    path: 'vhost-limits/{vhost}',
    what: 'the limits of virtual hosts',
    permission: anyPermission,
  },
  {
    kind: 'rabbitmq.queue',
    path: `queues/{vhost}?disable_stats=true&columns=${queueColumns}`,
    what: 'the queues',
    permission: anyPermission,
    paged: true,
  },
  {
    kind: 'rabbitmq.exchange',
    path: 'exchanges/{vhost}',
    what: 'the exchanges',
    permission: anyPermission,
    paged: true,
  },
  { kind: 'rabbitmq.binding', path: 'bindings/{vhost}', what: 'the bindings', permission: anyPermission },
  { kind: 'rabbitmq.policy', path: 'policies/{vhost}', what: 'the policies', permission: anyPermission },
  {
    kind: 'rabbitmq.operator-policy',
    path: 'operator-policies/{vhost}',
    what: 'the operator policies',
    permission: anyPermission,
  },
  { kind: 'rabbitmq.parameter', path: 'parameters', what: 'the runtime parameters', permission: policymaker },
];

/** Lists that leave out, without a word, what lies in virtual hosts the reader has no permission in. */
export const silentlyPartial: ReadonlySet<KindName> = new Set(['rabbitmq.parameter']);
