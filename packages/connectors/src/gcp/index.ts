import type { Connector } from '@leeway/connector-kit';
import { findKind } from '@leeway/connector-kit';
import { googleKinds } from '../terraform/kinds/google.ts';
import { checkGcp, gcpKinds, readGcp } from './read.ts';
import { GcpSettings } from './settings.ts';

const kinds = new Set(gcpKinds.flatMap((name) => findKind(googleKinds, name) ?? []));

export const connector: Connector<GcpSettings> = {
  id: 'gcp',
  title: 'Google Cloud',
  summary:
    'Networks, grants, storage, databases, keys, clusters and alerts of Google Cloud projects, as Terraform names them.',
  settings: GcpSettings,
  kinds: [...kinds],
  verification: { state: 'built-to-published-api', api: 'Cloud Asset Inventory v1 and Cloud Logging v2' },
  permissions: ['cloudasset.assets.listResource', 'cloudasset.assets.listIamPolicy', 'logging.logEntries.list'],
  check: checkGcp,
  read: readGcp,
};
