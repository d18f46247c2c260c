import { type Change, type Description, isJsonArray, isJsonObject, type Json, type Kind } from '@leeway/core';

const layer = 'secrets' as const;
const version = 1;

type Words = Readonly<Record<string, (value: Json | undefined) => string>>;

const describe =
  (words: Words) =>
  ({ path, before, after }: Change): Description | undefined => {
    const say = words[path];
    return say && { actual: say(after), expected: say(before) };
  };

function textOf(value: Json | undefined): string {
  if (value === undefined || value === null || value === '') return 'nothing';
  if (isJsonArray(value)) return value.map(textOf).join(', ') || 'nothing';
  return isJsonObject(value) ? JSON.stringify(value) : String(value);
}

const seconds = (value: Json | undefined) =>
  value === undefined || value === 0 ? 'as long as the server allows' : `${textOf(value)} s`;

const mount = (name: string, title: string): Kind => ({
  name,
  title,
  layer,
  version,
  noise: {
    empty: ['/description', '/options', '/listing'],
    defaults: { '/local': false, '/sealWrap': false, '/defaultLeaseSeconds': 0, '/maxLeaseSeconds': 0 },
  },
  severity: [
    { path: '/description', severity: 'low' },
    { path: '/type', severity: 'high' },
    { path: '', severity: 'high' },
    { path: '/**', severity: 'medium' },
  ],
  describe: describe({
    '/type': (value) => `is of type ${textOf(value)}`,
    '/maxLeaseSeconds': (value) => `leases for at most ${seconds(value)}`,
    '/defaultLeaseSeconds': (value) => `leases for ${seconds(value)}`,
  }),
});

/** Lists of roles are sets, and an empty value is an absent one in every auth method. */
const role = (name: string, title: string): Kind => ({
  name,
  title,
  layer,
  version,
  noise: { unordered: ['/*'], empty: ['/*'] },
  severity: [
    { path: '/policies', severity: 'critical' },
    { path: '/token_policies', severity: 'critical' },
    { path: '/allow_any_name', severity: 'critical', when: ({ after }) => after === true },
    { path: '', severity: 'high' },
    { path: '/**', severity: 'high' },
  ],
  describe: describe({
    '/token_policies': (value) => `gives the policies ${textOf(value)}`,
    '/policies': (value) => `gives the policies ${textOf(value)}`,
    '/token_ttl': (value) => `gives tokens for ${seconds(value)}`,
    '/max_ttl': (value) => `issues for at most ${seconds(value)}`,
    '/allowed_domains': (value) => `issues for ${textOf(value)}`,
    '/allow_any_name': (value) => (value === true ? 'issues for any name' : 'issues for its domains only'),
  }),
});

export const vaultKinds: readonly Kind[] = [
  mount('vault.mount', 'secrets engine'),
  mount('vault.auth', 'auth method'),
  {
    name: 'vault.policy',
    title: 'policy',
    layer,
    version,
    noise: { quantity: { '/policy': 'white-space' } },
    severity: [
      { path: '/policy', severity: 'high' },
      { path: '', severity: 'high' },
    ],
    describe: describe({ '/policy': (value) => `says ${textOf(value).replaceAll(/\s+/g, ' ').slice(0, 120)}` }),
  },
  role('vault.auth-role', 'auth role'),
  role('vault.pki-role', 'PKI role'),
  {
    name: 'vault.secret',
    title: 'secret',
    layer,
    version,
    noise: {
      // How often and when a secret was renewed is each environment's own.
      instance: ['/version', '/renewedAt'],
      empty: ['/customMetadata'],
      defaults: { '/maxVersions': 0, '/casRequired': false, '/deleteVersionAfter': '0s', '/overdue': false },
    },
    severity: [
      { path: '', severity: 'high' },
      { path: '/readable', severity: 'high' },
      { path: '/overdue', severity: 'medium' },
      { path: '/**', severity: 'low' },
    ],
    describe: describe({
      '/readable': (value) => (value === true ? 'can be read' : 'is deleted or destroyed'),
      '/overdue': (value) => (value === true ? 'is overdue for renewal' : 'is not overdue for renewal'),
    }),
  },
];
