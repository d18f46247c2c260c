import type { Connector } from '@leeway/connector-kit';
import { checkNetSuite, readNetSuite } from './read.ts';
import { NetSuiteSettings } from './settings.ts';
import { netsuiteKinds, tables } from './tables.ts';

export const connector: Connector<NetSuiteSettings> = {
  id: 'netsuite',
  title: 'NetSuite',
  summary: 'Subsidiaries, roles and permissions, scripts and deployments, workflows, custom records, through SuiteQL.',
  settings: NetSuiteSettings,
  kinds: netsuiteKinds,
  verification: { state: 'built-to-published-api', api: 'NetSuite REST web services: SuiteQL, OAuth 2.0 and TBA' },
  permissions: [
    'Setup > REST Web Services (Full) and Setup > Log in using OAuth 2.0 Access Tokens (or Log in using Access Tokens)',
    'Reports > SuiteAnalytics Workbook (Edit)',
    ...new Set(tables.map(({ permission }) => permission)),
  ],
  check: checkNetSuite,
  read: readNetSuite,
};
