import type { Change, Description, Kind } from '@leeway/core';

const repository: Kind = {
  name: 'restic.repository',
  title: 'backup repository',
  layer: 'backup',
  version: 1,
  noise: { computed: ['/bytes', '/snapshots'], instance: ['/id'], assigned: ['/integrity', '/version', '/keys'] },
  severity: [
    { path: '/integrity', severity: 'critical' },
    { path: '/encryption', severity: 'critical' },
    { path: '/keys', severity: 'medium' },
  ],
  describe: ({ path, before, after }: Change): Description | undefined =>
    path === '/integrity'
      ? { actual: `is ${after ?? 'not checked'}`, expected: `is ${before ?? 'not checked'}` }
      : undefined,
};

/** Times move with every backup: they are there for policies to judge an age by, not to be compared. */
const backup: Kind = {
  name: 'restic.backup',
  title: 'backup',
  layer: 'backup',
  version: 1,
  noise: {
    unordered: ['/paths', '/tags', '/excludes'],
    empty: ['/tags', '/excludes'],
    computed: ['/lastSuccess', '/oldest', '/kept', '/program'],
    assigned: ['/rhythm'],
  },
  severity: [
    { path: '', severity: 'critical', when: ({ after }) => after === undefined },
    { path: '/rhythm', severity: 'high' },
    { path: '/excludes', severity: 'high' },
    { path: '/tags', severity: 'low' },
  ],
  describe: ({ path, before, after }: Change): Description | undefined =>
    path === '/rhythm'
      ? { actual: `is made ${after ?? 'too rarely to tell'}`, expected: `is made ${before ?? 'too rarely to tell'}` }
      : undefined,
};

export const resticKinds: readonly Kind[] = [repository, backup];
