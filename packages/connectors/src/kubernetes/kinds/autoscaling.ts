import { isJsonArray, type Json, type JsonObject, type Noise } from '@leeway/core';
import { merge, sets } from './compose.ts';
import { defineKind } from './define.ts';
import { at, chain, without } from './edit.ts';

/** The usual pace of scaling, filled in when a manifest names any part of `behavior`. */
const period = 15;
const allAtOnce: Json = { type: 'Percent', value: 100, periodSeconds: period };

/*
 * Defaults: SetDefaults_HorizontalPodAutoscaler and _HorizontalPodAutoscalerBehavior in
 * kubernetes/pkg/apis/autoscaling/v2/defaults.go. The controller may write metrics in another order than declared.
 */
const autoscalerNoise: Noise = merge(
  sets('/spec/metrics', '/spec/behavior/scaleUp/policies', '/spec/behavior/scaleDown/policies'),
  {
    defaults: {
      '/spec/minReplicas': 1,
      '/spec/selectionStrategy': 'LabelSelector',
      '/spec/behavior/scaleUp/stabilizationWindowSeconds': 0,
      '/spec/behavior/scaleUp/selectPolicy': 'Max',
      '/spec/behavior/scaleUp/policies': [{ type: 'Pods', value: 4, periodSeconds: period }, allAtOnce],
      '/spec/behavior/scaleDown/selectPolicy': 'Max',
      '/spec/behavior/scaleDown/policies': [allAtOnce],
      '/spec/metrics': [
        { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } },
      ],
    },
    quantity: {
      '/spec/metrics/*/*/target/value': 'kubernetes',
      '/spec/metrics/*/*/target/averageValue': 'kubernetes',
      '/spec/behavior/*/tolerance': 'kubernetes',
    },
    empty: ['/spec/behavior', '/spec/behavior/scaleUp', '/spec/behavior/scaleDown'],
  },
);

/** autoscaling/v1 knows one metric only and wrote it as a number. */
function modernizeMetrics(spec: JsonObject): JsonObject {
  const percent = spec['targetCPUUtilizationPercentage'];
  if (percent === undefined) return spec;
  const metric = {
    type: 'Resource',
    resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: percent } },
  };
  const others = isJsonArray(spec['metrics']) ? spec['metrics'] : [];
  return { ...without(spec, 'targetCPUUtilizationPercentage'), metrics: [metric, ...others] };
}

/** The version of the API the target is spelled in does not change which object is meant. */
const dropTargetVersion = at(['scaleTargetRef'], (target) => {
  const version = target['apiVersion'];
  return typeof version === 'string' ? { ...target, apiVersion: version.replace(/\/v[0-9][a-z0-9]*$/, '') } : target;
});

export const autoscalingKinds = [
  defineKind({
    name: 'autoscaling/HorizontalPodAutoscaler',
    title: 'autoscaler',
    layer: 'runtime',
    noise: autoscalerNoise,
    normalize: at(['spec'], chain(modernizeMetrics, dropTargetVersion)),
    severity: [
      { path: '/spec/maxReplicas', severity: 'high' },
      { path: '/spec/minReplicas', severity: 'high' },
    ],
  }),
];
