import { listNames, matchesWildcard, type Place, type Problem, problem, suggest } from '@leeway/core';
import type { Environment } from '../estate.ts';
import type { EnvironmentFilter } from '../schema/environment.ts';
import { listOf } from '../schema/values.ts';
import type { LoadedEnvironments } from './environments.ts';

/** Where a filter stands, by the path of the part inside it. */
export type PlaceOf = (...path: readonly (string | number)[]) => Place;

/** Names of the environments a filter selects, in the estate's order. What selects nothing is reported (LW1006, LW1009). */
export function selectEnvironments(
  filter: EnvironmentFilter | undefined,
  known: LoadedEnvironments,
  placeOf: PlaceOf,
  report: (found: Problem) => void,
): readonly string[] {
  const all = known.environments.map((environment) => environment.name);
  if (filter === undefined) return all;
  if (typeof filter === 'string') return selectByNames([filter], known, () => placeOf(), report);
  if (Array.isArray(filter)) return selectByNames(filter, known, placeOf, report);
  const wanted = Object.entries(filter as Readonly<Record<string, string | readonly string[] | undefined>>);
  let selected = known.environments;
  for (const [dimension, values] of wanted) {
    if (values === undefined) continue;
    checkDimension(dimension, listOf(values), known, placeOf(dimension), report);
    selected = selected.filter((environment) =>
      valuesOf(environment, dimension).some((value) => listOf(values).some((text) => matchesWildcard(text, value))),
    );
  }
  return selected.map((environment) => environment.name);
}

/** Environments by names and patterns. */
export function selectByNames(
  patterns: readonly string[],
  known: LoadedEnvironments,
  placeOf: PlaceOf,
  report: (found: Problem) => void,
): readonly string[] {
  const selected = new Set<string>();
  for (const [index, pattern] of patterns.entries()) {
    checkReference('environment', pattern, known.names, known.isComplete, placeOf(index), report);
    for (const { name } of known.environments) if (matchesWildcard(pattern, name)) selected.add(name);
  }
  return known.environments.filter(({ name }) => selected.has(name)).map(({ name }) => name);
}

/** Reports a name that does not exist (LW1006) or a pattern that matches nothing (LW1009). */
export function checkReference(
  kind: string,
  pattern: string,
  names: Iterable<string>,
  isComplete: boolean,
  place: Place | undefined,
  report: (found: Problem) => void,
): void {
  const known = [...names];
  if (!isComplete || known.some((name) => matchesWildcard(pattern, name))) return;
  const nearest = suggest(pattern, known);
  const allowed = listNames(known);
  if (pattern.includes('*')) report(problem('LW1009', { kind, selector: `"${pattern}"`, nearest, allowed }, place));
  else report(problem('LW1006', { kind, name: pattern, nearest, allowed }, place));
}

function valuesOf(environment: Environment, dimension: string): readonly string[] {
  const value = environment.dimensions[dimension as keyof Environment['dimensions']];
  return value === undefined ? [] : listOf(value);
}

function checkDimension(
  dimension: string,
  wanted: readonly string[],
  known: LoadedEnvironments,
  place: Place,
  report: (found: Problem) => void,
): void {
  if (!known.isComplete) return;
  const values = [...new Set(known.environments.flatMap((environment) => valuesOf(environment, dimension)))];
  for (const text of wanted) {
    if (values.some((value) => matchesWildcard(text, value))) continue;
    const words = { kind: 'environment', selector: `${dimension} "${text}"`, nearest: suggest(text, values) };
    report(problem('LW1009', { ...words, allowed: listNames(values) }, place));
  }
}
