import type { Change, Description, Json, Kind, SeverityRule } from '@leeway/core';

const layer = 'observability';
const goneIsHigh: SeverityRule = { path: '', severity: 'high', when: ({ after }) => after === undefined };

const durations = { '/group_wait': 'duration', '/group_interval': 'duration', '/repeat_interval': 'duration' } as const;

export const alertmanagerKinds: readonly Kind[] = [
  {
    name: 'alertmanager.global',
    title: 'global setting of Alertmanager',
    layer,
    version: 1,
    // A running server tells every default; a file what somebody chose.
    noise: { assigned: ['/**'], quantity: { '/resolve_timeout': 'duration' } },
    severity: [{ path: '/**', severity: 'medium' }],
  },
  {
    name: 'alertmanager.route',
    title: 'alert route',
    layer,
    version: 1,
    noise: {
      unordered: ['/group_by', '/mute_time_intervals', '/active_time_intervals'],
      quantity: durations,
      defaults: { '/continue': false },
      empty: ['/routes', '/group_by', '/mute_time_intervals'],
    },
    severity: [
      { path: '', severity: 'high' },
      { path: '/receiver', severity: 'high' },
      { path: '/continue', severity: 'high' },
      { path: '/mute_time_intervals', severity: 'high' },
      { path: '/**', severity: 'medium' },
    ],
    describe: describeRoute,
  },
  {
    name: 'alertmanager.receiver',
    title: 'alert receiver',
    layer,
    version: 1,
    noise: {
      // Copied by the server from the global settings where a receiver has none of its own.
      assigned: [
        'from',
        'hello',
        'smarthost',
        'auth_username',
        'auth_password',
        'require_tls',
        'headers',
        'api_url',
        'url',
        'send_resolved',
      ].map((name) => `/integrations/*/${name}`),
    },
    severity: [goneIsHigh, { path: '/integrations', severity: 'high' }, { path: '/integrations/**', severity: 'high' }],
  },
  {
    name: 'alertmanager.inhibition',
    title: 'inhibition of alerts',
    layer,
    version: 1,
    noise: { unordered: ['/equal'], empty: ['/equal'] },
    severity: [
      { path: '', severity: 'high' },
      { path: '/equal', severity: 'high' },
    ],
  },
  {
    name: 'alertmanager.time-interval',
    title: 'time interval',
    layer,
    version: 1,
    severity: [{ path: '/**', severity: 'medium' }],
  },
  {
    name: 'alertmanager.silence',
    title: 'silence',
    layer,
    version: 1,
    noise: { computed: ['/startsAt'] },
    severity: [
      { path: '', severity: 'high' },
      { path: '/endsAt', severity: 'medium' },
    ],
  },
];

function describeRoute({ path, before, after }: Change): Description | undefined {
  const verb = (
    {
      '/receiver': 'goes to',
      '/repeat_interval': 'repeats after',
      '/group_wait': 'waits',
      '/mute_time_intervals': 'is muted in',
    } as const
  )[path];
  return verb && { actual: `${verb} ${text(after)}`, expected: `${verb} ${text(before)}` };
}

function text(value: Json | undefined): string {
  if (value === undefined || value === null) return 'nothing';
  return typeof value === 'string'
    ? value
    : [value]
        .flat()
        .map((item) => JSON.stringify(item))
        .join(', ');
}
