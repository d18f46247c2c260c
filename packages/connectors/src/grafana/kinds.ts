import type { Change, Description, Kind, SeverityRule } from '@leeway/core';

const layer = 'observability';
const goneIsHigh: SeverityRule = { path: '', severity: 'high', when: ({ after }) => after === undefined };

export const grafanaKinds: readonly Kind[] = [
  { name: 'grafana.folder', title: 'folder of Grafana', layer, version: 1 },
  {
    name: 'grafana.dashboard',
    title: 'dashboard',
    layer,
    version: 1,
    noise: {
      identity: { '/panels': ['title', 'type'] },
      unordered: ['/tags'],
      // Where panels stand, numbers given by the server, and what the last viewer chose.
      computed: [
        '/id',
        '/version',
        '/iteration',
        '/panels/*/id',
        '/panels/*/gridPos',
        '/panels/*/pluginVersion',
        '/templating/list/*/current',
      ],
    },
    severity: [
      { path: '', severity: 'medium' },
      { path: '/panels/**', severity: 'low' },
    ],
  },
  {
    name: 'grafana.alert-rule',
    title: 'Grafana alert rule',
    layer,
    version: 1,
    noise: {
      identity: { '/data': ['refId'] },
      quantity: { '/for': 'duration' },
      defaults: { '/isPaused': false, '/for': '0s' },
      empty: ['/labels', '/annotations'],
    },
    severity: [
      goneIsHigh,
      { path: '/isPaused', severity: 'high' },
      { path: '/data/**', severity: 'high' },
      { path: '/for', severity: 'medium' },
    ],
    describe: describeRule,
  },
  {
    name: 'grafana.data-source',
    title: 'data source',
    layer,
    version: 1,
    noise: {
      defaults: { '/basicAuth': false, '/isDefault': false },
      empty: ['/url', '/user', '/database', '/jsonData', '/secrets'],
      unordered: ['/secrets'],
    },
    severity: [goneIsHigh, { path: '/url', severity: 'high' }, { path: '/**', severity: 'medium' }],
  },
  {
    name: 'grafana.contact-point',
    title: 'contact point',
    layer,
    version: 1,
    noise: { defaults: { '/disableResolveMessage': false }, assigned: ['/settings/*'] },
    severity: [goneIsHigh, { path: '/settings/**', severity: 'high' }],
  },
];

function describeRule({ path, before, after }: Change): Description | undefined {
  if (path === '/isPaused') {
    const words = (paused: unknown) => (paused === true ? 'is paused' : 'is evaluated');
    return { actual: words(after), expected: words(before) };
  }
  return path === '/for' ? { actual: `fires after ${after ?? '0s'}`, expected: `says ${before ?? '0s'}` } : undefined;
}
