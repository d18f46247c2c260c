import type { Kind, Layer, SeverityRule } from '@leeway/core';
import * as words from './describe.ts';

const goneIs = (severity: SeverityRule['severity']): SeverityRule => ({
  path: '',
  severity,
  when: ({ after }) => after === undefined,
});

const kind = (name: string, title: string, rest: Partial<Kind> = {}, layer: Layer = 'host'): Kind => ({
  name: `host.${name}`,
  title,
  layer,
  version: 1,
  ...rest,
});

const os = kind('os', 'operating system of host', {
  severity: [
    { path: '/id', severity: 'high' },
    { path: '/version', severity: 'medium' },
    { path: '/name', severity: 'low' },
  ],
});

const kernel = kind('kernel', 'kernel of host', {
  noise: { unordered: ['/parameters'] },
  severity: [
    { path: '/release', severity: 'medium' },
    { path: '/parameters', severity: 'medium' },
  ],
  describe: words.describeKernel,
});

const packages = kind('package', 'package', {
  noise: { defaults: { '/held': false } },
  severity: [
    { path: '', severity: 'medium' },
    { path: '/version', severity: 'medium' },
    { path: '/held', severity: 'low' },
  ],
  describe: words.describePackage,
});

const update = kind('security-update', 'pending security update of', {
  severity: [{ path: '', severity: 'high' }],
  describe: words.describeUpdate,
});

const sysctl = kind('sysctl', 'kernel setting', {
  noise: { quantity: { '/value': 'scalar' } },
  severity: [{ path: '/value', severity: 'medium' }],
  describe: words.describeValue,
});

const service = kind('service', 'service', {
  noise: { assigned: ['/state'] },
  severity: [
    goneIs('high'),
    { path: '/state', severity: 'high', when: ({ after }) => after !== 'running' },
    { path: '/enabled', severity: 'medium' },
  ],
  describe: words.describeService,
});

const timer = kind('timer', 'timer', {
  noise: { unordered: ['/schedule'] },
  severity: [goneIs('medium'), { path: '/**', severity: 'medium' }],
});

const jobs: Partial<Kind> = {
  noise: { identity: { '/jobs': ['command'] }, unordered: ['/jobs'], empty: ['/environment', '/jobs'] },
  severity: [goneIs('high'), { path: '/jobs', severity: 'medium' }, { path: '/jobs/**', severity: 'medium' }],
  describe: words.describeJob,
};

const user = kind(
  'user',
  'user',
  {
    noise: { unordered: ['/groups'] },
    severity: [
      { path: '', severity: 'high' },
      { path: '/id', severity: 'critical', when: ({ after }) => after === 0 },
      { path: '/groups', severity: 'high' },
      { path: '/shell', severity: 'high' },
    ],
    describe: words.describeUser,
  },
  'identity',
);

const group = kind(
  'group',
  'group',
  {
    noise: { unordered: ['/members'], empty: ['/members'] },
    severity: [{ path: '/members', severity: 'high' }],
    describe: words.describeGroup,
  },
  'identity',
);

const sudoers = kind(
  'sudoers',
  'sudo rules in',
  { noise: { unordered: ['/rules'] }, severity: [{ path: '/**', severity: 'high' }, goneIs('medium')] },
  'identity',
);

/** What sshd does where its files say nothing: sshd_config(5), OpenSSH 9. */
const sshdDefaults = {
  '/settings/permitrootlogin': 'prohibit-password',
  '/settings/passwordauthentication': 'yes',
  '/settings/pubkeyauthentication': 'yes',
  '/settings/permitemptypasswords': 'no',
  '/settings/kbdinteractiveauthentication': 'yes',
  '/settings/x11forwarding': 'no',
  '/settings/allowtcpforwarding': 'yes',
  '/settings/allowagentforwarding': 'yes',
  '/settings/maxauthtries': '6',
  '/settings/maxsessions': '10',
  '/settings/logingracetime': '120',
  '/settings/usepam': 'no',
  '/settings/printmotd': 'yes',
  '/settings/tcpkeepalive': 'yes',
  '/settings/loglevel': 'INFO',
  '/settings/syslogfacility': 'AUTH',
};

