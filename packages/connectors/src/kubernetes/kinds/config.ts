import { isJsonObject, type JsonObject, type Noise } from '@leeway/core';
import { isSameAmount } from './amount.ts';
import { mapList, merge, sets, under } from './compose.ts';
import { defineKind } from './define.ts';
import { editItems, editObject, objectAt, without } from './edit.ts';
import { quoteValues } from './metadata.ts';

/** `data` of a ConfigMap is text; a manifest that forgot the quotes means the same text. */
const quoteData = (object: JsonObject) => editObject(object, 'data', quoteValues);

/** A token Secret is declared empty: the token controller writes authority, namespace and token. */
const dropToken = (secret: JsonObject) =>
  secret['type'] === 'kubernetes.io/service-account-token' ? without(secret, 'data') : secret;

/** Every namespace carries its own name as a label (SetDefaults_Namespace), and the finalizer `kubernetes`. */
function normalizeNamespace(namespace: JsonObject): JsonObject {
  return editObject(without(namespace, 'spec'), 'metadata', (metadata) =>
    editObject(metadata, 'labels', (labels) =>
      labels['kubernetes.io/metadata.name'] === metadata['name']
        ? without(labels, 'kubernetes.io/metadata.name')
        : labels,
    ),
  );
}

/**
 * What SetDefaults_LimitRangeItem fills for containers: the limit from the maximum, the request from the limit, else
 * from the minimum.
 */
function foldLimits(item: JsonObject): JsonObject {
  if (item['type'] !== 'Container') return item;
  const amounts = (field: string): JsonObject => objectAt(item, field) ?? {};
  const limits = foldAmounts(amounts('default'), amounts('max'));
  const implied = { ...amounts('min'), ...amounts('max'), ...amounts('default') };
  return { ...item, default: limits, defaultRequest: foldAmounts(amounts('defaultRequest'), implied) };
}

function foldAmounts(given: JsonObject, implied: JsonObject): JsonObject {
  return without(given, ...Object.keys(given).filter((name) => isSameAmount(given[name], implied[name])));
}

/** Requests for devices (SetDefaults_ExactDeviceRequest and others in kubernetes/pkg/apis/resource/v1/defaults.go). */
const deviceRequest: Noise = {
  defaults: { '/allocationMode': 'ExactCount', '/count': 1, '/tolerations/*/operator': 'Equal', '/adminAccess': false },
};

const deviceClaim: Noise = merge(
  under('/devices/requests/*/exactly', deviceRequest),
  under('/devices/requests/*/firstAvailable/*', deviceRequest),
);

export const configKinds = [
  defineKind({
    name: 'resource.k8s.io/ResourceClaim',
    title: 'device claim',
    layer: 'runtime',
    noise: under('/spec', deviceClaim),
  }),
  defineKind({
    name: 'resource.k8s.io/ResourceClaimTemplate',
    title: 'device claim template',
    layer: 'runtime',
    noise: merge(under('/spec/spec', deviceClaim), { empty: ['/spec/metadata'] }),
  }),
  defineKind({
    name: 'core/ConfigMap',
    title: 'config map',
    layer: 'runtime',
    noise: { empty: ['/data', '/binaryData'], defaults: { '/immutable': false } },
    normalize: quoteData,
    severity: [{ path: '/data/**', severity: 'medium' }],
  }),
  defineKind({
    name: 'core/Secret',
    title: 'secret',
    layer: 'secrets',
    noise: {
      empty: ['/data'],
      secret: ['/data/*', '/stringData/*'],
      defaults: { '/type': 'Opaque', '/immutable': false },
    },
    normalize: dropToken,
    severity: [
      { path: '', severity: 'high' },
      { path: '/data/**', severity: 'high' },
    ],
  }),
  defineKind({ name: 'core/Namespace', title: 'namespace', layer: 'runtime', normalize: normalizeNamespace }),
  defineKind({
    name: 'core/ResourceQuota',
    title: 'resource quota',
    layer: 'runtime',
    noise: merge(sets('/spec/scopes'), { quantity: { '/spec/hard/*': 'kubernetes' } }),
  }),
  defineKind({
    name: 'core/LimitRange',
    title: 'limit range',
    layer: 'runtime',
    noise: merge(mapList('/spec/limits', 'type'), {
      quantity: { '/spec/limits/*/*/*': 'kubernetes' },
      empty: ['/spec/limits/*/default', '/spec/limits/*/defaultRequest'],
    }),
    normalize: (range) => editObject(range, 'spec', (spec) => editItems(spec, 'limits', foldLimits)),
  }),
  defineKind({
    name: 'scheduling.k8s.io/PriorityClass',
    title: 'priority class',
    layer: 'runtime',
    noise: {
      defaults: { '/preemptionPolicy': 'PreemptLowerPriority', '/globalDefault': false },
      empty: ['/description'],
    },
  }),
  defineKind({
    name: 'node.k8s.io/RuntimeClass',
    title: 'runtime class',
    layer: 'runtime',
    noise: { quantity: { '/overhead/podFixed/*': 'kubernetes' } },
  }),
  defineKind({
    name: 'policy/PodDisruptionBudget',
    title: 'disruption budget',
    layer: 'runtime',
    noise: merge(sets('/spec/selector/matchExpressions'), {
      quantity: { '/spec/minAvailable': 'scalar', '/spec/maxUnavailable': 'scalar' },
    }),
    severity: [{ path: '', severity: 'medium', when: ({ after }) => !isJsonObject(after) }],
  }),
];
