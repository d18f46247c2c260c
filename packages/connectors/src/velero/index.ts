import type { Connector } from '@leeway/connector-kit';
import { veleroKinds } from './kinds.ts';
import { checkVelero, readVelero } from './read.ts';
import { VeleroSettings } from './settings.ts';

export const connector: Connector<VeleroSettings> = {
  id: 'velero',
  title: 'Velero',
  summary: 'Backup schedules of clusters, what became of their backups, and where these are kept.',
  settings: VeleroSettings,
  kinds: veleroKinds,
  verification: { state: 'built-to-published-api', api: 'Velero API types velero.io/v1' },
  permissions: ['for the dump: get and list schedules, backups and backupstoragelocations of velero.io'],
  check: checkVelero,
  read: readVelero,
};
