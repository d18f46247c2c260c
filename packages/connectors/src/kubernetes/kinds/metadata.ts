import type { JsonObject, Noise } from '@leeway/core';
import { isJsonObject } from '@leeway/core';
import { editObject, objectAt } from './edit.ts';

/**
 * What the server, its controllers and the deployment tools write beside the declaration into every object. See
 * https://kubernetes.io/docs/reference/labels-annotations-taints/ and each tool's own page.
 */
const bookkeeping: readonly string[] = [
  'kubectl.kubernetes.io/last-applied-configuration',
  'deployment.kubernetes.io/revision',
  'deployment.kubernetes.io/desired-replicas',
  'deployment.kubernetes.io/max-replicas',
  'deprecated.daemonset.template.generation',
  'autoscaling.alpha.kubernetes.io/conditions',
  'autoscaling.alpha.kubernetes.io/current-metrics',
  'batch.kubernetes.io/job-tracking',
  'batch.kubernetes.io/cronjob-scheduled-timestamp',
  'pv.kubernetes.io/bind-completed',
  'pv.kubernetes.io/bound-by-controller',
  'pv.kubernetes.io/provisioned-by',
  'volume.beta.kubernetes.io/storage-provisioner',
  'volume.kubernetes.io/storage-provisioner',
  'volume.kubernetes.io/selected-node',
  'endpoints.kubernetes.io/last-change-trigger-time',
  'control-plane.alpha.kubernetes.io/leader',
  'service.kubernetes.io/load-balancer-cleanup',
  'kubernetes.io/change-cause',
  'kubernetes.io/service-account.uid',
  'argocd.argoproj.io/tracking-id',
  'argocd.argoproj.io/refresh',
  'kustomize.toolkit.fluxcd.io/checksum',
  'reconcile.fluxcd.io/requestedAt',
  'meta.helm.sh/release-name',
  'meta.helm.sh/release-namespace',
  'objectset.rio.cattle.io/applied',
  'field.cattle.io/publicEndpoints',
];

/** Labels that a deployment tool puts on what it owns, and the day a token was used last. */
const bookkeepingLabels: readonly string[] = [
  'kustomize.toolkit.fluxcd.io/name',
  'kustomize.toolkit.fluxcd.io/namespace',
  'helm.toolkit.fluxcd.io/name',
  'helm.toolkit.fluxcd.io/namespace',
  'argocd.argoproj.io/instance',
  'objectset.rio.cattle.io/hash',
  'kubernetes.io/legacy-token-last-used',
];

/** Fields of `metadata` that the server assigns (ObjectMeta in apimachinery/pkg/apis/meta/v1/types.go). */
const assigned = [
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'selfLink',
  'managedFields',
  'clusterName',
  'generateName',
  // Controllers guard what they clean up; applying a manifest never takes a finalizer away.
  'finalizers',
];

const escapeKey = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1');

/**
 * What never counts in any object. The version of its API is not part of an object's identity: one Deployment is read
 * as apps/v1 and as apps/v1beta1. `namespace` and `name` are the key.
 */
export const metadataNoise: Noise = {
  computed: [
    '/apiVersion',
    '/kind',
    '/status',
    '/metadata/name',
    '/metadata/namespace',
    ...assigned.map((field) => `/metadata/${field}`),
    ...bookkeeping.map((key) => `/metadata/annotations/${escapeKey(key)}`),
    ...bookkeepingLabels.map((key) => `/metadata/labels/${escapeKey(key)}`),
  ],
  // Helm labels what it installs, whether the chart does or not.
  defaults: { '/metadata/labels/app.kubernetes.io~1managed-by': 'Helm' },
  // Argo CD names its application here, whether the manifest does or not.
  assigned: ['/metadata/labels/app.kubernetes.io~1instance'],
  empty: ['/metadata/ownerReferences'],
};

/**
 * Labels and annotations are text; a manifest that forgot the quotes means the same text. Both are always there, so that
 * the first label of an object is told as that label and not as all labels.
 */
export function normalizeMetadata(object: JsonObject): JsonObject {
  return editObject(object, 'metadata', (metadata) => ({
    ...metadata,
    labels: quoteValues(objectAt(metadata, 'labels') ?? {}),
    annotations: quoteValues(objectAt(metadata, 'annotations') ?? {}),
  }));
}

/** A map of texts: numbers and booleans as text, null as the empty text that Go's decoder makes of it. */
export function quoteValues(map: JsonObject): JsonObject {
  if (Object.values(map).every((value) => typeof value === 'string' || isJsonObject(value))) return map;
  return Object.fromEntries(
    Object.entries(map).map(([key, value]) => [key, isJsonObject(value) ? value : String(value ?? '')]),
  );
}
