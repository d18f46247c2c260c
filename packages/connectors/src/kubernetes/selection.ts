import { matchesWildcard } from '@leeway/core';
import type { KubernetesObject } from './object.ts';
import { isOwned, isRunningState } from './owned.ts';
import type { KubernetesSettings } from './schema.ts';

/** Namespaces of the cluster's own machinery, left out unless settings say otherwise. */
const systemNamespaces = ['kube-system', 'kube-public', 'kube-node-lease'];

/** Whether settings want a kind at all, before any of its objects is read. */
export function wantsKind(kind: string, settings: KubernetesSettings): boolean {
  if (!settings.includeOwned && isRunningState(kind)) return false;
  return settings.kinds === undefined || settings.kinds.some((pattern) => matchesWildcard(pattern, kind));
}

/** Why an object is left out: `hidden` ones stand in a system namespace that no setting names. */
export type Choice = 'read' | 'left-out' | 'hidden';

export function choose(object: KubernetesObject, settings: KubernetesSettings): Choice {
  if (!wantsKind(object.kind, settings)) return 'left-out';
  if (!settings.includeOwned && isOwned(object)) return 'left-out';
  const namespace = object.kind === 'core/Namespace' ? object.name : object.namespace;
  const { namespaces, excludeNamespaces = systemNamespaces } = settings;
  const within = (patterns: readonly string[]) =>
    namespace !== undefined && patterns.some((pattern) => matchesWildcard(pattern, namespace));
  if (namespaces && !within(namespaces)) return 'left-out';
  if (!within(excludeNamespaces)) return 'read';
  return settings.excludeNamespaces ? 'left-out' : 'hidden';
}
