import type { Change, Description, Kind, SeverityRule } from '@leeway/core';

const layer = 'delivery';
const goneIsHigh: SeverityRule = { path: '', severity: 'high', when: ({ after }) => after === undefined };
const newIsHigh: SeverityRule = { path: '', severity: 'high', when: ({ before }) => before === undefined };

export const gitHostingKinds: readonly Kind[] = [
  {
    name: 'git-hosting.repository',
    title: 'repository',
    layer,
    version: 1,
    noise: { unordered: ['/merge'], defaults: { '/archived': false } },
    severity: [
      { path: '/visibility', severity: 'high' },
      { path: '/**', severity: 'medium' },
    ],
  },
  {
    name: 'git-hosting.protected-branch',
    title: 'protected branch',
    layer,
    version: 1,
    noise: {
      unordered: ['/checks', '/pushers', '/mergers', '/files'],
      empty: ['/checks', '/pushers', '/mergers', '/files'],
      defaults: {
        '/approvals': 0,
        '/codeOwners': false,
        '/dismissStale': false,
        '/upToDate': false,
        '/signed': false,
        '/linear': false,
        '/admins': false,
        '/forcePush': false,
        '/deletion': false,
      },
    },
    severity: [
      goneIsHigh,
      ...['approvals', 'codeOwners', 'checks/**', 'admins', 'forcePush', 'pushers/**'].map(
        (field): SeverityRule => ({ path: `/${field}`, severity: 'high' }),
      ),
      { path: '/**', severity: 'medium' },
    ],
    describe: describeProtection,
  },
  {
    name: 'git-hosting.code-owners',
    title: 'code owners',
    layer,
    version: 1,
    severity: [goneIsHigh, { path: '/**', severity: 'medium' }],
  },
  {
    name: 'git-hosting.deploy-key',
    title: 'deploy key',
    layer,
    version: 1,
    noise: { instance: ['/fingerprint'], defaults: { '/readOnly': true } },
    severity: [newIsHigh, { path: '/fingerprint', severity: 'high' }, { path: '/readOnly', severity: 'high' }],
    describe: ({ path, before, after }) =>
      path === '/readOnly' ? { actual: mayWrite(after), expected: mayWrite(before) } : undefined,
  },
  {
    name: 'git-hosting.environment',
    title: 'deployment environment',
    layer,
    version: 1,
    noise: {
      unordered: ['/approvers', '/deployers'],
      empty: ['/approvers', '/deployers'],
      defaults: { '/selfReview': true, '/waitMinutes': 0, '/branches': 'all', '/approvals': 0 },
    },
    severity: [
      goneIsHigh,
      { path: '/approvers/**', severity: 'high' },
      { path: '/approvals', severity: 'high' },
      { path: '/**', severity: 'medium' },
    ],
  },
  {
    name: 'git-hosting.pipeline',
    title: 'pipeline',
    layer,
    version: 1,
    severity: [goneIsHigh, { path: '/**', severity: 'medium' }],
  },
];

function mayWrite(readOnly: unknown): string {
  return readOnly === false ? 'may write' : 'may only read';
}

function describeProtection({ path, before, after }: Change): Description | undefined {
  if (path === '/approvals') return { actual: `needs ${after ?? 0} approvals`, expected: `needs ${before ?? 0}` };
  if (path !== '/forcePush') return undefined;
  const say = (allowed: unknown) => (allowed === true ? 'may be overwritten' : 'cannot be overwritten');
  return { actual: say(after), expected: say(before) };
}
