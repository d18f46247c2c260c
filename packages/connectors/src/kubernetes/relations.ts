import type { JsonObject } from '@leeway/core';
import { editObject, objectAt, objectsAt, textAt, without } from './kinds/edit.ts';
import { isServed, type KubernetesObject } from './object.ts';

/** Kinds whose objects say something about others: read before the rest. */
export const relatingKinds: ReadonlySet<string> = new Set([
  'autoscaling/HorizontalPodAutoscaler',
  'keda.sh/ScaledObject',
  'apps/StatefulSet',
]);

/**
 * What objects of one reading say about others of it:
 * - a workload that an autoscaler targets has its number of replicas from there, not from its manifest;
 * - a volume claim `<template>-<set>-<n>` was made by its stateful set and is declared by the set's template.
 */
export class Relations {
  readonly #scaled = new Set<string>();
  readonly #claims = new Set<string>();

  add(object: KubernetesObject): void {
    const spec = objectAt(object.body, 'spec');
    if (object.kind === 'apps/StatefulSet') {
      for (const template of objectsAt(spec, 'volumeClaimTemplates')) {
        const claim = textAt(objectAt(template, 'metadata'), 'name');
        this.#claims.add(`${object.namespace ?? ''}/${claim}-${object.name}`);
      }
      return;
    }
    const target = objectAt(spec, 'scaleTargetRef');
    const kind = textAt(target, 'kind') ?? 'Deployment';
    this.#scaled.add(`${object.namespace ?? ''}/${kind}/${textAt(target, 'name') ?? ''}`);
  }

  /** True for a claim that a stateful set made. */
  isTemplated({ kind, namespace = '', name, ...rest }: KubernetesObject): boolean {
    if (kind !== 'core/PersistentVolumeClaim' || !isServed({ kind, name, ...rest })) return false;
    return this.#claims.has(`${namespace}/${name.replace(/-\d+$/, '')}`);
  }

  /** The object as it is compared: without the replicas that an autoscaler sets. */
  settle(object: KubernetesObject): KubernetesObject {
    const kind = object.kind.slice(object.kind.indexOf('/') + 1);
    if (!this.#scaled.has(`${object.namespace ?? ''}/${kind}/${object.name}`)) return object;
    const dropReplicas = (spec: JsonObject) => without(spec, 'replicas');
    return { ...object, body: editObject(object.body, 'spec', dropReplicas) };
  }
}
