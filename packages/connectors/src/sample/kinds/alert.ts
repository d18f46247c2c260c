import { isJsonObject } from '@leeway/core';
import { replaceField, type SampleKind } from './sample-kind.ts';

export const alert: SampleKind = {
  kind: {
    name: 'sample.alert',
    title: 'alerting rule',
    layer: 'observability',
    version: 1,
    noise: {
      computed: ['/health', '/lastEvaluation', '/evaluationTime'],
      defaults: { '/keep_firing_for': '0s' },
      quantity: { '/for': 'duration', '/keep_firing_for': 'duration', '/expr': 'white-space' },
      empty: ['/annotations/*'],
    },
  },
  nameOf: ({ application, index }) => `${application}/OrdersStuck${index}`,
  declare: ({ random, application, stage }) => ({
    expr: `sum(rate(orders_failed_total{app="${application}", env="${stage}"}[5m])) > ${1 + random.below(20)}`,
    for: `${5 * (1 + random.below(12))}m`,
    labels: { severity: random.pick(['page', 'ticket']), team: application },
    annotations: { summary: `Orders of ${application} fail` },
  }),
  observe: ({ expr, for: duration, annotations, ...rest }, random) => ({
    ...rest,
    expr: `\n  ${String(expr).replace(' > ', '\n  > ')}\n`,
    for: `PT${Number.parseInt(String(duration), 10)}M`,
    keep_firing_for: '0s',
    annotations: { ...(isJsonObject(annotations) ? annotations : {}), runbook: '' },
    health: 'ok',
    evaluationTime: random.below(1000) / 1_000_000,
    lastEvaluation: `2026-04-01T10:${String(random.below(60)).padStart(2, '0')}:00Z`,
  }),
  edits: [
    replaceField('/for', () => '3d'),
    replaceField('/expr', () => 'vector(0)'),
    replaceField('/keep_firing_for', () => '1h'),
  ],
};
