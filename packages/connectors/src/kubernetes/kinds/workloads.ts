import { isJsonArray, isJsonObject, type Json, type JsonObject, type Noise } from '@leeway/core';
import { allotted, mapList, merge, under } from './compose.ts';
import { defineKind } from './define.ts';
import { at, chain, editItems, editObject, objectAt, without } from './edit.ts';
import { normalizePod, normalizePodSpec } from './normalize-pod.ts';
import { podSpecNoise, podTemplateNoise, selectorNoise } from './pod-noise.ts';
import { podSeverity, replicaSeverity } from './severity.ts';
import { claimSpecNoise } from './storage.ts';

/*
 * Defaults: SetDefaults_Deployment, _StatefulSet, _DaemonSet, _ReplicaSet in kubernetes/pkg/apis/apps/v1/defaults.go,
 * SetDefaults_Job, _CronJob in pkg/apis/batch/v1/defaults.go. Their templates follow pod-noise.ts.
 */
const template = under('/spec/template', podTemplateNoise);
const selector = under('/spec/selector', selectorNoise);
const normalizeTemplate = at(['spec', 'template', 'spec'], normalizePodSpec);
const templateSeverity = [...podSeverity('/spec/template/spec'), ...replicaSeverity];

const deploymentNoise: Noise = merge(template, selector, {
  defaults: {
    '/spec/replicas': 1,
    '/spec/revisionHistoryLimit': 10,
    '/spec/progressDeadlineSeconds': 600,
    '/spec/minReadySeconds': 0,
    '/spec/paused': false,
    '/spec/strategy/type': 'RollingUpdate',
    '/spec/strategy/rollingUpdate/maxSurge': '25%',
    '/spec/strategy/rollingUpdate/maxUnavailable': '25%',
  },
  quantity: { '/spec/strategy/rollingUpdate/*': 'scalar' },
  empty: ['/spec/strategy', '/spec/strategy/rollingUpdate'],
});

const statefulSetNoise: Noise = merge(
  template,
  selector,
  mapList('/spec/volumeClaimTemplates', 'name'),
  under('/spec/volumeClaimTemplates/*/spec', claimSpecNoise),
  {
    defaults: {
      '/spec/replicas': 1,
      '/spec/revisionHistoryLimit': 10,
      '/spec/minReadySeconds': 0,
      '/spec/podManagementPolicy': 'OrderedReady',
      '/spec/updateStrategy/type': 'RollingUpdate',
      '/spec/updateStrategy/rollingUpdate/partition': 0,
      '/spec/updateStrategy/rollingUpdate/maxUnavailable': 1,
      '/spec/persistentVolumeClaimRetentionPolicy/whenDeleted': 'Retain',
      '/spec/persistentVolumeClaimRetentionPolicy/whenScaled': 'Retain',
      '/spec/volumeClaimTemplates/*/apiVersion': 'v1',
      '/spec/volumeClaimTemplates/*/kind': 'PersistentVolumeClaim',
    },
    quantity: { '/spec/updateStrategy/rollingUpdate/*': 'scalar' },
    computed: ['/spec/volumeClaimTemplates/*/status', '/spec/volumeClaimTemplates/*/metadata/creationTimestamp'],
    empty: [
      '/spec/updateStrategy',
      '/spec/updateStrategy/rollingUpdate',
      '/spec/persistentVolumeClaimRetentionPolicy',
      '/spec/volumeClaimTemplates/*/metadata/labels',
      '/spec/volumeClaimTemplates/*/metadata/annotations',
      '/spec/serviceName',
    ],
  },
);

const daemonSetNoise: Noise = merge(template, selector, {
  defaults: {
    '/spec/revisionHistoryLimit': 10,
    '/spec/minReadySeconds': 0,
    '/spec/updateStrategy/type': 'RollingUpdate',
    '/spec/updateStrategy/rollingUpdate/maxUnavailable': 1,
    '/spec/updateStrategy/rollingUpdate/maxSurge': 0,
  },
  quantity: { '/spec/updateStrategy/rollingUpdate/*': 'scalar' },
  empty: ['/spec/updateStrategy', '/spec/updateStrategy/rollingUpdate'],
});

const jobSpecNoise: Noise = merge(under('/template', podTemplateNoise), under('/selector', selectorNoise), {
  defaults: {
    '/completionMode': 'NonIndexed',
    '/suspend': false,
    '/manualSelector': false,
    '/parallelism': 1,
    '/podFailurePolicy/rules/*/onPodConditions/*/status': 'True',
  },
});

/** Labels by which the job controller finds its pods; unprefixed ones are written by every version for compatibility. */
const generatedJobLabels = [
  'controller-uid',
  'job-name',
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-name',
] as const;

/** Takes out what the job controller generates, unless the manifest manages its selector itself. */
function normalizeJobSpec(spec: JsonObject): JsonObject {
  const own = spec['manualSelector'] === true ? spec : without(spec, 'selector');
  return chain(
    at(['template', 'metadata', 'labels'], (labels) => without(labels, ...generatedJobLabels)),
    at(['template', 'spec'], normalizePodSpec),
    foldCompletions,
    foldBackoff,
    foldReplacement,
  )(own);
}

/** Both absent means one; with a parallelism alone, completions stay open (a work queue). */
function foldCompletions(spec: JsonObject): JsonObject {
  return spec['completions'] === 1 && (spec['parallelism'] ?? 1) === 1 ? without(spec, 'completions') : spec;
}

function foldBackoff(spec: JsonObject): JsonObject {
  const usual = spec['backoffLimitPerIndex'] === undefined ? 6 : 2 ** 31 - 1;
  return spec['backoffLimit'] === usual ? without(spec, 'backoffLimit') : spec;
}

