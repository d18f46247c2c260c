import type { Change, Description, Json, Kind } from '@leeway/core';

const layer = 'messaging';

/** What makes this server this server: addresses, places of files, credentials. */
const own = [
  ...['bind', 'bind-source-addr', 'port', 'tls-port', 'unixsocket', 'dir', 'logfile', 'pidfile', 'replicaof'],
  ...['cluster-announce-ip', 'cluster-announce-hostname', 'cluster-announce-port', 'cluster-announce-bus-port'],
  ...['cluster-announce-tls-port', 'cluster-config-file', 'replica-announce-ip', 'replica-announce-port'],
  ...['requirepass', 'masterauth', 'masteruser'],
];

const pointers = (names: readonly string[]) => names.map((name) => `/${name}`);

const serverKind: Kind = {
  name: 'redis.server',
  title: 'server',
  layer,
  version: 1,
  noise: { identity: { '/modules': ['name'] } },
  severity: [
    { path: '/mode', severity: 'high' },
    { path: '/modules/**', severity: 'high' },
    { path: '/version', severity: 'medium' },
  ],
};

const settingsKind: Kind = {
  name: 'redis.settings',
  title: 'server',
  layer,
  version: 1,
  noise: {
    instance: pointers(own),
    // A file names what it changes; what decides over data and access has its default filled in by the reader.
    assigned: ['/*'],
    secret: pointers(['requirepass', 'masterauth', 'tls-key-file-pass', 'tls-client-key-file-pass']),
  },
  severity: [
    { path: '/protected-mode', severity: 'high' },
    { path: '/requirepass', severity: 'high' },
    { path: '/maxmemory-policy', severity: 'high' },
    { path: '/maxmemory', severity: 'medium' },
    { path: '/appendonly', severity: 'high' },
    { path: '/save', severity: 'high' },
    { path: '/enable-debug-command', severity: 'high' },
    { path: '/enable-module-command', severity: 'high' },
    { path: '/enable-protected-configs', severity: 'high' },
    { path: '/cluster-enabled', severity: 'high' },
    { path: '/*', severity: 'medium' },
  ],
  describe: describeSetting,
};

const userKind: Kind = {
  name: 'redis.acl-user',
  title: 'ACL user',
  layer,
  version: 1,
  noise: {
    unordered: ['/passwords', '/keys', '/channels', '/commands', '/selectors', '/selectors/*/*'],
    // Each environment has passwords of its own; how many there are, and whether one is needed, must agree.
    instance: ['/passwords'],
  },
  severity: [
    { path: '/passwordless', severity: 'critical', when: ({ after }) => after === true },
    { path: '', severity: 'high' },
    { path: '/*', severity: 'high' },
  ],
  describe: describeUserChange,
};

export const redisKinds: readonly Kind[] = [serverKind, settingsKind, userKind];

const policies: Readonly<Record<string, string>> = { noeviction: 'refuses writes when memory is full' };

function describeSetting({ path, before, after }: Change): Description | undefined {
  const words = settingWords[path.slice(1)];
  return words && { actual: words(text(after)), expected: words(text(before)) };
}

const settingWords: Readonly<Record<string, (value: string) => string>> = {
  maxmemory: (value) => (value === '0' ? 'may use all memory' : `may use ${size(Number(value))} of memory`),
  'maxmemory-policy': (value) => policies[value] ?? `evicts with ${value}`,
  appendonly: (value) => (value === 'yes' ? 'logs every write' : 'logs no writes'),
  save: (value) => (value === '' ? 'saves no snapshots' : `saves snapshots at ${value}`),
  'protected-mode': (value) => (value === 'yes' ? 'is in protected mode' : 'is not in protected mode'),
};

function describeUserChange({ path, before, after }: Change): Description | undefined {
  const words = userWords[path];
  return words && { actual: words(after), expected: words(before) };
}

const userWords: Readonly<Record<string, (value: Json | undefined) => string>> = {
  '/passwordless': (value) => (value === true ? 'needs no password' : 'needs a password'),
  '/enabled': (value) => (value === true ? 'may sign in' : 'may not sign in'),
};

/** 134217728 is `128 MiB`. */
function size(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const step = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  return `${Number((bytes / 2 ** (10 * step)).toFixed(1))} ${units[step]}`;
}

function text(value: Json | undefined): string {
  if (value === undefined || value === null) return 'nothing';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
