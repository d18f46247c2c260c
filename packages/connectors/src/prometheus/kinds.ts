import type { Change, Description, Json, JsonObject, Kind } from '@leeway/core';
import { canonicalPromql } from './promql.ts';

/** The expression in the spelling the rules API uses; everything else is said as noise. */
function normalizeRule(attributes: JsonObject): JsonObject {
  const { expr } = attributes;
  return typeof expr === 'string' ? { ...attributes, expr: canonicalPromql(expr) } : attributes;
}

const alerting: Kind = {
  name: 'prometheus.rule.alerting',
  title: 'alert',
  layer: 'observability',
  version: 1,
  noise: {
    quantity: {
      '/for': 'duration',
      '/keepFiringFor': 'duration',
      '/labels/*': 'scalar',
      '/annotations/*': 'white-space',
    },
    defaults: { '/for': '0s', '/keepFiringFor': '0s' },
    empty: ['/labels', '/annotations'],
  },
  normalize: normalizeRule,
  severity: [
    { path: '', severity: 'high', when: ({ after }) => after === undefined },
    { path: '/expr', severity: 'high' },
    { path: '/for', severity: 'medium' },
    { path: '/labels/severity', severity: 'high' },
    { path: '/labels/*', severity: 'medium' },
    { path: '/annotations/**', severity: 'low' },
  ],
  describe: describeAlert,
};

const recording: Kind = {
  name: 'prometheus.rule.recording',
  title: 'recording rule',
  layer: 'observability',
  version: 1,
  noise: { quantity: { '/labels/*': 'scalar' }, empty: ['/labels', '/annotations'] },
  normalize: normalizeRule,
  severity: [{ path: '/expr', severity: 'medium' }],
  describe: ({ path, before, after }) =>
    path === '/expr' ? { actual: `records ${text(after)}`, expected: `says ${text(before)}` } : undefined,
};

const group: Kind = {
  name: 'prometheus.group',
  title: 'rule group',
  layer: 'observability',
  version: 1,
  noise: {
    quantity: { '/interval': 'duration', '/queryOffset': 'duration' },
    defaults: { '/limit': 0, '/queryOffset': '0s' },
    // A file may leave the interval to the server's evaluation_interval; the API always tells it.
    assigned: ['/interval'],
  },
  severity: [{ path: '/interval', severity: 'medium' }],
};

export const prometheusKinds: readonly Kind[] = [alerting, group, recording];

function describeAlert({ path, before, after }: Change): Description | undefined {
  if (path === '/for') return { actual: `fires after ${text(after, '0s')}`, expected: `says ${text(before, '0s')}` };
  if (path === '/expr') return { actual: `fires on ${text(after)}`, expected: `says ${text(before)}` };
  if (path === '/labels/severity') {
    return { actual: `has severity ${text(after, 'none')}`, expected: `says ${text(before, 'none')}` };
  }
  return undefined;
}

function text(value: Json | undefined, absent = 'nothing'): string {
  if (value === undefined || value === null) return absent;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
