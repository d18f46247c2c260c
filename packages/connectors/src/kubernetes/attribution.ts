import type { JsonObject, Origin } from '@leeway/core';
import { objectsAt, textAt } from './kinds/edit.ts';

/** Managers that keep an object up rather than change what it says. */
const controllers =
  /^(?:(?:kube-)?controller-manager|kube-scheduler|kube-apiserver|kubelet|.*-controller(?:-manager)?)$/;

/** How people call what a field manager stands for. */
const managers: readonly (readonly [RegExp, string])[] = [
  [/^kubectl-client-side-apply$/, 'kubectl apply'],
  [/^kubectl$/, 'kubectl apply --server-side'],
  [/^kubectl-(.+)$/, 'kubectl $1'],
  [/^argocd-/, 'Argo CD'],
  [/^(?:kustomize-controller|helm-controller)$/, 'Flux'],
  [/^helm$/, 'Helm'],
  [/^[Tt]erraform/, 'Terraform'],
];

/**
 * Who touched an object last, as far as its field managers tell: the tool and the time. The API server records no
 * person there; that is in its audit log. Managers of the status, of scaling and controllers do not count.
 * See https://kubernetes.io/docs/reference/using-api/server-side-apply/#managers.
 */
export function lastChange(metadata: JsonObject | undefined): Pick<Origin, 'via' | 'at'> {
  let latest: { manager: string; time: string } | undefined;
  for (const entry of objectsAt(metadata, 'managedFields')) {
    const manager = textAt(entry, 'manager') ?? '';
    const time = textAt(entry, 'time') ?? '';
    const flux = /^(?:kustomize|helm)-controller$/.test(manager);
    if (entry['subresource'] !== undefined || (controllers.test(manager) && !flux)) continue;
    if (!latest || time > latest.time) latest = { manager, time };
  }
  if (!latest) return {};
  return { ...(latest.manager && { via: nameManager(latest.manager) }), ...(latest.time && { at: latest.time }) };
}

function nameManager(manager: string): string {
  for (const [pattern, name] of managers)
    if (pattern.test(manager)) return manager.replace(pattern, name).replace(/^Argo CD.*/, 'Argo CD');
  return manager.slice(0, 120);
}
