import { isJsonObject, type Json, type JsonObject } from '@leeway/core';
import { chain, editItems, editObject, objectsAt, textAt, without } from './edit.ts';
import { familiarImage, parseImage } from './image.ts';
import { dropLimitRangerDefaults } from './limit-ranger.ts';

const containerLists = ['containers', 'initContainers', 'ephemeralContainers'] as const;

/** What no plain default can say about a pod's spec: values that follow from other values. */
export function normalizePodSpec(spec: JsonObject): JsonObject {
  const host = spec['hostNetwork'] === true;
  const edited = containerLists.reduce(
    (value, list) => editItems(value, list, (container) => normalizeContainer(container, host)),
    foldServiceAccountAlias(spec),
  );
  return editItems(edited, 'volumes', (volume) => editObject(volume, 'image', foldVolumeImagePolicy));
}

/**
 * A bare Pod as the API server keeps it, without what admission adds: the token volume and its mounts
 * (ServiceAccount), the two tolerations of 300 s (DefaultTolerationSeconds), the amounts of a LimitRange (LimitRanger),
 * the priority of its class (Priority).
 */
export function normalizePod(pod: JsonObject): JsonObject {
  return editObject(
    dropLimitRangerDefaults(pod),
    'spec',
    chain(dropTokenVolume, dropDefaultTolerations, normalizePodSpec),
  );
}

/** `serviceAccount` is the deprecated spelling of `serviceAccountName`; the API server writes both. */
function foldServiceAccountAlias(spec: JsonObject): JsonObject {
  const alias = spec['serviceAccount'];
  if (alias === undefined) return spec;
  const rest = without(spec, 'serviceAccount');
  return rest['serviceAccountName'] === undefined ? { ...rest, serviceAccountName: alias } : rest;
}

const normalizeContainer = (container: JsonObject, host: boolean): JsonObject =>
  chain(
    foldPullPolicy,
    foldImage,
    fillRequestsFromLimits,
    (value) => editItems(value, 'env', quoteValue),
    (value) => (host ? editItems(value, 'ports', foldHostPort) : value),
  )(container);

/** `Always` for the tag `latest` or none, else `IfNotPresent` (SetDefaults_Container). */
function foldPullPolicy(container: JsonObject): JsonObject {
  const image = textAt(container, 'image');
  if (image === undefined || container['imagePullPolicy'] !== defaultPullPolicy(image)) return container;
  return without(container, 'imagePullPolicy');
}

function foldImage(container: JsonObject): JsonObject {
  const image = textAt(container, 'image');
  const familiar = image && familiarImage(image);
  return familiar && familiar !== image ? { ...container, image: familiar } : container;
}

function foldVolumeImagePolicy(image: JsonObject): JsonObject {
  const reference = textAt(image, 'reference');
  if (reference === undefined || image['pullPolicy'] !== defaultPullPolicy(reference)) return image;
  return without(image, 'pullPolicy');
}

function defaultPullPolicy(image: string): string {
  const { tag, digest } = parseImage(image);
  return (tag ?? (digest ? '' : 'latest')) === 'latest' ? 'Always' : 'IfNotPresent';
}

/**
 * A limit without a request counts as its request too: written into Pods (SetDefaults_Pod), implied in templates. It is
 * filled in rather than taken out where equal: of a limit that moved, the request beside it did not.
 */
function fillRequestsFromLimits(container: JsonObject): JsonObject {
  return editObject(container, 'resources', (resources) => {
    const { limits, requests } = resources;
    if (!isJsonObject(limits)) return resources;
    return { ...resources, requests: { ...limits, ...(isJsonObject(requests) && requests) } };
  });
}

/** Environment values are text; a manifest that forgot the quotes means the same text. */
function quoteValue(variable: JsonObject): JsonObject {
  const value = variable['value'];
  return typeof value === 'number' || typeof value === 'boolean' ? { ...variable, value: String(value) } : variable;
}

/** On the host's network a container port is the host port too (defaultHostNetworkPorts). */
function foldHostPort(port: JsonObject): JsonObject {
  return port['hostPort'] === port['containerPort'] ? without(port, 'hostPort') : port;
}

const tokenPath = '/var/run/secrets/kubernetes.io/serviceaccount';

function dropTokenVolume(spec: JsonObject): JsonObject {
  const names = new Set(
    objectsAt(spec, 'volumes')
      .map((volume) => textAt(volume, 'name') ?? '')
      .filter((name) => /^(kube-api-access|default-token)-[a-z0-9]{5}$/.test(name)),
  );
  if (names.size === 0) return spec;
  const injected = (item: Json, path: boolean) =>
    isJsonObject(item) && names.has(textAt(item, 'name') ?? '') && (!path || item['mountPath'] === tokenPath);
  const dropMounts = (container: JsonObject): JsonObject => ({
    ...container,
    volumeMounts: objectsAt(container, 'volumeMounts').filter((mount) => !injected(mount, true)),
  });
  const volumes = objectsAt(spec, 'volumes').filter((volume) => !injected(volume, false));
  return containerLists.reduce((value, list) => editItems(value, list, dropMounts), { ...spec, volumes } as JsonObject);
}

const injectedTolerations = new Set(['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable']);

function dropDefaultTolerations(spec: JsonObject): JsonObject {
  const tolerations = objectsAt(spec, 'tolerations');
  const kept = tolerations.filter(
    ({ key, operator, effect, tolerationSeconds }) =>
      !(
        injectedTolerations.has(String(key)) &&
        operator === 'Exists' &&
        effect === 'NoExecute' &&
        tolerationSeconds === 300
      ),
  );
  return kept.length === tolerations.length ? spec : { ...spec, tolerations: kept };
}
