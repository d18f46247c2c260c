import { type FieldOrigin, formatSelector, isJsonObject, type Json, type JsonObject, type Origin } from '@leeway/core';
import { escapeToken } from '@leeway/core/json/pointer.ts';
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

/** Fields of one manager that are told apart, and managers of one object. */
const maximumPaths = 30;
const maximumManagers = 5;

/**
 * Who touched an object last and, where several did, who touched which fields: the tool and the time. The API server
 * records no person there; that is in its audit log. Managers of the status and controllers do not count.
 * See https://kubernetes.io/docs/reference/using-api/server-side-apply/#managers.
 */
export function lastChange(metadata: JsonObject | undefined): Pick<Origin, 'via' | 'at' | 'fields'> {
  const entries = objectsAt(metadata, 'managedFields').filter(isPurposeful);
  entries.sort((a, b) => (timeOf(a) < timeOf(b) ? 1 : -1));
  const [latest] = entries;
  if (!latest) return {};
  // The oldest one made the object: what nobody changed since is told by the resource as a whole.
  const later = entries
    .slice(0, -1)
    .map(fieldOrigin)
    .filter(({ paths }) => !paths.includes('') && paths.length <= maximumPaths);
  return { ...originOf(latest), ...(later.length > 0 && { fields: later.slice(0, maximumManagers) }) };
}

function isPurposeful(entry: JsonObject): boolean {
  const manager = textAt(entry, 'manager') ?? '';
  const isFlux = /^(?:kustomize|helm)-controller$/.test(manager);
  const isScale = entry['subresource'] === undefined || entry['subresource'] === 'scale';
  return isScale && (isFlux || !controllers.test(manager));
}

function timeOf(entry: JsonObject): string {
  return textAt(entry, 'time') ?? '';
}

function originOf(entry: JsonObject): Pick<Origin, 'via' | 'at'> {
  const manager = textAt(entry, 'manager');
  const at = timeOf(entry);
  return { ...(manager && { via: nameManager(manager, entry['subresource'] === 'scale') }), ...(at && { at }) };
}

function fieldOrigin(entry: JsonObject): FieldOrigin {
  return { paths: managedPaths(entry['fieldsV1'] ?? {}, ''), ...originOf(entry) };
}

/**
 * Pointers to the fields of a `fieldsV1` set: `f:` names a field, `k:` an item by its keys, `v:` a value of a set. Items
 * with several keys are told by their list: which of the keys a difference names depends on their defaults.
 */
function managedPaths(fields: Json, path: string): readonly string[] {
  const inner = isJsonObject(fields) ? Object.entries(fields).filter(([key]) => key !== '.') : [];
  if (inner.length === 0) return [path];
  return [
    ...new Set(
      inner.flatMap(([key, below]) =>
        key.startsWith('f:')
          ? managedPaths(below, `${path}/${escapeToken(key.slice(2))}`)
          : itemPaths(key, below, path),
      ),
    ),
  ];
}

function itemPaths(key: string, below: Json, path: string): readonly string[] {
  const fields = key.startsWith('k:') ? parseKeys(key.slice(2)) : {};
  return Object.keys(fields).length === 1 ? managedPaths(below, path + formatSelector(fields)) : [path];
}

function parseKeys(text: string): Record<string, string> {
  try {
    const keys = JSON.parse(text) as Json;
    return isJsonObject(keys)
      ? Object.fromEntries(Object.entries(keys).map(([name, value]) => [name, String(value)]))
      : {};
  } catch {
    return {};
  }
}

function nameManager(manager: string, isScale: boolean): string {
  if (isScale && manager === 'kubectl') return 'kubectl scale';
  const [pattern, name] = managers.find(([test]) => test.test(manager)) ?? [];
  return pattern && name ? (pattern.exec(manager)?.[0] ?? manager).replace(pattern, name) : manager.slice(0, 120);
}
