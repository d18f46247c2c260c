import { describe, expect, it } from 'vitest';
import { pathsOf } from './testing/read.ts';

const deployment = (spec: string, replicas = '') => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: wms }
spec: {${replicas} template: { spec: ${spec} } }`;
const container = (fields: string) => deployment(`{ containers: [{ name: api, ${fields} }] }`);
const object = (kind: string, rest: string, apiVersion = 'v1') =>
  `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: x, namespace: wms }, ${rest} }`;
const policy = (spec: string) => object('NetworkPolicy', `spec: ${spec}`, 'networking.k8s.io/v1');
const service = (spec: string) => object('Service', `spec: ${spec}`);

const same: readonly (readonly [string, string, string])[] = [
  ['the group of a beta API', deployment('{}').replace('apps/v1', 'extensions/v1beta1'), deployment('{}')],
  ['a quantity', container('resources: { limits: { cpu: 100m } }'), container('resources: { limits: { cpu: 0.1 } }')],
  [
    'memory',
    container('resources: { limits: { memory: 1Gi } }'),
    container('resources: { limits: { memory: 1073741824 } }'),
  ],
  [
    'the order of containers, variables and ports',
    deployment('{ containers: [{ name: a, env: [{ name: A, value: "1" }, { name: B, value: "2" }] }, { name: b }] }'),
    deployment('{ containers: [{ name: b }, { name: a, env: [{ name: B, value: "2" }, { name: A, value: "1" }] }] }'),
  ],
  [
    'an unquoted variable',
    container('env: [{ name: P, value: 5432 }]'),
    container('env: [{ name: P, value: "5432" }]'),
  ],
  ['an empty variable', container('env: [{ name: P }]'), container('env: [{ name: P, value: "" }]')],
  ['the alias of the account', deployment('{ serviceAccount: a }'), deployment('{ serviceAccountName: a }')],
  [
    'a numeric port in text',
    service('{ ports: [{ port: 80, targetPort: "8080" }] }'),
    service('{ ports: [{ port: 80, targetPort: 8080 }] }'),
  ],
  [
    'an allotted node port',
    service('{ type: NodePort, ports: [{ port: 80 }] }'),
    service('{ type: NodePort, ports: [{ port: 80, nodePort: 31234 }] }'),
  ],
  [
    'an allotted address',
    service('{ ports: [{ port: 80 }] }'),
    service('{ clusterIP: 10.0.0.7, clusterIPs: [10.0.0.7], ports: [{ port: 80 }] }'),
  ],
  [
    'implied policy types',
    policy('{ podSelector: {}, egress: [{}] }'),
    policy('{ podSelector: {}, policyTypes: [Egress, Ingress], egress: [{}] }'),
  ],
  [
    'the default class of a claim',
    object('PersistentVolumeClaim', 'spec: {}'),
    object('PersistentVolumeClaim', 'spec: { storageClassName: standard }'),
  ],
  ['stringData and data', object('Secret', 'stringData: { a: geheim }'), object('Secret', 'data: { a: Z2VoZWlt }')],
  ['wrapped base64', object('Secret', 'data: { a: "Z2Vo\\nZWlt" }'), object('Secret', 'data: { a: Z2VoZWlt }')],
  ['no data and empty data', object('ConfigMap', 'data: {}'), object('ConfigMap', 'data: null')],
  [
    'an Ingress of v1beta1',
    object(
      'Ingress',
      'spec: { rules: [{ host: H.example, http: { paths: [{ path: /, backend: { serviceName: a, servicePort: 80 } }] } }] }',
      'networking.k8s.io/v1beta1',
    ),
    object(
      'Ingress',
      'spec: { rules: [{ host: h.example, http: { paths: [{ path: /, pathType: ImplementationSpecific, backend: { service: { name: a, port: { number: 80 } } } }] } }] }',
      'networking.k8s.io/v1',
    ),
  ],
  [
    'an autoscaler of v1',
    object('HorizontalPodAutoscaler', 'spec: { maxReplicas: 3, targetCPUUtilizationPercentage: 60 }', 'autoscaling/v1'),
    object(
      'HorizontalPodAutoscaler',
      'spec: { minReplicas: 1, maxReplicas: 3, metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 60 } } }] }',
      'autoscaling/v2',
    ),
  ],
  [
    'the order of rules and verbs',
    object(
      'Role',
      'rules: [{ apiGroups: [""], resources: [pods], verbs: [get, list] }, { apiGroups: [apps], resources: [deployments], verbs: [get] }]',
      'rbac.authorization.k8s.io/v1',
    ),
    object(
      'Role',
      'rules: [{ apiGroups: [apps], resources: [deployments], verbs: [get] }, { apiGroups: [""], resources: [pods], verbs: [list, get] }]',
      'rbac.authorization.k8s.io/v1',
    ),
  ],
  [
    "Helm's label",
    object('ConfigMap', 'data: { a: b }').replace(
      'name: x,',
      'name: x, labels: { app.kubernetes.io/managed-by: Helm },',
    ),
    object('ConfigMap', 'data: { a: b }'),
  ],
];

const different: readonly (readonly [string, string, string, readonly string[]])[] = [
  [
    'an image',
    container('image: "a:1.8.2"'),
    container('image: "a:1.8.3"'),
    ['/spec/template/spec/containers[name=api]/image'],
  ],
  [
    'the order of arguments',
    container('args: [a, b]'),
    container('args: [b, a]'),
    ['/spec/template/spec/containers[name=api]/args'],
  ],
  [
    'the order of init containers',
    deployment('{ initContainers: [{ name: a }, { name: b }] }'),
    deployment('{ initContainers: [{ name: b }, { name: a }] }'),
    ['/spec/template/spec/initContainers'],
  ],
  [
    'a limit beside a request that was equal to it',
    container('resources: { requests: { memory: 1Gi }, limits: { memory: 1Gi } }'),
    container('resources: { requests: { memory: 1Gi }, limits: { memory: 2Gi } }'),
    ['/spec/template/spec/containers[name=api]/resources/limits/memory'],
  ],
  ['one replica more than the default', deployment('{}'), deployment('{}', 'replicas: 2,'), ['/spec/replicas']],
  ['no replica', deployment('{}', 'replicas: 1,'), deployment('{}', 'replicas: 0,'), ['/spec/replicas']],
  [
    'a version that looks like a number',
    container('env: [{ name: V, value: "1.10" }]'),
    container('env: [{ name: V, value: "1.1" }]'),
    ['/spec/template/spec/containers[name=api]/env[name=V]/value'],
  ],
  [
    'a pull policy that the tag does not imply',
    container('image: "a:1"'),
    container('image: "a:1", imagePullPolicy: Always'),
    ['/spec/template/spec/containers[name=api]/imagePullPolicy'],
  ],
  [
    'an escalation forbidden',
    container('image: a'),
    container('image: a, securityContext: { allowPrivilegeEscalation: false }'),
    ['/spec/template/spec/containers[name=api]/securityContext/allowPrivilegeEscalation'],
  ],
  [
    'a declared node port',
    service('{ ports: [{ port: 80, nodePort: 30001 }] }'),
    service('{ ports: [{ port: 80, nodePort: 30002 }] }'),
    ['/spec/ports[port=80]/nodePort'],
  ],
  [
    'a service made headless',
    service('{ ports: [{ port: 80 }] }'),
    service('{ clusterIP: None, ports: [{ port: 80 }] }'),
    ['/spec/clusterIP'],
  ],
  [
    'a claim without class',
    object('PersistentVolumeClaim', 'spec: { storageClassName: "" }'),
    object('PersistentVolumeClaim', 'spec: { storageClassName: fast }'),
    ['/spec/storageClassName'],
  ],
  [
    'a selector that matches everything',
    policy('{ podSelector: {}, ingress: [{ from: [{ podSelector: { matchLabels: { a: b } } }] }] }'),
    policy('{ podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] }'),
    ['/spec/ingress[]/from[]/podSelector/matchLabels'],
  ],
  [
    'a policy type dropped',
    policy('{ podSelector: {}, policyTypes: [Ingress, Egress] }'),
    policy('{ podSelector: {} }'),
    ['/spec/policyTypes'],
  ],
  [
    'a budget for nothing and for all',
    object('PodDisruptionBudget', 'spec: { selector: {} }', 'policy/v1'),
    object('PodDisruptionBudget', 'spec: {}', 'policy/v1'),
    ['/spec/selector'],
  ],
  [
    'a label without value',
    object('ConfigMap', 'data: {}').replace('name: x,', 'name: x, labels: { a: "" },'),
    object('ConfigMap', 'data: {}'),
    ['/metadata/labels/a'],
  ],
  [
    'a key without value',
    object('ConfigMap', 'data: { a: "", b: c }'),
    object('ConfigMap', 'data: { b: c }'),
    ['/data/a'],
  ],
  ['a secret value', object('Secret', 'stringData: { a: one }'), object('Secret', 'data: { a: dHdv }'), ['/data/a']],
];

describe('the same thing written differently is silent', () => {
  it.each(same)('%s', async (_, left, right) => {
    expect(await pathsOf(left, right)).toEqual([]);
    expect(await pathsOf(right, left)).toEqual([]);
  });
});

describe('another thing shows at its place', () => {
  it.each(different)('%s', async (_, left, right, paths) => {
    const found = await pathsOf(left, right);
    expect(found.map((path) => path.replace(/\[digest=[^\]]*\]/g, '[]'))).toEqual(paths);
  });
});
