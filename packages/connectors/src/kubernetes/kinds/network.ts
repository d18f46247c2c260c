import { isJsonArray, type JsonObject, type Noise } from '@leeway/core';
import { allotted, mapList, merge, sets, under } from './compose.ts';
import { defineKind } from './define.ts';
import { at, chain, editItems, editObject, objectAt, objectsAt, without } from './edit.ts';
import { selectorNoise } from './pod-noise.ts';
import { policyRemoved, serviceSeverity } from './severity.ts';

/*
 * Services: SetDefaults_Service in kubernetes/pkg/apis/core/v1/defaults.go, and the addresses, node ports and IP
 * families that its REST storage allots.
 */
const serviceNoise: Noise = merge(
  mapList('/spec/ports', 'port', 'protocol'),
  sets('/spec/externalIPs', '/spec/loadBalancerSourceRanges'),
  allotted('/spec/clusterIPs', '/spec/ports/*/nodePort', '/spec/healthCheckNodePort'),
  {
    assigned: ['/spec/ipFamilies'],
    defaults: {
      '/spec/type': 'ClusterIP',
      '/spec/sessionAffinity': 'None',
      '/spec/sessionAffinityConfig/clientIP/timeoutSeconds': 10800,
      '/spec/internalTrafficPolicy': 'Cluster',
      '/spec/externalTrafficPolicy': 'Cluster',
      '/spec/allocateLoadBalancerNodePorts': true,
      '/spec/publishNotReadyAddresses': false,
      '/spec/ipFamilyPolicy': 'SingleStack',
      '/spec/ports/*/protocol': 'TCP',
    },
    quantity: { '/spec/ports/*/targetPort': 'scalar', '/spec/ports/*/port': 'scalar' },
    empty: [
      '/spec/selector',
      '/spec/externalName',
      '/spec/loadBalancerIP',
      '/spec/ports/*/name',
      '/spec/sessionAffinityConfig',
      '/spec/sessionAffinityConfig/clientIP',
    ],
  },
);

const normalizeService = at(
  ['spec'],
  chain(foldAddresses, (spec) => editItems(spec, 'ports', foldTargetPort)),
);

/**
 * `clusterIP: None` makes a service headless and stays; an address stands in `clusterIPs` alone, which repeats it.
 * A headless service without selector is made dual-stack on every cluster.
 */
function foldAddresses(spec: JsonObject): JsonObject {
  const address = spec['clusterIP'];
  if (address === 'None') {
    const families = spec['selector'] === undefined && spec['ipFamilyPolicy'] === 'RequireDualStack';
    return without(spec, 'clusterIPs', ...(families ? ['ipFamilyPolicy', 'ipFamilies'] : []));
  }
  if (address === undefined) return spec;
  return { ...without(spec, 'clusterIP'), clusterIPs: spec['clusterIPs'] ?? [address] };
}

/** A target port equal to the port is implied. */
function foldTargetPort(port: JsonObject): JsonObject {
  return String(port['targetPort']) === String(port['port']) ? without(port, 'targetPort') : port;
}

/*
 * Network policies: SetDefaults_NetworkPolicy and _NetworkPolicyPort in kubernetes/pkg/apis/networking/v1/defaults.go.
 * An empty selector selects everything, so selectors are never folded; rules are joined by OR, a set.
 */
const peers: Noise = merge(
  sets('/from', '/to', '/ports'),
  ...['/from/*', '/to/*'].flatMap((peer) => [
    under(`${peer}/podSelector`, selectorNoise),
    under(`${peer}/namespaceSelector`, selectorNoise),
    sets(`${peer}/ipBlock/except`),
  ]),
  { defaults: { '/ports/*/protocol': 'TCP' } },
);

const policyNoise: Noise = merge(
  sets('/spec/ingress', '/spec/egress', '/spec/policyTypes'),
  under('/spec/podSelector', selectorNoise),
  under('/spec/ingress/*', peers),
  under('/spec/egress/*', peers),
);