const sshd = kind(
  'sshd',
  'SSH server of host',
  {
    noise: {
      defaults: sshdDefaults,
      identity: { '/matches': ['criteria'] },
      unordered: ['/settings/acceptenv', '/settings/allowusers', '/settings/allowgroups', '/settings/hostkey'],
      quantity: { '/settings/loglevel': 'case-insensitive', '/settings/*': 'scalar' },
    },
    severity: [
      { path: '/settings/permitrootlogin', severity: 'critical', when: ({ after }) => after === 'yes' },
      { path: '/settings/permitemptypasswords', severity: 'critical', when: ({ after }) => after === 'yes' },
      { path: '/settings/passwordauthentication', severity: 'high' },
      { path: '/settings/*', severity: 'medium' },
      { path: '/matches/**', severity: 'medium' },
    ],
    describe: words.describeSshd,
  },
  'identity',
);

const firewall = kind(
  'firewall',
  'firewall chain',
  {
    severity: [
      goneIs('high'),
      { path: '/policy', severity: 'critical', when: ({ after }) => /accept/i.test(String(after)) },
      { path: '/rules/**', severity: 'high' },
      { path: '/**', severity: 'high' },
    ],
    describe: words.describeFirewall,
  },
  'network',
);

const listener = kind(
  'listener',
  'open port',
  {
    noise: { unordered: ['/addresses'] },
    severity: [
      { path: '', severity: 'high' },
      { path: '/addresses', severity: 'high' },
    ],
    describe: words.describeListener,
  },
  'network',
);

const mount = kind('mount', 'mount', {
  noise: { unordered: ['/options'], instance: ['/source'], assigned: ['/persistent'] },
  severity: [
    goneIs('high'),
    { path: '/options', severity: 'medium' },
    { path: '/type', severity: 'medium' },
    { path: '/persistent', severity: 'medium' },
  ],
});

const time = kind('time', 'clock of host', {
  noise: { unordered: ['/servers'], assigned: ['/synchronised', '/servers'] },
  severity: [
    { path: '/synchronised', severity: 'high', when: ({ after }) => after === false },
    { path: '/zone', severity: 'high' },
    { path: '/servers', severity: 'medium' },
  ],
  describe: words.describeTime,
});

const file = kind('file', 'file', {
  severity: [
    { path: '', severity: 'medium' },
    { path: '/mode', severity: 'high' },
    { path: '/owner', severity: 'high' },
  ],
  describe: words.describeFile,
});

const agent = kind('agent', 'agent', {
  noise: { assigned: ['/state', '/enabled'] },
  severity: [goneIs('high'), { path: '/state', severity: 'high' }, { path: '/enabled', severity: 'medium' }],
});

export const hostKinds: readonly Kind[] = [
  os,
  kernel,
  packages,
  update,
  sysctl,
  service,
  timer,
  kind('cron', 'cron table', jobs),
  kind('cron-script', 'cron script', { severity: [{ path: '', severity: 'medium' }], describe: words.describeFile }),
  kind('user-cron', 'cron table of user', jobs),
  user,
  group,
  sudoers,
  sshd,
  firewall,
  listener,
  mount,
  time,
  file,
  agent,
];

export const kindNames = [
  'host.os',
  'host.kernel',
  'host.package',
  'host.security-update',
  'host.sysctl',
  'host.service',
  'host.timer',
  'host.cron',
  'host.cron-script',
  'host.user-cron',
  'host.user',
  'host.group',
  'host.sudoers',
  'host.sshd',
  'host.firewall',
  'host.listener',
  'host.mount',
  'host.time',
  'host.file',
  'host.agent',
] as const;
export type KindName = (typeof kindNames)[number];
