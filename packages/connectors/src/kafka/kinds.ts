import type { Change, Description, Json, Kind } from '@leeway/core';

const layer = 'messaging';

/** What a topic has where nobody says otherwise, as a broker of version 4.1 tells it. */
const topicDefaults: Readonly<Record<string, string>> = {
  'cleanup.policy': 'delete',
  'compression.gzip.level': '-1',
  'compression.lz4.level': '9',
  'compression.type': 'producer',
  'compression.zstd.level': '3',
  'delete.retention.ms': '86400000',
  'file.delete.delay.ms': '60000',
  'flush.messages': '9223372036854775807',
  'flush.ms': '9223372036854775807',
  'follower.replication.throttled.replicas': '',
  'index.interval.bytes': '4096',
  'leader.replication.throttled.replicas': '',
  'local.retention.bytes': '-2',
  'local.retention.ms': '-2',
  'max.compaction.lag.ms': '9223372036854775807',
  'max.message.bytes': '1048588',
  'message.timestamp.after.max.ms': '3600000',
  'message.timestamp.before.max.ms': '9223372036854775807',
  'message.timestamp.type': 'CreateTime',
  'min.cleanable.dirty.ratio': '0.5',
  'min.compaction.lag.ms': '0',
  'min.insync.replicas': '1',
  preallocate: 'false',
  'remote.log.copy.disable': 'false',
  'remote.log.delete.on.disable': 'false',
  'remote.storage.enable': 'false',
  'retention.bytes': '-1',
  'retention.ms': '604800000',
  'segment.bytes': '1073741824',
  'segment.index.bytes': '10485760',
  'segment.jitter.ms': '0',
  'segment.ms': '604800000',
  'unclean.leader.election.enable': 'false',
};

const topic: Kind = {
  name: 'kafka.topic',
  title: 'topic',
  layer,
  version: 1,
  noise: {
    defaults: Object.fromEntries(Object.entries(topicDefaults).map(([name, value]) => [`/config/${name}`, value])),
    // Files may leave both to the cluster's default.
    assigned: ['/partitions', '/replicas'],
    empty: ['/config'],
  },
  severity: [
    { path: '', severity: 'high' },
    { path: '/partitions', severity: 'high' },
    { path: '/replicas', severity: 'high' },
    { path: '/config/cleanup.policy', severity: 'high' },
    { path: '/config/min.insync.replicas', severity: 'high' },
    { path: '/config/unclean.leader.election.enable', severity: 'high' },
    { path: '/config/*', severity: 'medium' },
  ],
  describe: describeTopic,
};

const cluster: Kind = {
  name: 'kafka.cluster',
  title: 'cluster',
  layer,
  version: 1,
  severity: [
    { path: '/config/authorizer.class.name', severity: 'critical' },
    { path: '/config/allow.everyone.if.no.acl.found', severity: 'critical' },
    { path: '/config/auto.create.topics.enable', severity: 'high' },
    { path: '/config/min.insync.replicas', severity: 'high' },
    { path: '/config/default.replication.factor', severity: 'high' },
    { path: '/brokers', severity: 'medium' },
    { path: '/config/*', severity: 'medium' },
  ],
};

const acl: Kind = {
  name: 'kafka.acl',
  title: 'ACL',
  layer,
  version: 1,
  severity: [{ path: '', severity: 'high' }],
};

const quota: Kind = {
  name: 'kafka.quota',
  title: 'quota of',
  layer,
  version: 1,
  severity: [{ path: '/**', severity: 'medium' }],
  describe: describeQuota,
};

export const kafkaKinds: readonly Kind[] = [topic, cluster, acl, quota];

const topicWords: Readonly<Record<string, (value: string) => string>> = {
  '/partitions': (value) => `has ${value} partitions`,
  '/replicas': (value) => `keeps ${value} ${value === '1' ? 'copy' : 'copies'}`,
  '/config/retention.ms': (value) =>
    value === '-1' ? 'keeps messages for ever' : `keeps messages for ${duration(value)}`,
  '/config/min.insync.replicas': (value) => `acknowledges after ${value} ${value === '1' ? 'copy' : 'copies'}`,
  '/config/cleanup.policy': (value) =>
    value === 'compact' ? 'keeps the last message of each key' : `cleans up by ${value}`,
};

function describeTopic({ path, before, after }: Change): Description | undefined {
  const words = topicWords[path];
  const unset = topicDefaults[path.replace('/config/', '')];
  return words && { actual: words(text(after ?? unset)), expected: words(text(before ?? unset)) };
}

const quotaWords: Readonly<Record<string, (value: string) => string>> = {
  '/producer_byte_rate': (value) => `may send ${value} bytes a second`,
  '/consumer_byte_rate': (value) => `may read ${value} bytes a second`,
  '/request_percentage': (value) => `may use ${value} % of a thread`,
};

function describeQuota({ path, before, after }: Change): Description | undefined {
  const words = quotaWords[path];
  const say = (value: Json | undefined) => (value === undefined ? 'has no such limit' : (words?.(text(value)) ?? ''));
  return words && { actual: say(after), expected: say(before) };
}

/** Milliseconds in the largest whole unit: `7 days`. */
function duration(milliseconds: string): string {
  const units = [
    ['days', 86_400_000],
    ['hours', 3_600_000],
    ['minutes', 60_000],
    ['seconds', 1000],
  ] as const;
  const count = Number(milliseconds);
  const unit = units.find(([, size]) => count > 0 && count % size === 0);
  return unit ? `${count / unit[1]} ${unit[0]}` : `${milliseconds} ms`;
}

function text(value: Json | undefined): string {
  if (value === undefined || value === null) return 'nothing';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
