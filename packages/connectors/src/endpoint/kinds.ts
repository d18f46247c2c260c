import type { Change, Description, Json, Kind, Noise, SeverityRule } from '@leeway/core';

const layer = 'network';

const reach: readonly SeverityRule[] = [
  { path: '', severity: 'high' },
  { path: '/reachable', severity: 'high' },
];

const tlsRules: readonly SeverityRule[] = [
  { path: '/answer/tls/trusted', severity: 'high' },
  { path: '/answer/tls/trustProblem', severity: 'high' },
  { path: '/answer/tls/nameMatches', severity: 'high' },
  { path: '/answer/tls/**', severity: 'medium' },
];

/** Addresses are each environment's own, and so is a certificate; when it ends is for policies, which know the time. */
const own = ['/address', '/answer/banner', '/answer/tls/fingerprint'];
const ends = ['/answer/tls/notAfter'];

/** That an endpoint does not answer is one difference; what it would have answered is not known. */
const silence = ['/answer'];

const noise = (more: Noise = {}): Noise => ({
  instance: own,
  computed: ends,
  assigned: silence,
  ...more,
});

const http: Kind = {
  name: 'endpoint.http',
  title: 'web endpoint',
  layer,
  version: 1,
  noise: noise({ identity: { '/answer/cookies': ['name'] }, unordered: ['/answer/allow'] }),
  severity: [
    ...reach,
    { path: '/answer/status', severity: 'high' },
    { path: '/answer/location', severity: 'high' },
    { path: '/answer/authentication', severity: 'high' },
    { path: '/answer/headers/strict-transport-security', severity: 'high' },
    { path: '/answer/headers/content-security-policy', severity: 'high' },
    { path: '/answer/headers/access-control-allow-origin', severity: 'high' },
    { path: '/answer/headers/server', severity: 'low' },
    { path: '/answer/headers/*', severity: 'medium' },
    { path: '/answer/cookies/**', severity: 'medium' },
    ...tlsRules,
  ],
  describe: describeHttp,
};

const as2: Kind = { ...http, name: 'endpoint.as2', title: 'AS2 endpoint' };

const tcp: Kind = {
  name: 'endpoint.tcp',
  title: 'port',
  layer,
  version: 1,
  noise: noise(),
  severity: [...reach, ...tlsRules],
  describe: describeReach,
};

const ssh: Kind = {
  name: 'endpoint.ssh',
  title: 'SSH endpoint',
  layer,
  version: 1,
  noise: {
    instance: ['/address', '/answer/hostKeys/*'],
    assigned: silence,
    unordered: ['/answer/keyExchange', '/answer/ciphers', '/answer/macs', '/answer/hostKeyAlgorithms'],
  },
  severity: [
    ...reach,
    { path: '/answer/hostKeys/*', severity: 'critical' },
    { path: '/answer/**', severity: 'medium' },
  ],
  describe: describeSsh,
};

const smtp: Kind = {
  name: 'endpoint.smtp',
  title: 'mail endpoint',
  layer,
  version: 1,
  noise: noise({ unordered: ['/answer/authentication'] }),
  severity: [
    ...reach,
    { path: '/answer/starttls', severity: 'high' },
    { path: '/answer/authentication', severity: 'high' },
    ...tlsRules,
  ],
  describe: describeSmtp,
};

export const endpointKinds: readonly Kind[] = [http, as2, tcp, ssh, smtp];

function describeReach({ path, before, after }: Change): Description | undefined {
  if (path === '/reachable') return { actual: reachText(after), expected: reachText(before) };
  if (path === '/answer/tls/trusted') return { actual: trustText(after), expected: trustText(before) };
  return undefined;
}

function describeHttp(change: Change): Description | undefined {
  const { path, before, after } = change;
  if (path === '/answer/status') return { actual: `answers ${text(after)}`, expected: `answers ${text(before)}` };
  if (path === '/answer/location') return { actual: `leads to ${text(after)}`, expected: `leads to ${text(before)}` };
  const [, header] = /^\/answer\/headers\/(.+)$/.exec(path) ?? [];
  if (header === undefined) return describeReach(change);
  const say = (value: Json | undefined) =>
    value === undefined ? `sends no ${header}` : `sends ${header} ${text(value)}`;
  return { actual: say(after), expected: say(before) };
}

function describeSsh(change: Change): Description | undefined {
  const [, type] = /^\/answer\/hostKeys\/(.+)$/.exec(change.path) ?? [];
  if (type === undefined) return describeReach(change);
  const say = (value: Json | undefined) =>
    value === undefined ? `shows no ${type} key` : `shows the ${type} key ${text(value)}`;
  return { actual: say(change.after), expected: say(change.before) };
}

function describeSmtp(change: Change): Description | undefined {
  if (change.path !== '/answer/starttls') return describeReach(change);
  const say = (value: Json | undefined) => (value === true ? 'offers TLS' : 'offers no TLS');
  return { actual: say(change.after), expected: say(change.before) };
}

const reachWords: Readonly<Record<string, string>> = {
  yes: 'answers',
  refused: 'refuses connections',
  'unknown host': 'has a name nobody knows',
  'no route': 'cannot be reached from here',
  'no answer': 'does not answer',
  'hangs up': 'hangs up',
  'another protocol': 'speaks another protocol',
};

function reachText(value: Json | undefined): string {
  return reachWords[text(value)] ?? `is ${text(value)}`;
}

function trustText(value: Json | undefined): string {
  return value === true ? 'shows a trusted certificate' : 'shows a certificate nobody trusts';
}

function text(value: Json | undefined): string {
  if (value === undefined || value === null) return 'nothing';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
