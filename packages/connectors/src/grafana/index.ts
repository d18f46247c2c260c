import type { Connector } from '@leeway/connector-kit';
import { grafanaKinds } from './kinds.ts';
import { checkGrafana, readGrafana } from './read.ts';
import { GrafanaSettings } from './settings.ts';

export const connector: Connector<GrafanaSettings> = {
  id: 'grafana',
  title: 'Grafana',
  summary: 'Dashboards, alert rules, data sources, contact points and folders, live or from provisioning files.',
  settings: GrafanaSettings,
  kinds: grafanaKinds,
  verification: { state: 'built-to-published-api', api: 'Grafana HTTP API and alerting provisioning API' },
  permissions: ['folders:read', 'dashboards:read', 'datasources:read', 'alert.provisioning:read'],
  check: checkGrafana,
  read: readGrafana,
};
