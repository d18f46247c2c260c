import type { Connector } from '@leeway/connector-kit';
import { checkKubernetes } from './check.ts';
import { kubernetesKinds } from './kinds/index.ts';
import { readKubernetes } from './read.ts';
import { type KubernetesSettings, kubernetesSettings } from './schema.ts';
import { recogniseKubernetes } from './standalone.ts';

export const connector: Connector<KubernetesSettings> = {
  id: 'kubernetes',
  title: 'Kubernetes',
  summary: 'Manifests, rendered Kustomize and Helm output, kubectl dumps and live clusters, custom resources included.',
  settings: kubernetesSettings,
  kinds: kubernetesKinds,
  verification: { state: 'verified', against: 'kube-apiserver 1.37.2: manifests applied and read back' },
  permissions: [
    'get on the non-resource URLs /api, /api/*, /apis, /apis/*',
    'list on every resource to be compared; the ClusterRole "view" covers most, without Secrets and RBAC',
  ],
  check: checkKubernetes,
  read: readKubernetes,
  standalone: recogniseKubernetes,
};