function foldReplacement(spec: JsonObject): JsonObject {
  const usual = spec['podFailurePolicy'] === undefined ? 'TerminatingOrFailed' : 'Failed';
  return spec['podReplacementPolicy'] === usual ? without(spec, 'podReplacementPolicy') : spec;
}

/** A job without labels takes over those of its template (SetDefaults_Job). */
function normalizeJob(job: JsonObject): JsonObject {
  const dropGenerated = at(['metadata', 'labels'], (labels) => without(labels, ...generatedJobLabels));
  return foldTemplateLabels(editObject(dropGenerated(job), 'spec', normalizeJobSpec));
}

function foldTemplateLabels(owner: JsonObject): JsonObject {
  const labels = templateLabels(owner);
  return at(['metadata'], (metadata) =>
    isSameMap(metadata['labels'], labels) ? { ...metadata, labels: {} } : metadata,
  )(owner);
}

/** A replication controller without labels or selector takes those of its template (SetDefaults_ReplicationController). */
function normalizeReplicationController(controller: JsonObject): JsonObject {
  const labels = templateLabels(controller);
  const foldSelector = at(['spec'], (spec) => (isSameMap(spec['selector'], labels) ? without(spec, 'selector') : spec));
  return chain(foldTemplateLabels, foldSelector, normalizeTemplate)(controller);
}

function templateLabels(owner: JsonObject): JsonObject | undefined {
  return objectAt(objectAt(objectAt(objectAt(owner, 'spec'), 'template'), 'metadata'), 'labels');
}

function isSameMap(map: Json | undefined, other: JsonObject | undefined): boolean {
  if (!isJsonObject(map) || !other) return false;
  const keys = Object.keys(map);
  return keys.length === Object.keys(other).length && keys.every((key) => map[key] === other[key]);
}

/** Templates of volume claims are named inside their metadata: lifted up so that they align by name. */
function normalizeStatefulSet(set: JsonObject): JsonObject {
  return normalizeTemplate(
    editObject(set, 'spec', (spec) =>
      isJsonArray(spec['volumeClaimTemplates'])
        ? editItems(spec, 'volumeClaimTemplates', (claim) => ({
            ...claim,
            name: objectAt(claim, 'metadata')?.['name'] ?? '',
          }))
        : spec,
    ),
  );
}

export const workloadKinds = [
  defineKind({
    name: 'apps/Deployment',
    title: 'deployment',
    layer: 'runtime',
    noise: deploymentNoise,
    normalize: normalizeTemplate,
    severity: templateSeverity,
  }),
  defineKind({
    name: 'apps/StatefulSet',
    title: 'stateful set',
    layer: 'runtime',
    noise: statefulSetNoise,
    normalize: normalizeStatefulSet,
    severity: templateSeverity,
  }),
  defineKind({
    name: 'apps/DaemonSet',
    title: 'daemon set',
    layer: 'runtime',
    noise: daemonSetNoise,
    normalize: normalizeTemplate,
    severity: templateSeverity,
  }),
  defineKind({
    name: 'apps/ReplicaSet',
    title: 'replica set',
    layer: 'runtime',
    noise: merge(template, selector, { defaults: { '/spec/replicas': 1, '/spec/minReadySeconds': 0 } }),
    normalize: normalizeTemplate,
    severity: templateSeverity,
  }),
  defineKind({
    name: 'core/ReplicationController',
    title: 'replication controller',
    layer: 'runtime',
    noise: merge(template, { defaults: { '/spec/replicas': 1, '/spec/minReadySeconds': 0 } }),
    normalize: normalizeReplicationController,
    severity: templateSeverity,
  }),
  defineKind({
    name: 'batch/Job',
    title: 'job',
    layer: 'runtime',
    noise: under('/spec', jobSpecNoise),
    normalize: normalizeJob,
    severity: podSeverity('/spec/template/spec'),
  }),
  defineKind({
    name: 'batch/CronJob',
    title: 'cron job',
    layer: 'runtime',
    noise: merge(under('/spec/jobTemplate/spec', jobSpecNoise), {
      defaults: {
        '/spec/concurrencyPolicy': 'Allow',
        '/spec/suspend': false,
        '/spec/successfulJobsHistoryLimit': 3,
        '/spec/failedJobsHistoryLimit': 1,
      },
      computed: ['/spec/jobTemplate/metadata/creationTimestamp'],
      empty: ['/spec/jobTemplate/metadata'],
    }),
    normalize: at(['spec', 'jobTemplate', 'spec'], normalizeJobSpec),
    severity: [
      { path: '/spec/suspend', severity: 'high' },
      { path: '/spec/schedule', severity: 'high' },
      ...podSeverity('/spec/jobTemplate/spec/template/spec'),
    ],
  }),
  defineKind({
    name: 'core/Pod',
    title: 'pod',
    layer: 'runtime',
    noise: merge(under('/spec', podSpecNoise), allotted('/spec/nodeName'), {
      computed: ['/spec/priority'],
      // Requests of the whole pod are added up from its containers (defaultPodRequests).
      assigned: ['/spec/resources/requests', '/spec/resources/requests/*'],
      defaults: { '/spec/preemptionPolicy': 'PreemptLowerPriority' },
    }),
    normalize: normalizePod,
    severity: podSeverity('/spec'),
  }),
  defineKind({
    name: 'core/PodTemplate',
    title: 'pod template',
    layer: 'runtime',
    noise: under('/template', podTemplateNoise),
    normalize: at(['template', 'spec'], normalizePodSpec),
    severity: podSeverity('/template/spec'),
  }),
];
