/** Names a parameter had before, by the one it has now: both are told by the server, with one value. */
const renamed: readonly (readonly [RegExp, string])[] = [
  [/^slaveof$/, 'replicaof'],
  [/slaves?/, 'replica'],
  [/ziplist/, 'listpack'],
  [/^lua-time-limit$/, 'busy-reply-threshold'],
];

/** Sizes as redis.conf writes them; `k` is 1000, `kb` is 1024. */
const units: Readonly<Record<string, number>> = {
  b: 1,
  k: 1e3,
  kb: 2 ** 10,
  m: 1e6,
  mb: 2 ** 20,
  g: 1e9,
  gb: 2 ** 30,
};

/**
 * What a server of version 7 does where its file says nothing, as `CONFIG GET` of one without a file tells. Only what
 * decides over data, access and load: everything else counts as filled in by the server.
 */
export const defaultParameters: Readonly<Record<string, string>> = {
  appendfsync: 'everysec',
  appendonly: 'no',
  'cluster-enabled': 'no',
  'cluster-require-full-coverage': 'yes',
  databases: '16',
  'enable-debug-command': 'no',
  'enable-module-command': 'no',
  'enable-protected-configs': 'no',
  'io-threads': '1',
  'lazyfree-lazy-eviction': 'no',
  'lazyfree-lazy-expire': 'no',
  masterauth: '',
  maxclients: '10000',
  maxmemory: '0',
  'maxmemory-policy': 'noeviction',
  'min-replica-max-lag': '10',
  'min-replica-to-write': '0',
  'notify-keyspace-events': '',
  'protected-mode': 'yes',
  rdbcompression: 'yes',
  'replica-priority': '100',
  'replica-read-only': 'yes',
  'replica-serve-stale-data': 'yes',
  requirepass: '',
  save: '3600 1 300 100 60 10000',
  'slowlog-log-slower-than': '10000',
  'stop-writes-on-bgsave-error': 'yes',
  'tcp-keepalive': '300',
  timeout: '0',
  'tls-auth-clients': 'yes',
  'tls-cluster': 'no',
  'tls-replication': 'no',
};

/** Default of each class; files name the classes they change. */
const bufferClasses: Readonly<Record<string, string>> = {
  normal: '0 0 0',
  replica: '268435456 67108864 60',
  pubsub: '33554432 8388608 60',
};

/** A parameter's present name. */
export function parameterName(name: string): string {
  const lower = name.toLowerCase().replace(/^min-replicas/, 'min-replica');
  return renamed.reduce((current, [found, instead]) => current.replace(found, instead), lower);
}

/** A parameter's value in the one spelling the server uses. */
export function parameterValue(name: string, value: string): string {
  if (name === 'notify-keyspace-events') return [...value].sort().join('');
  if (name === 'client-output-buffer-limit') return bufferLimits(value);
  if (/^(?:yes|no)$/i.test(value)) return value.toLowerCase();
  return sizeValue(value);
}

/** `128mb` is `134217728`. Words and other numbers stay. */
function sizeValue(value: string): string {
  const [, digits = '', unit = ''] = /^(\d{1,15})(b|kb?|mb?|gb?)$/i.exec(value) ?? [];
  const factor = units[unit.toLowerCase()];
  return factor === undefined ? value : String(Number(digits) * factor);
}

/** All three classes, in one order; what is not named has its default. */
function bufferLimits(value: string): string {
  const words = value.trim() === '' ? [] : value.trim().split(/\s+/);
  const classes = new Map(Object.entries(bufferClasses));
  for (let at = 0; at + 3 < words.length; at += 4) {
    const limits = words.slice(at + 1, at + 4).map(sizeValue);
    classes.set((words[at] ?? '').toLowerCase().replace('slave', 'replica'), limits.join(' '));
  }
  return [...classes].map(([name, limits]) => `${name} ${limits}`).join(' ');
}
