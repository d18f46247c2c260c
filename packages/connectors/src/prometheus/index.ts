import type { Connector } from '@leeway/connector-kit';
import { prometheusKinds } from './kinds.ts';
import { checkPrometheus, readPrometheus } from './read.ts';
import { PrometheusSettings } from './settings.ts';
import { recognisePrometheus } from './standalone.ts';

export const connector: Connector<PrometheusSettings> = {
  id: 'prometheus',
  title: 'Prometheus',
  summary: 'Alerting and recording rules, from rule files, PrometheusRule objects or a running server.',
  settings: PrometheusSettings,
  kinds: prometheusKinds,
  verification: { state: 'verified', against: 'Prometheus 2.42: rule files and /api/v1/rules of a running server' },
  permissions: ['GET /api/v1/rules'],
  check: checkPrometheus,
  read: readPrometheus,
  standalone: recognisePrometheus,
};
