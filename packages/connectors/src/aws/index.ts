import type { Connector } from '@leeway/connector-kit';
import { kinds } from './kinds.ts';
import { checkAws, readAws } from './read.ts';
import { readers } from './readers/index.ts';
import { AwsSettings } from './settings.ts';

export const connector: Connector<AwsSettings> = {
  id: 'aws',
  title: 'AWS',
  summary:
    'Network, identity, storage, databases, keys, images, containers, alarms and backups of AWS accounts, as Terraform names them.',
  settings: AwsSettings,
  kinds,
  verification: {
    state: 'verified',
    against: 'moto 5.2.5, a stand-in for AWS that checks signatures and permissions; not against AWS itself',
  },
  permissions: [
    ...new Set([...readers.flatMap(({ actions }) => actions), 'cloudtrail:LookupEvents', 'sts:AssumeRole']),
  ].sort(),
  check: checkAws,
  read: readAws,
};