/** Absent policy types mean Ingress, and Egress too where there are egress rules. */
function foldPolicyTypes(spec: JsonObject): JsonObject {
  const types = spec['policyTypes'];
  if (!isJsonArray(types)) return spec;
  const egress = objectsAt(spec, 'egress').length > 0;
  const implied = ['Ingress', ...(egress ? ['Egress'] : [])];
  const same = types.length === implied.length && implied.every((type) => types.includes(type));
  return same ? without(spec, 'policyTypes') : spec;
}

const ingressNoise: Noise = merge(
  sets('/spec/tls', '/spec/tls/*/hosts', '/spec/rules'),
  mapList('/spec/rules/*/http/paths', 'path', 'pathType'),
  {
    identity: { '/spec/rules': ['host'], '/spec/tls': ['secretName'] },
    defaults: { '/spec/rules/*/http/paths/*/pathType': 'ImplementationSpecific' },
    quantity: {
      '/spec/rules/*/http/paths/*/backend/service/port/number': 'scalar',
      '/spec/rules/*/host': 'case-insensitive',
    },
    empty: ['/spec/rules/*/host'],
  },
);

/** v1beta1 wrote `serviceName` and `servicePort` and called the default backend `backend`; the class was an annotation. */
function modernizeIngress(spec: JsonObject): JsonObject {
  const { backend, ...rest } = spec;
  const moved = backend === undefined ? spec : ({ defaultBackend: backend, ...rest } as JsonObject);
  return editItems(editObject(moved, 'defaultBackend', modernizeBackend), 'rules', (rule) =>
    editObject(rule, 'http', (http) =>
      editItems(http, 'paths', (path) => editObject(path, 'backend', modernizeBackend)),
    ),
  );
}

function modernizeBackend(backend: JsonObject): JsonObject {
  const { serviceName, servicePort, ...rest } = backend;
  if (serviceName === undefined) return backend;
  const port = typeof servicePort === 'number' ? { number: servicePort } : { name: servicePort ?? '' };
  return { ...rest, service: { name: serviceName, port } };
}

const classAnnotation = 'kubernetes.io/ingress.class';

function liftIngressClass(ingress: JsonObject): JsonObject {
  const metadata = objectAt(ingress, 'metadata');
  const annotations = objectAt(metadata, 'annotations');
  const spec = objectAt(ingress, 'spec');
  const name = annotations?.[classAnnotation];
  if (!annotations || !metadata || !spec || name === undefined || spec['ingressClassName'] !== name) return ingress;
  return { ...ingress, metadata: { ...metadata, annotations: without(annotations, classAnnotation) } };
}

export const networkKinds = [
  defineKind({
    name: 'core/Service',
    title: 'service',
    layer: 'network',
    noise: serviceNoise,
    normalize: normalizeService,
    severity: serviceSeverity,
  }),
  defineKind({
    name: 'networking.k8s.io/Ingress',
    title: 'ingress',
    layer: 'network',
    noise: ingressNoise,
    normalize: chain(at(['spec'], modernizeIngress), liftIngressClass),
    severity: [{ path: '/spec/**', severity: 'high' }],
  }),
  defineKind({
    name: 'networking.k8s.io/IngressClass',
    title: 'ingress class',
    layer: 'network',
    noise: { defaults: { '/spec/parameters/scope': 'Cluster' } },
  }),
  defineKind({
    name: 'networking.k8s.io/NetworkPolicy',
    title: 'network policy',
    layer: 'network',
    noise: policyNoise,
    normalize: at(['spec'], foldPolicyTypes),
    severity: policyRemoved,
  }),
  defineKind({
    name: 'core/Endpoints',
    title: 'endpoints',
    layer: 'network',
    noise: merge(sets('/subsets', '/subsets/*/addresses', '/subsets/*/ports'), {
      defaults: { '/subsets/*/ports/*/protocol': 'TCP' },
    }),
  }),
  defineKind({
    name: 'discovery.k8s.io/EndpointSlice',
    title: 'endpoint slice',
    layer: 'network',
    noise: merge(sets('/endpoints', '/endpoints/*/addresses', '/ports'), {
      defaults: { '/ports/*/protocol': 'TCP', '/endpoints/*/conditions/ready': true, '/ports/*/name': '' },
      empty: ['/endpoints/*/conditions'],
    }),
  }),
];
