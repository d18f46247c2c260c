import { findKind } from '@leeway/connector-kit';
import type { Change, Json } from '@leeway/core';
import { describe, expect, it } from 'vitest';
import { connector } from './index.ts';
import { recogniseKubernetes } from './standalone.ts';

function describeOf(kindName: string, path: string, before: Json | undefined, after: Json | undefined) {
  const kind = findKind(connector.kinds, kindName)!;
  const change: Change = { kind, name: 'api', path, before, after };
  return kind.describe?.(change);
}

const inContainer = (field: string) => `/spec/template/spec/containers[name=api]${field}`;

describe('words for changes', () => {
  it.each<[string, string, Json | undefined, Json | undefined, string, string]>([
    [
      'apps/Deployment',
      inContainer('/image'),
      'r.example/wms/api:1.8.2',
      'r.example/wms/api:1.9.0',
      'runs api 1.9.0',
      'says 1.8.2',
    ],
    ['apps/Deployment', inContainer('/image'), 'a:1', 'b:1', 'runs b:1 in api', 'says a:1'],
    [
      'apps/Deployment',
      inContainer('/image'),
      'a:1@sha256:aaaabbbbccccdddd',
      'a:1@sha256:eeeeffff00001111',
      'runs another build of a 1 (sha256:eeeeffff0000) in api',
      'says sha256:aaaabbbbcccc',
    ],
    [
      'apps/Deployment',
      inContainer('/image'),
      'r.example/api:1@sha256:aaaabbbbccccdddd',
      'r.example/api:2@sha256:eeeeffff00001111',
      'runs api 2 (sha256:eeeeffff0000)',
      'says 1 (sha256:aaaabbbbcccc)',
    ],
    [
      'core/Secret',
      '/data/key',
      { $secret: '7596f272aabbccdd' },
      { $secret: '60e64a43aabbccdd' },
      'holds another value of key (digest 60e64a43)',
      'holds digest 7596f272',
    ],
    ['apps/Deployment', '/spec/replicas', 3, 5, 'runs 5 replicas', 'asks for 3 replicas'],
    ['apps/Deployment', '/spec/replicas', undefined, 0, 'is scaled to nothing', 'asks for 1 replica'],
    [
      'apps/Deployment',
      inContainer('/securityContext/privileged'),
      undefined,
      true,
      'runs api privileged, with all rights of its node',
      'does not allow it',
    ],
    [
      'apps/Deployment',
      '/spec/template/spec/hostNetwork',
      undefined,
      true,
      "uses its node's network",
      'does not allow it',
    ],
    [
      'apps/Deployment',
      inContainer('/resources/limits/memory'),
      '512Mi',
      undefined,
      'has no memory limit for api',
      'sets 512Mi',
    ],
    [
      'apps/Deployment',
      inContainer('/env[name=LOG_LEVEL]/value'),
      'info',
      'debug',
      'sets LOG_LEVEL to "debug" in api',
      'sets "info"',
    ],
    [
      'apps/Deployment',
      inContainer('/env[name=PASSWORD]/value'),
      { $secret: 'a' },
      { $secret: 'b' },
      'sets PASSWORD to another secret in api',
      'sets another secret',
    ],
    [
      'core/Service',
      '/spec/type',
      undefined,
      'LoadBalancer',
      'is opened to the outside by a load balancer',
      'wants it reachable inside the cluster only',
    ],
    [
      'rbac.authorization.k8s.io/Role',
      '/rules[resources=x]/verbs',
      ['get'],
      ['*'],
      'grants verbs all (*)',
      'grants get',
    ],
  ])('%s %s: %j becomes %j', (kind, path, before, after, actual, expected) => {
    expect(describeOf(kind, path, before, after)).toEqual({ actual, expected });
  });

  it('leaves what it has no words for to the default', () => {
    expect(describeOf('apps/Deployment', '/spec/minReadySeconds', 1, 2)).toBeUndefined();
    expect(describeOf('core/Secret', '/type', 'a', 'b')).toBeUndefined();
    expect(describeOf('core/ConfigMap', '', undefined, {})).toBeUndefined();
  });
});

describe('severity', () => {
  const rulesOf = (kindName: string) => findKind(connector.kinds, kindName)?.severity ?? [];
  const applies = (kindName: string, path: string, before: Json | undefined, after: Json | undefined) => {
    const kind = findKind(connector.kinds, kindName)!;
    const change = { kind, name: 'x', path, before, after };
    return rulesOf(kindName).find((rule) => rule.path === path && (rule.when?.(change) ?? true))?.severity;
  };

  it.each<[string, string, Json | undefined, Json | undefined, string | undefined]>([
    ['apps/Deployment', '/spec/replicas', 3, 0, 'critical'],
    ['apps/Deployment', '/spec/replicas', 3, 2, 'medium'],
    ['apps/Deployment', '/spec/template/spec/hostNetwork', undefined, true, 'critical'],
    ['apps/Deployment', '/spec/template/spec/hostNetwork', true, undefined, undefined],
    ['core/Pod', '/spec/containers/*/resources/limits', { cpu: 1 }, undefined, 'high'],
    ['core/Service', '/spec/type', 'ClusterIP', 'LoadBalancer', 'critical'],
    ['networking.k8s.io/NetworkPolicy', '', { spec: {} }, undefined, 'critical'],
    ['rbac.authorization.k8s.io/ClusterRole', '', undefined, { rules: [{ verbs: ['*'] }] }, 'critical'],
    ['rbac.authorization.k8s.io/ClusterRole', '', undefined, { rules: [{ verbs: ['get'] }] }, 'high'],
  ])('%s %s: %j becomes %j', (kindName, path, before, after, severity) => {
    expect(applies(kindName, path, before, after)).toBe(severity);
  });
});

describe('a file given without an estate', () => {
  it.each([
    ['apiVersion: apps/v1\nkind: Deployment\n', 0.95],
    ['{"apiVersion":"v1","items":[],"kind":"List"}', 0.95],
    ['# notes\n---\nkind: "Secret"\napiVersion: v1\n', 0.95],
    ['groups:\n- name: rules\n', 0.1],
  ])('%j is recognised with %f', (head, confidence) => {
    expect(recogniseKubernetes({ paths: ['a.yaml'], head })?.confidence).toBe(confidence);
  });

  it('is not a URL', () => {
    expect(recogniseKubernetes({ url: 'https://cluster.test' })).toBeUndefined();
  });
});
