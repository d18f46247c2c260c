import type { Noise } from '@leeway/core';
import { merge, sets, under } from './compose.ts';

/** Octal 0644, the mode of files that Kubernetes writes into a volume. */
const fileMode = 420;

/** Items of a projected key list: `{ key, path, mode }`. */
const items: Noise = { identity: { '/items': ['path'] }, ...sets('/items') };
const optional: Noise = { defaults: { '/optional': false } };
const downward: Noise = {
  ...items,
  defaults: { '/items/*/fieldRef/apiVersion': 'v1', '/items/*/resourceFieldRef/divisor': '0' },
};

const projectedSource: Noise = merge(
  under('/configMap', merge(items, optional)),
  under('/secret', merge(items, optional)),
  under('/downwardAPI', downward),
  { defaults: { '/serviceAccountToken/expirationSeconds': 3600 } },
);

/**
 * What never counts inside a volume. Defaults: SetDefaults_Volume, _SecretVolumeSource, _ConfigMapVolumeSource,
 * _DownwardAPIVolumeSource, _ProjectedVolumeSource, _ServiceAccountTokenProjection, _HostPathVolumeSource, _ISCSI…,
 * _RBD…, _AzureDisk…, _ScaleIO… in kubernetes/pkg/apis/core/v1/defaults.go. A volume without a source is an emptyDir.
 */
export const volumeNoise: Noise = merge(
  under('/configMap', merge(items, optional)),
  under('/secret', merge(items, optional)),
  under('/downwardAPI', downward),
  under('/projected/sources/*', projectedSource),
  {
    empty: [
      '/ephemeral/volumeClaimTemplate/metadata',
      '/emptyDir',
      '/emptyDir/medium',
      '/hostPath/type',
      '/projected/sources',
    ],
    quantity: {
      '/emptyDir/sizeLimit': 'kubernetes',
      '/ephemeral/volumeClaimTemplate/spec/resources/*/*': 'kubernetes',
    },
    defaults: {
      '/configMap/defaultMode': fileMode,
      '/secret/defaultMode': fileMode,
      '/downwardAPI/defaultMode': fileMode,
      '/projected/defaultMode': fileMode,
      '/persistentVolumeClaim/readOnly': false,
      '/nfs/readOnly': false,
      '/csi/readOnly': false,
      '/ephemeral/volumeClaimTemplate/spec/volumeMode': 'Filesystem',
      '/iscsi/iscsiInterface': 'default',
      '/rbd/pool': 'rbd',
      '/rbd/user': 'admin',
      '/rbd/keyring': '/etc/ceph/keyring',
      '/azureDisk/cachingMode': 'ReadWrite',
      '/azureDisk/kind': 'Shared',
      '/azureDisk/fsType': 'ext4',
      '/azureDisk/readOnly': false,
      '/scaleIO/storageMode': 'ThinProvisioned',
      '/scaleIO/fsType': 'xfs',
    },
    computed: ['/ephemeral/volumeClaimTemplate/metadata/creationTimestamp'],
  },
);
