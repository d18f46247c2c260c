import { type Layer, matchesWildcard } from '@leeway/core';
import type { Estate, OwnerSelector, ResourceSelector, Workload } from '../estate.ts';
import { compileGlob } from '../tree/glob.ts';

/** A resource as selectors see it. `name` is its full key in its environment, `path` the file it is declared in. */
export interface Selectable {
  readonly source: string;
  readonly kind: string;
  readonly key: string;
  readonly layer: Layer;
  readonly name?: string;
  readonly path?: string;
}

type Test = (resource: Selectable) => boolean;

/** Compiles a selector: every field given must match, `*` as wildcard; a key matches neutral or in full. */
export function compileSelector(selector: OwnerSelector): Test {
  const { source, kind, key, layer, path } = selector;
  const tests: Test[] = [];
  if (layer !== undefined) tests.push((resource) => resource.layer === layer);
  if (source !== undefined) tests.push((resource) => matchesWildcard(source, resource.source));
  if (kind !== undefined) tests.push((resource) => matchesWildcard(kind, resource.kind));
  if (key !== undefined)
    tests.push(
      ({ key: neutral, name }) => matchesWildcard(key, neutral) || (name !== undefined && matchesWildcard(key, name)),
    );
  if (path !== undefined) tests.push(compilePath(path));
  return (resource) => tests.every((test) => test(resource));
}

/** As in CODEOWNERS: a folder stands for everything in it. */
function compilePath(path: string): Test {
  const glob = compileGlob(path.endsWith('/') ? `${path}**` : path);
  return ({ path: file }) => file !== undefined && glob.test(file);
}

interface Compiled {
  readonly workloads: readonly { readonly workload: Workload; readonly tests: readonly Test[] }[];
  readonly owners: readonly { readonly owner: string; readonly test: Test }[];
}

const compiled = new WeakMap<Estate, Compiled>();

/** Selectors are asked for every finding: they are compiled once an estate. */
function compiledOf(estate: Estate): Compiled {
  let known = compiled.get(estate);
  if (!known) {
    known = {
      workloads: estate.workloads.map((workload) => ({ workload, tests: workload.match.map(compileSelector) })),
      owners: estate.owners.map(({ owner, match }) => ({ owner, test: compileSelector(match) })),
    };
    compiled.set(estate, known);
  }
  return known;
}

/** The workload a resource belongs to: the last one that matches. */
export function workloadOf(estate: Estate, resource: Selectable): Workload | undefined {
  return compiledOf(estate).workloads.findLast(({ tests }) => tests.some((test) => test(resource)))?.workload;
}

/** Who answers for a resource: the last owner rule that matches, else the owner of its workload. */
export function ownerOf(estate: Estate, resource: Selectable): string | undefined {
  const rule = compiledOf(estate).owners.findLast(({ test }) => test(resource));
  return rule?.owner ?? workloadOf(estate, resource)?.owner;
}

/** Whether a source leaves a resource out of what it looks at. */
export function compileExclusions(exclude: readonly ResourceSelector[]): Test {
  const tests = exclude.map(compileSelector);
  return (resource) => tests.some((test) => test(resource));
}
