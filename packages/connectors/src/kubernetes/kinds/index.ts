import type { Kind } from '@leeway/core';
import { autoscalingKinds } from './autoscaling.ts';
import { configKinds } from './config.ts';
import { customKinds } from './custom.ts';
import { extensionKinds } from './extension.ts';
import { networkKinds } from './network.ts';
import { rbacKinds } from './rbac.ts';
import { storageKinds } from './storage.ts';
import { workloadKinds } from './workloads.ts';

/** Every kind with rules of its own, and `*` for all others. */
export const kubernetesKinds: readonly Kind[] = [
  ...workloadKinds,
  ...networkKinds,
  ...storageKinds,
  ...configKinds,
  ...rbacKinds,
  ...autoscalingKinds,
  ...extensionKinds,
  ...customKinds,
];
