import type { Kind, Noise, SeverityRule } from '@leeway/core';
import { describeArgument, describeLimit, describePermission, describePolicy, describeTags } from './describe.ts';

const layer = 'messaging';

/** Numbers that people quote in policies and arguments; RabbitMQ takes both. */
const looseNumbers: Noise = { quantity: { '/arguments/*': 'scalar' }, empty: ['/arguments'] };

/** Without it nothing arrives. */
const goneIsHigh: SeverityRule = { path: '', severity: 'high', when: ({ after }) => after === undefined };

const broker: Kind = {
  name: 'rabbitmq.broker',
  title: 'broker',
  layer,
  version: 1,
  noise: { unordered: ['/plugins'] },
  severity: [
    { path: '/plugins', severity: 'high' },
    { path: '/version', severity: 'medium' },
    { path: '/erlang', severity: 'low' },
  ],
};

const featureFlag: Kind = { name: 'rabbitmq.feature-flag', title: 'feature flag', layer, version: 1 };

const vhost: Kind = {
  name: 'rabbitmq.vhost',
  title: 'virtual host',
  layer,
  version: 1,
  noise: {
    unordered: ['/tags'],
    defaults: { '/tracing': false },
    // Definitions of older brokers leave them out.
    assigned: ['/description', '/tags', '/defaultQueueType', '/tracing'],
  },
  severity: [goneIsHigh, { path: '/tracing', severity: 'high' }],
};

const limits = (name: string, title: string): Kind => ({
  name,
  title,
  layer,
  version: 1,
  noise: { quantity: { '/*': 'scalar' } },
  severity: [{ path: '/**', severity: 'medium' }],
  describe: describeLimit,
});

const user: Kind = {
  name: 'rabbitmq.user',
  title: 'broker user',
  layer,
  version: 1,
  noise: { unordered: ['/tags'], empty: ['/tags'] },
  severity: [
    { path: '', severity: 'high' },
    { path: '/tags', severity: 'critical', when: ({ after }) => JSON.stringify(after ?? '').includes('administrator') },
    { path: '/tags', severity: 'high' },
    { path: '/hasPassword', severity: 'high' },
  ],
  describe: describeTags,
};

const permission = (name: string, title: string): Kind => ({
  name,
  title,
  layer,
  version: 1,
  severity: [
    { path: '', severity: 'high' },
    { path: '/*', severity: 'high' },
  ],
  describe: describePermission,
});

const queue: Kind = {
  name: 'rabbitmq.queue',
  title: 'queue',
  layer,
  version: 1,
  noise: { ...looseNumbers, defaults: { '/autoDelete': false, '/type': 'classic' } },
  severity: [
    goneIsHigh,
    { path: '/durable', severity: 'high' },
    { path: '/type', severity: 'high' },
    { path: '/arguments/*', severity: 'medium' },
  ],
  describe: describeArgument,
};

const exchange: Kind = {
  name: 'rabbitmq.exchange',
  title: 'exchange',
  layer,
  version: 1,
  noise: { ...looseNumbers, defaults: { '/autoDelete': false, '/internal': false } },
  severity: [goneIsHigh, { path: '/type', severity: 'high' }, { path: '/arguments/*', severity: 'medium' }],
  describe: describeArgument,
};

const binding: Kind = {
  name: 'rabbitmq.binding',
  title: 'binding',
  layer,
  version: 1,
  noise: looseNumbers,
  severity: [{ path: '', severity: 'high' }],
};

const policy = (name: string, title: string): Kind => ({
  name,
  title,
  layer,
  version: 1,
  noise: { quantity: { '/definition/*': 'scalar' }, defaults: { '/priority': 0, '/appliesTo': 'all' } },
  severity: [
    { path: '', severity: 'high' },
    { path: '/pattern', severity: 'high' },
    { path: '/appliesTo', severity: 'high' },
    { path: '/definition/*', severity: 'medium' },
  ],
  describe: describePolicy,
});

const parameter: Kind = {
  name: 'rabbitmq.parameter',
  title: 'runtime parameter',
  layer,
  version: 1,
  noise: { quantity: { '/value/*': 'scalar', '/value/uri': 'one-or-many' } },
  severity: [goneIsHigh],
};

const globalParameter: Kind = { name: 'rabbitmq.global-parameter', title: 'global parameter', layer, version: 1 };

export const rabbitmqKinds: readonly Kind[] = [
  broker,
  featureFlag,
  vhost,
  limits('rabbitmq.vhost-limits', 'limits of virtual host'),
  user,
  limits('rabbitmq.user-limits', 'limits of broker user'),
  permission('rabbitmq.permission', 'permission'),
  permission('rabbitmq.topic-permission', 'topic permission'),
  queue,
  exchange,
  binding,
  policy('rabbitmq.policy', 'policy'),
  policy('rabbitmq.operator-policy', 'operator policy'),
  parameter,
  globalParameter,
];

export const kindNames = [
  'rabbitmq.broker',
  'rabbitmq.feature-flag',
  'rabbitmq.vhost',
  'rabbitmq.vhost-limits',
  'rabbitmq.user',
  'rabbitmq.user-limits',
  'rabbitmq.permission',
  'rabbitmq.topic-permission',
  'rabbitmq.queue',
  'rabbitmq.exchange',
  'rabbitmq.binding',
  'rabbitmq.policy',
  'rabbitmq.operator-policy',
  'rabbitmq.parameter',
  'rabbitmq.global-parameter',
] as const;
export type KindName = (typeof kindNames)[number];
