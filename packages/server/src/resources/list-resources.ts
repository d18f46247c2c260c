import {
  type BodyRef,
  type Finding,
  type KindIndex,
  type Layer,
  loadResources,
  type Plane,
  type Resource,
  type Snapshot,
  walkBuckets,
} from '@leeway/core';
import { environmentFacts } from '@leeway/engine/scan/environment-facts.ts';
import { type Environment, type Estate, type Source, workloadOf } from '@leeway/estate';
import type { LeewayStore } from '@leeway/store';

/** One resource of an environment, on the planes it was found on. */
export interface ListedResource {
  readonly source: string;
  readonly kind: string;
  /** Environment-neutral key. */
  readonly key: string;
  readonly layer: Layer;
  readonly workload?: string;
  readonly planes: readonly Plane[];
  readonly findings: number;
}

export interface ResourceFilter {
  readonly source?: readonly string[] | undefined;
  readonly kind?: readonly string[] | undefined;
  readonly layer?: readonly string[] | undefined;
  readonly workload?: readonly string[] | undefined;
  readonly q?: string | undefined;
}

export interface ResourceScope {
  readonly estate: Estate;
  readonly store: LeewayStore;
  readonly kinds: KindIndex;
  readonly environment: Environment;
  /** Open findings of the environment. */
  readonly findings: readonly Finding[];
  /** The last snapshots of a source, a plane each. */
  readonly snapshotsOf: (source: Source) => Promise<readonly Snapshot[]>;
  readonly sees: (workload: string | undefined) => boolean;
  readonly signal: AbortSignal;
}

/** Where a page begins: the source and bucket by number, and how many rows of that bucket were passed. */
export interface ResourcePosition {
  readonly source: number;
  readonly bucket: number;
  readonly offset: number;
}

export const firstPosition: ResourcePosition = { source: 0, bucket: 0, offset: 0 };

/** Bodies looked at for one page: a filter that takes nothing must not read a million resources at once. */
const mostBodies = 20_000;

/**
 * One page of the resources of an environment, by source and then in the order of key hashes. A page may hold less than
 * `limit` and still have a next one: so much was looked through.
 */
export async function listResources(
  scope: ResourceScope,
  filter: ResourceFilter,
  from: ResourcePosition,
  limit: number,
): Promise<{ readonly items: readonly ListedResource[]; readonly next?: ResourcePosition }> {
  const items: ListedResource[] = [];
  let looked = 0;
  for await (const { source, bucket, rows, passed, bodies } of walkSources(scope, filter, from)) {
    scope.signal.throwIfAborted();
    const kept = rows.filter((row) => takes(row, filter) && scope.sees(row.workload));
    const page = kept.slice(passed, passed + limit - items.length);
    items.push(...page);
    looked += bodies;
    const offset = passed + page.length;
    if (offset < kept.length) return { items, next: { source, bucket, offset } };
    if (items.length === limit || looked >= mostBodies)
      return { items, next: { source, bucket: bucket + 1, offset: 0 } };
  }
  return { items };
}

/** Buckets of all sources wanted, from a position on. */
async function* walkSources(scope: ResourceScope, filter: ResourceFilter, from: ResourcePosition) {
  for (const [source, each] of sourcesOf(scope).entries()) {
    if (source < from.source || (filter.source?.length && !filter.source.includes(each.id))) continue;
    const start = source === from.source ? from : firstPosition;
    for await (const found of walkSource(each, scope, start.bucket)) {
      yield { ...found, source, passed: found.bucket === start.bucket ? start.offset : 0 };
    }
  }
}

/** Sources of an environment in the order of the estate: positions count them. */
function sourcesOf({ estate, environment }: ResourceScope): readonly Source[] {
  return estate.sources.filter(({ environments }) => environments.includes(environment.name));
}

async function* walkSource(source: Source, scope: ResourceScope, from: number) {
  const { store, snapshotsOf } = scope;
  const snapshots = await snapshotsOf(source);
  const counts = countFindings(scope.findings, source.id);
  const indexes = snapshots.map(({ index }) => index);
  for await (const { bucket, keys } of walkBuckets(store.chunks, indexes, from)) {
    const bodies = keys.map((key) => key.bodies.findLast((body) => body !== undefined) as BodyRef);
    const resources = await loadResources(store.chunks, bodies);
    const rows = keys.map((key, at) => {
      const found = snapshots.filter((_, plane) => key.bodies[plane]).map(({ header }) => header.plane);
      return rowOf(resources[at] as Resource, source, found, counts, scope);
    });
    yield { bucket, rows, bodies: bodies.length };
  }
}

function countFindings(findings: readonly Finding[], source: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const finding of findings) {
    if (finding.source !== source) continue;
    const id = `${finding.kind}\n${finding.key}`;
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

/** A resource as a row, with the workload it belongs to. */
export function rowOf(
  { kind, key: name, origin }: Resource,
  source: Source,
  found: readonly Plane[],
  counts: ReadonlyMap<string, number>,
  { estate, kinds, environment }: Pick<ResourceScope, 'estate' | 'kinds' | 'environment'>,
): ListedResource {
  const key = environmentFacts(environment).neutralizer.neutralize(name);
  const { layer } = kinds.find(kind);
  const path = origin?.place?.replace(/(:\d+){1,2}$/, '');
  const workload = workloadOf(estate, { source: source.id, kind, layer, key, name, ...(path && { path }) })?.name;
  return {
    source: source.id,
    kind,
    key,
    layer,
    ...(workload !== undefined && { workload }),
    planes: found,
    findings: counts.get(`${kind}\n${key}`) ?? 0,
  };
}

function takes(row: ListedResource, { kind, layer, workload, q }: ResourceFilter): boolean {
  if (kind?.length && !kind.includes(row.kind)) return false;
  if (layer?.length && !layer.includes(row.layer)) return false;
  if (workload?.length && !workload.includes(row.workload ?? '')) return false;
  const words = q?.toLowerCase().split(/\s+/).filter(Boolean) ?? [];
  const text = `${row.kind}\n${row.key}`.toLowerCase();
  return words.every((word) => text.includes(word));
}
