import type { Noise } from '@leeway/core';
import { mapList, merge, sets, under } from './compose.ts';
import { containerNoise, resourcesNoise, securityContextNoise } from './container-noise.ts';
import { volumeNoise } from './volume-noise.ts';

/** Requirements of a selector are joined by AND, values of one are a set: order carries no meaning in either. */
export const selectorNoise: Noise = sets('/matchExpressions', '/matchExpressions/*/values');

const nodeTerm: Noise = sets(
  '/matchExpressions',
  '/matchExpressions/*/values',
  '/matchFields',
  '/matchFields/*/values',
);

const podTerm: Noise = merge(
  under('/labelSelector', selectorNoise),
  under('/namespaceSelector', selectorNoise),
  sets('/namespaces'),
);

const podTerms: Noise = merge(
  sets('/requiredDuringSchedulingIgnoredDuringExecution', '/preferredDuringSchedulingIgnoredDuringExecution'),
  under('/requiredDuringSchedulingIgnoredDuringExecution/*', podTerm),
  under('/preferredDuringSchedulingIgnoredDuringExecution/*/podAffinityTerm', podTerm),
  { empty: [''] },
);

/** Terms of one kind are alternatives or weights: a set. An empty label selector is not: it matches everything. */
const affinity: Noise = merge(
  under('/podAffinity', podTerms),
  under('/podAntiAffinity', podTerms),
  sets('/nodeAffinity/preferredDuringSchedulingIgnoredDuringExecution'),
  under('/nodeAffinity/preferredDuringSchedulingIgnoredDuringExecution/*/preference', nodeTerm),
  sets('/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms'),
  under('/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms/*', nodeTerm),
  { empty: ['', '/nodeAffinity'] },
);

/**
 * What never counts inside a pod's spec. Defaults: SetDefaults_PodSpec and SetDefaults_Pod in
 * kubernetes/pkg/apis/core/v1/defaults.go. Init containers run in order, so theirs counts; `env`, `ports` and mounts
 * are maps to the API server.
 */
export const podSpecNoise: Noise = merge(
  mapList('/containers', 'name'),
  mapList('/ephemeralContainers', 'name'),
  mapList('/volumes', 'name'),
  mapList('/imagePullSecrets', 'name'),
  mapList('/hostAliases', 'ip'),
  mapList('/topologySpreadConstraints', 'topologyKey', 'whenUnsatisfiable'),
  sets('/tolerations', '/hostAliases/*/hostnames', '/readinessGates', '/schedulingGates', '/resourceClaims'),
  under('/containers/*', containerNoise),
  under('/initContainers/*', containerNoise),
  under('/ephemeralContainers/*', containerNoise),
  under('/volumes/*', volumeNoise),
  under('/securityContext', securityContextNoise),
  under('/resources', resourcesNoise),
  under('/affinity', affinity),
  under('/topologySpreadConstraints/*/labelSelector', selectorNoise),
  {
    quantity: { '/overhead/*': 'kubernetes' },
    empty: [
      '/initContainers',
      '/nodeSelector',
      '/dnsConfig',
      '/hostname',
      '/subdomain',
      '/priorityClassName',
      '/overhead',
    ],
    defaults: {
      '/dnsPolicy': 'ClusterFirst',
      '/restartPolicy': 'Always',
      '/terminationGracePeriodSeconds': 30,
      '/schedulerName': 'default-scheduler',
      '/serviceAccountName': 'default',
      '/enableServiceLinks': true,
      '/hostNetwork': false,
      '/hostPID': false,
      '/hostIPC': false,
      '/shareProcessNamespace': false,
      '/tolerations/*/operator': 'Equal',
      '/securityContext/fsGroupChangePolicy': 'Always',
      '/topologySpreadConstraints/*/nodeAffinityPolicy': 'Honor',
      '/topologySpreadConstraints/*/nodeTaintsPolicy': 'Ignore',
    },
  },
);

/** A pod template: older servers fill its metadata with a null creation time. */
export const podTemplateNoise: Noise = merge(under('/spec', podSpecNoise), {
  computed: ['/metadata/creationTimestamp', '/metadata/annotations/kubectl.kubernetes.io~1restartedAt'],
  empty: ['/metadata', '/metadata/labels', '/metadata/annotations', '/metadata/name', '/metadata/namespace'],
});
