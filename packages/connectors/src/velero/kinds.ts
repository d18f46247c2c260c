import type { Change, Description, Kind, SeverityRule } from '@leeway/core';

const layer = 'backup';
const goneIsCritical: SeverityRule = { path: '', severity: 'critical', when: ({ after }) => after === undefined };

const schedule: Kind = {
  name: 'velero.schedule',
  title: 'backup schedule',
  layer,
  version: 1,
  noise: {
    unordered: [
      '/template/includedNamespaces',
      '/template/excludedNamespaces',
      '/template/includedResources',
      '/template/excludedResources',
    ],
    // Lists that name everything say the same as silence; times move with every backup and are for policies.
    defaults: { '/paused': false, '/template/includedNamespaces': ['*'], '/template/includedResources': ['*'] },
    empty: ['/template/hooks', '/template/metadata'],
    quantity: { '/template/ttl': 'duration' },
    assigned: ['/phase', '/template/storageLocation', '/template/ttl'],
    computed: ['/lastBackup', '/lastSuccess', '/kept', '/failed'],
  },
  severity: [
    goneIsCritical,
    { path: '/paused', severity: 'critical' },
    { path: '/schedule', severity: 'high' },
    { path: '/template/**', severity: 'high' },
    { path: '/phase', severity: 'high' },
  ],
  describe: describeSchedule,
};

const location: Kind = {
  name: 'velero.storage-location',
  title: 'backup storage location',
  layer,
  version: 1,
  noise: { defaults: { '/accessMode': 'ReadWrite', '/default': false }, assigned: ['/phase'] },
  severity: [goneIsCritical, { path: '/phase', severity: 'critical' }, { path: '/**', severity: 'high' }],
};

export const veleroKinds: readonly Kind[] = [schedule, location];

function describeSchedule({ path, before, after }: Change): Description | undefined {
  if (path === '/paused') {
    const words = (paused: unknown) => (paused === true ? 'is paused' : 'is active');
    return { actual: words(after), expected: words(before) };
  }
  return path === '/schedule' ? { actual: `runs at "${after}"`, expected: `runs at "${before}"` } : undefined;
}
