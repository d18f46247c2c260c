import type { ReadContext, Reading } from '@leeway/connector-kit';
import { formatPlace, problem } from '@leeway/core';
import { type Found, findInFiles, findInKustomization, type Placed } from './find-objects.ts';
import { isClusterScoped, kindName } from './kind-name.ts';
import { objectAt, textAt } from './kinds/edit.ts';
import { isServed, type KubernetesObject } from './object.ts';
import { Relations, relatingKinds } from './relations.ts';
import { lastAppliedObject, toResource } from './resource.ts';
import type { KubernetesSettings } from './schema.ts';
import { SchemaDefaults } from './schema-defaults.ts';
import { isEncrypted } from './secret-data.ts';
import { choose } from './selection.ts';

/** Reads manifests, built kustomizations and dumps. Everything is held at once: objects say something about others. */
export async function* readFiles(settings: KubernetesSettings, context: ReadContext): AsyncIterable<Reading> {
  const found: Found = { placed: [], notices: [] };
  await findInFiles([...(settings.manifests ?? []), ...(settings.dumps ?? [])], context, found);
  for (const folder of settings.kustomize ?? []) await findInKustomization(folder, context, found);
  const settled = settleNamespaces(found.placed, settings);
  const relations = new Relations();
  const defaults = new SchemaDefaults();
  for (const { object } of settled) {
    defaults.add(object);
    if (relatingKinds.has(object.kind)) relations.add(object);
  }
  reportHidden(settled, settings, found);
  const wanted = settled.filter(({ object }) => choose(object, settings) === 'read' && !relations.isTemplated(object));
  for (const item of wanted) yield* readOne(item, { relations, defaults }, settings, context, found);
  for (const notice of found.notices) yield { type: 'notice', ...notice };
  const seen = new Set(wanted.map(({ object }) => object.kind));
  for (const kind of completeKinds(settings, seen, found)) yield { type: 'complete', kind };
}

function* readOne(
  { object, place }: Placed,
  { relations, defaults }: { readonly relations: Relations; readonly defaults: SchemaDefaults },
  settings: KubernetesSettings,
  context: ReadContext,
  found: Found,
): Iterable<Reading> {
  if (object.kind === 'core/Secret' && isEncrypted(object.body)) {
    found.notices.push({ kind: object.kind, problem: problem('LW3052', { name: object.name }, place) });
    return;
  }
  const shown =
    settings.view === 'last-applied' ? asApplied(object) : isServed(object) ? defaults.fold(object) : object;
  if (!shown) return;
  yield { type: 'resource', resource: toResource(relations.settle(shown), formatPlace(place), context.seal) };
}

/** The object as `kubectl apply` last sent it, under the identity it has in the cluster. */
export function asApplied(object: KubernetesObject): KubernetesObject | undefined {
  const body = lastAppliedObject(object.body);
  return body && { ...object, body };
}

/**
 * Kinds of which absence means absent. Manifests say all there should be; a dump says nothing of kinds that are not in
 * it, unless settings name the kinds it covers.
 */
function completeKinds(settings: KubernetesSettings, seen: ReadonlySet<string>, { notices }: Found): readonly string[] {
  if (notices.some(({ kind }) => kind === undefined)) return [];
  const spoilt = new Set(notices.map(({ kind }) => kind));
  const claimed = settings.kinds ?? (settings.dumps ? undefined : ['*']);
  return spoilt.size === 0 && claimed ? claimed : [...seen].filter((kind) => !spoilt.has(kind)).sort();
}

/** Manifests in a system namespace that settings leave out only by default: said aloud, not passed over. */
function reportHidden(settled: readonly Placed[], settings: KubernetesSettings, found: Found): void {
  const hidden = settled.filter(({ object }) => !isServed(object) && choose(object, settings) === 'hidden');
  for (const kind of new Set(hidden.map(({ object }) => object.kind))) {
    const these = hidden.filter(({ object }) => object.kind === kind);
    const namespaces = [...new Set(these.map(({ object }) => object.namespace ?? object.name))].sort().join(', ');
    found.notices.push({ kind, problem: problem('LW3051', { count: these.length, namespaces }, these[0]?.place) });
  }
}

/** Objects with the namespace they land in: cluster-scoped kinds have none, manifests without one get the setting's. */
function settleNamespaces(placed: readonly Placed[], settings: KubernetesSettings): readonly Placed[] {
  const clusterKinds = new Set(placed.flatMap(({ object }) => clusterKindOf(object)));
  return placed.map(({ object, place }) => {
    const { namespace, ...rest } = object;
    if (isClusterScoped(object.kind) || clusterKinds.has(object.kind)) return { object: rest, place };
    if (namespace !== undefined || isServed(object)) return { object, place };
    return { object: { ...rest, namespace: settings.namespace }, place };
  });
}

/** The kind a definition makes, where it is cluster-scoped. */
function clusterKindOf({ kind, body }: KubernetesObject): readonly string[] {
  if (kind !== 'apiextensions.k8s.io/CustomResourceDefinition') return [];
  const spec = objectAt(body, 'spec');
  if (spec?.['scope'] !== 'Cluster') return [];
  return [kindName(`${textAt(spec, 'group')}/v1`, textAt(objectAt(spec, 'names'), 'kind') ?? '')];
}
