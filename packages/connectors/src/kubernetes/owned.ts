import { isJsonArray, isJsonObject, type JsonObject } from '@leeway/core';
import { objectAt, textAt } from './kinds/edit.ts';
import { isServed, type KubernetesObject } from './object.ts';

/** Kinds that record what happens or where it runs, and are never declared. Not even asked for. */
const runningState = new Set([
  'core/ComponentStatus',
  'core/Event',
  'core/Node',
  'coordination.k8s.io/Lease',
  'coordination.k8s.io/LeaseCandidate',
  'apps/ControllerRevision',
  'certificates.k8s.io/CertificateSigningRequest',
  'networking.k8s.io/IPAddress',
  'resource.k8s.io/ResourceSlice',
  'storage.k8s.io/CSINode',
  'storage.k8s.io/CSIStorageCapacity',
  'storage.k8s.io/VolumeAttachment',
  'cilium.io/CiliumEndpoint',
  'cilium.io/CiliumIdentity',
  'cilium.io/CiliumNode',
  'wgpolicyk8s.io/PolicyReport',
  'wgpolicyk8s.io/ClusterPolicyReport',
  'cert-manager.io/CertificateRequest',
  'acme.cert-manager.io/Order',
  'acme.cert-manager.io/Challenge',
]);

const runningStateGroups = ['metrics.k8s.io/', 'custom.metrics.k8s.io/', 'external.metrics.k8s.io/'];

/** Kinds that hold running state only. */
export function isRunningState(kind: string): boolean {
  return runningState.has(kind) || runningStateGroups.some((group) => kind.startsWith(group));
}

/** On every Secret that cert-manager keeps a certificate in: https://cert-manager.io/docs/reference/annotations/ */
const issuedCertificate = 'cert-manager.io/certificate-name';

/** Secrets that Helm and bootstrapping write. */
const generatedSecretTypes = new Set(['bootstrap.kubernetes.io/token', 'helm.sh/release.v1']);

/** The token every service account had before Kubernetes 1.24; one that somebody asks for has a name of its own. */
const generatedTokenName = /-token-[a-z0-9]{5}$/;

function isGeneratedSecret(body: JsonObject, name: string): boolean {
  const type = textAt(body, 'type') ?? '';
  if (type === 'kubernetes.io/service-account-token') return generatedTokenName.test(name);
  const annotations = objectAt(objectAt(body, 'metadata'), 'annotations');
  return generatedSecretTypes.has(type) || annotations?.[issuedCertificate] !== undefined;
}

/** Objects that every cluster has, by kind and name; a namespace in front where only that one is meant. */
const standing = new Set([
  'core/ConfigMap kube-root-ca.crt',
  'core/ConfigMap istio-ca-root-cert',
  'core/ConfigMap openshift-service-ca.crt',
  'core/ConfigMap kube-system/extension-apiserver-authentication',
  'core/ConfigMap kube-system/kube-apiserver-legacy-service-account-token-tracking',
  'core/Service default/kubernetes',
  'core/Endpoints default/kubernetes',
  'networking.k8s.io/ServiceCIDR kubernetes',
  'scheduling.k8s.io/PriorityClass system-cluster-critical',
  'scheduling.k8s.io/PriorityClass system-node-critical',
  'flowcontrol.apiserver.k8s.io/FlowSchema catch-all',
  'flowcontrol.apiserver.k8s.io/FlowSchema exempt',
  'flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration catch-all',
  'flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration exempt',
]);

/** Objects of the kind that exist in every cluster or namespace until somebody gives them content of their own. */
const untouchedStanding = new Set([
  'core/Namespace default',
  'core/Namespace kube-node-lease',
  'core/Namespace kube-public',
  'core/Namespace kube-system',
  'core/ServiceAccount default',
]);

/** Labels and annotations (with their value, or any) of what a cluster's own machinery keeps up. */
const machineLabels: readonly (readonly [string, string | undefined])[] = [
  ['kubernetes.io/bootstrapping', 'rbac-defaults'],
  ['kube-aggregator.kubernetes.io/automanaged', undefined],
  ['endpointslice.kubernetes.io/managed-by', undefined],
  ['endpoints.kubernetes.io/managed-by', undefined],
  ['addonmanager.kubernetes.io/mode', 'Reconcile'],
];
const machineAnnotations: readonly (readonly [string, string | undefined])[] = [
  ['apf.kubernetes.io/autoupdate-spec', 'true'],
  ['pv.kubernetes.io/provisioned-by', undefined],
  ['endpoints.kubernetes.io/last-change-trigger-time', undefined],
];

/**
 * True for what nobody declares: objects that controllers make from others, and those every cluster has. An object that
 * differs from what the machinery makes (a default service account with a pull secret) is not owned.
 */
export function isOwned(object: KubernetesObject): boolean {
  const { kind, name, namespace = '' } = object;
  if (standing.has(`${kind} ${name}`) || standing.has(`${kind} ${namespace}/${name}`)) return true;
  if (untouchedStanding.has(`${kind} ${name}`)) return isUntouched(object);
  return isServed(object) && (isRunningState(kind) || isMachineMade(object));
}

function isMachineMade({ kind, name, body }: KubernetesObject): boolean {
  const metadata = objectAt(body, 'metadata');
  const owners = metadata?.['ownerReferences'];
  if (isJsonArray(owners) && owners.length > 0) return true;
  if (kind === 'core/Secret' && isGeneratedSecret(body, name)) return true;
  const labels = objectAt(metadata, 'labels');
  const annotations = objectAt(metadata, 'annotations');
  const marked = (map: typeof labels, [key, value]: readonly [string, string | undefined]) =>
    map?.[key] !== undefined && (value === undefined || map[key] === value);
  return (
    machineLabels.some((mark) => marked(labels, mark)) || machineAnnotations.some((mark) => marked(annotations, mark))
  );
}

/** Nothing but what the server fills in: the name as a label, generated token secrets. */
function isUntouched({ body }: KubernetesObject): boolean {
  const metadata = objectAt(body, 'metadata') ?? {};
  const labels = Object.keys(objectAt(metadata, 'labels') ?? {});
  const content = Object.keys(body).filter(
    (field) => !['apiVersion', 'kind', 'metadata', 'spec', 'status', 'secrets'].includes(field),
  );
  const annotations = metadata['annotations'];
  return (
    content.length === 0 &&
    labels.every((label) => label === 'kubernetes.io/metadata.name') &&
    (!isJsonObject(annotations) || Object.keys(annotations).length === 0)
  );
}
