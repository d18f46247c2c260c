import type { JsonObject, Noise } from '@leeway/core';
import { allotted, mapList, merge, sets, under } from './compose.ts';
import { defineKind } from './define.ts';
import { at, objectAt, without } from './edit.ts';
import { selectorNoise } from './pod-noise.ts';

/**
 * A claim's spec. `storageClassName: ""` (no dynamic provisioning) is not the same as none (the cluster's default class,
 * which the server fills in), so it is never folded. Defaults: SetDefaults_PersistentVolumeClaimSpec; `dataSourceRef`
 * repeats `dataSource` (PVC strategy).
 */
export const claimSpecNoise: Noise = merge(sets('/accessModes'), under('/selector', selectorNoise), {
  defaults: { '/volumeMode': 'Filesystem' },
  quantity: { '/resources/requests/*': 'kubernetes', '/resources/limits/*': 'kubernetes' },
  empty: ['/resources', '/resources/limits', '/resources/requests'],
});

function foldDataSourceRef(spec: JsonObject): JsonObject {
  const source = objectAt(spec, 'dataSource');
  const reference = objectAt(spec, 'dataSourceRef');
  const same = source && reference && source['kind'] === reference['kind'] && source['name'] === reference['name'];
  return same && reference['namespace'] === undefined ? without(spec, 'dataSourceRef') : spec;
}

export const storageKinds = [
  defineKind({
    name: 'core/PersistentVolumeClaim',
    title: 'volume claim',
    layer: 'runtime',
    noise: merge(under('/spec', claimSpecNoise), allotted('/spec/volumeName'), {
      assigned: ['/spec/storageClassName'],
    }),
    normalize: at(['spec'], foldDataSourceRef),
    severity: [{ path: '/spec/resources/**', severity: 'high' }],
  }),
  defineKind({
    name: 'core/PersistentVolume',
    title: 'persistent volume',
    layer: 'runtime',
    noise: merge(sets('/spec/accessModes', '/spec/mountOptions'), allotted('/spec/claimRef'), {
      defaults: {
        '/spec/persistentVolumeReclaimPolicy': 'Retain',
        '/spec/volumeMode': 'Filesystem',
        '/spec/claimRef/apiVersion': 'v1',
        '/spec/claimRef/kind': 'PersistentVolumeClaim',
      },
      quantity: { '/spec/capacity/*': 'kubernetes' },
      computed: ['/spec/claimRef/uid', '/spec/claimRef/resourceVersion'],
      empty: ['/spec/storageClassName', '/spec/hostPath/type'],
    }),
    severity: [{ path: '/spec/persistentVolumeReclaimPolicy', severity: 'high' }],
  }),
  defineKind({
    name: 'storage.k8s.io/StorageClass',
    title: 'storage class',
    layer: 'runtime',
    noise: merge(sets('/mountOptions', '/allowedTopologies'), {
      defaults: { '/reclaimPolicy': 'Delete', '/volumeBindingMode': 'Immediate', '/allowVolumeExpansion': false },
      empty: ['/parameters'],
    }),
    severity: [{ path: '/reclaimPolicy', severity: 'high' }],
  }),
  defineKind({
    name: 'storage.k8s.io/CSIDriver',
    title: 'storage driver',
    layer: 'runtime',
    noise: merge(sets('/spec/volumeLifecycleModes'), mapList('/spec/tokenRequests', 'audience'), {
      defaults: {
        '/spec/attachRequired': true,
        '/spec/podInfoOnMount': false,
        '/spec/storageCapacity': false,
        '/spec/requiresRepublish': false,
        '/spec/seLinuxMount': false,
        '/spec/fsGroupPolicy': 'ReadWriteOnceWithFSType',
        '/spec/volumeLifecycleModes': ['Persistent'],
        '/spec/preventPodSchedulingIfMissing': false,
      },
    }),
  }),
];
