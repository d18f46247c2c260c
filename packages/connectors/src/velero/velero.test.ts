import { testConnector } from '@leeway/connector-kit/test-contract.ts';
import { runScenario, type Scenario } from '@leeway/connector-kit/testing/scenario.ts';
import { compareAttributes, indexKinds } from '@leeway/core';
import { expect, it } from 'vitest';
import { connector } from './index.ts';

const object = (kind: string, name: string, more: object) => ({
  apiVersion: 'velero.io/v1',
  kind,
  metadata: { name, ...more },
  ...more,
});
const backup = (name: string, phase: string, completionTimestamp: string) => ({
  ...object('Backup', name, {}),
  metadata: { name, labels: { 'velero.io/schedule-name': 'nightly' } },
  status: { phase, completionTimestamp },
});
const items = [
  object('Schedule', 'nightly', {
    spec: { schedule: '0 2 * * *', template: { ttl: '720h0m0s', includedNamespaces: ['*'] } },
    status: { phase: 'Enabled', lastBackup: '2026-05-05T02:00:00Z' },
  }),
  object('BackupStorageLocation', 'default', {
    spec: { provider: 'aws', objectStorage: { bucket: 'backup-production' } },
    status: { phase: 'Available' },
  }),
  backup('nightly-1', 'Completed', '2026-05-04T02:03:00Z'),
  backup('nightly-2', 'Failed', '2026-05-05T02:01:00Z'),
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'other' } },
];
const dump: Scenario = {
  name: 'a dump',
  settings: { files: '*.json' },
  files: { 'velero.json': JSON.stringify({ apiVersion: 'v1', kind: 'List', items }) },
  lists: ['/items'],
  resources: 2,
};
const manifest: Scenario = {
  name: 'a manifest',
  settings: { files: ['*.yaml'] },
  files: {
    'schedule.yaml':
      'apiVersion: velero.io/v1\nkind: Schedule\nmetadata: {name: nightly}\nspec: {schedule: 0 2 * * *, template: {ttl: 720h}}\n',
  },
  resources: 1,
};

testConnector('velero', connector, {
  scenarios: [dump, manifest],
  failures: [
    { name: 'another document', settings: { files: '*.yaml' }, files: { 'a.yaml': 'a: 1' }, codes: ['LW2009'] },
  ],
});

it('tells the last success, and is the same as its manifest', async () => {
  const [live, declared] = [await runScenario(connector, dump), await runScenario(connector, manifest)];
  const schedule = live.resources.find(({ kind }) => kind === 'velero.schedule')?.attributes ?? {};
  expect(schedule).toMatchObject({ lastSuccess: '2026-05-04T02:03:00Z', kept: 1, failed: 1, phase: 'Enabled' });
  const kind = indexKinds(connector.kinds).find('velero.schedule');
  expect(compareAttributes(kind, declared.resources[0]?.attributes ?? {}, schedule)).toEqual([]);
  expect(compareAttributes(kind, schedule, { ...schedule, paused: true })).toMatchObject([{ path: '/paused' }]);
});
