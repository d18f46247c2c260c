import type { Change, Description, Json, Kind } from '@leeway/core';

const layer = 'messaging';

const server: Kind = {
  name: 'nats.server',
  title: 'server',
  layer,
  version: 1,
  noise: {
    quantity: { '/pingInterval': 'duration', '/writeDeadline': 'duration' },
    // A file says neither which version runs it nor what the server gives itself of the machine.
    assigned: ['/version', '/jetstream/maxMemory', '/jetstream/maxStorage', '/authTimeout', '/tlsTimeout'],
    empty: ['/cluster', '/gateway', '/jetstream/domain'],
  },
  severity: [
    { path: '/authRequired', severity: 'critical', when: ({ after }) => after === false },
    { path: '/tlsRequired', severity: 'high' },
    { path: '/authRequired', severity: 'high' },
    { path: '/jetstream', severity: 'high' },
    { path: '/**', severity: 'medium' },
  ],
  describe: describeServer,
};

const user: Kind = {
  name: 'nats.user',
  title: 'user',
  layer,
  version: 1,
  noise: {
    unordered: ['/publish/*', '/subscribe/*', '/connectionTypes'],
    secret: ['/password', '/token'],
    // Each environment has credentials of its own.
    instance: ['/password', '/token', '/nkey'],
  },
  severity: [
    { path: '', severity: 'high' },
    { path: '/**', severity: 'high' },
  ],
};

const stream: Kind = {
  name: 'nats.stream',
  title: 'stream',
  layer,
  version: 1,
  noise: {
    unordered: ['/subjects'],
    identity: { '/sources': ['name'] },
    quantity: { '/max_age': 'duration', '/duplicate_window': 'duration', '/subject_delete_marker_ttl': 'duration' },
    defaults: {
      '/retention': 'limits',
      '/storage': 'file',
      '/discard': 'old',
      '/num_replicas': 1,
      '/max_age': '0s',
      '/max_bytes': -1,
      '/max_consumers': -1,
      '/max_msgs': -1,
      '/max_msg_size': -1,
      '/max_msgs_per_subject': -1,
      '/allow_direct': false,
      '/allow_rollup_hdrs': false,
      '/deny_delete': false,
      '/deny_purge': false,
      '/mirror_direct': false,
      '/sealed': false,
      '/no_ack': false,
      '/compression': 'none',
      '/first_seq': 0,
    },
    // The server keeps two minutes of them, or less where messages do not live that long.
    assigned: ['/duplicate_window', '/consumer_limits'],
    empty: ['/metadata', '/description'],
  },
  severity: [
    { path: '', severity: 'high' },
    { path: '/subjects', severity: 'high' },
    { path: '/num_replicas', severity: 'high' },
    { path: '/storage', severity: 'high' },
    { path: '/retention', severity: 'high' },
    { path: '/description', severity: 'low' },
    { path: '/**', severity: 'medium' },
  ],
  describe: describeStream,
};

const consumer: Kind = {
  name: 'nats.consumer',
  title: 'consumer',
  layer,
  version: 1,
  noise: {
    unordered: ['/filter_subjects'],
    quantity: { '/ack_wait': 'duration', '/max_expires': 'duration', '/inactive_threshold': 'duration' },
    defaults: {
      '/deliver_policy': 'all',
      '/ack_policy': 'explicit',
      '/replay_policy': 'instant',
      '/ack_wait': '30s',
      '/max_deliver': -1,
      '/max_waiting': 512,
      '/max_ack_pending': 1000,
      '/num_replicas': 0,
    },
    empty: ['/metadata', '/description'],
  },
  severity: [
    { path: '', severity: 'high' },
    { path: '/ack_policy', severity: 'high' },
    { path: '/description', severity: 'low' },
    { path: '/**', severity: 'medium' },
  ],
  describe: describeConsumer,
};

export const natsKinds: readonly Kind[] = [server, user, stream, consumer];

type Words = Readonly<Record<string, (value: Json | undefined) => string>>;

const serverWords: Words = {
  '/authRequired': (value) => (value === true ? 'asks who connects' : 'lets anybody connect'),
  '/tlsRequired': (value) => (value === true ? 'insists on TLS' : 'does not insist on TLS'),
  '/maxPayload': (value) => `takes messages of up to ${text(value)} bytes`,
  '/maxConnections': (value) => `takes ${text(value)} connections`,
};

const streamWords: Words = {
  '/subjects': (value) => `keeps ${text(value)}`,
  '/num_replicas': (value) => `has ${text(value ?? 1)} ${value === 1 || value === undefined ? 'copy' : 'copies'}`,
  '/max_age': (value) =>
    value === undefined || value === '0s' ? 'keeps messages for ever' : `keeps messages for ${text(value)}`,
  '/storage': (value) => `keeps its messages in ${value === 'memory' ? 'memory only' : 'files'}`,
};

const consumerWords: Words = {
  '/max_deliver': (value) =>
    value === -1 || value === undefined
      ? 'is sent a message again and again'
      : `gives a message up after ${text(value)} tries`,
  '/ack_wait': (value) => `has ${text(value ?? '30s')} to acknowledge`,
};

function describeServer(change: Change): Description | undefined {
  return describeBy(serverWords, change);
}

function describeStream(change: Change): Description | undefined {
  return describeBy(streamWords, change);
}

function describeConsumer(change: Change): Description | undefined {
  return describeBy(consumerWords, change);
}

function describeBy(all: Words, { path, before, after }: Change): Description | undefined {
  const words = all[path];
  return words && { actual: words(after), expected: words(before) };
}

function text(value: Json | undefined): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
