import { listNames, type Place, type Problem, problem, suggest } from '@leeway/core';
import type { Environment } from '../estate.ts';

interface Placed {
  readonly placeOf: (...path: readonly string[]) => Place;
}

/** Every mirrored environment must exist (LW1006), and no chain of mirrors may close (LW1008). */
export function checkMirrors(
  environments: readonly Environment[],
  known: { readonly names: ReadonlySet<string>; readonly isComplete: boolean },
  written: ReadonlyMap<string, Placed>,
  report: (found: Problem) => void,
): void {
  const mirrors = new Map(environments.flatMap(({ name, mirrors }) => (mirrors ? [[name, mirrors]] : [])));
  const placeOf = (name: string) => written.get(name)?.placeOf('mirrors');
  const isInCircle = new Set<string>();
  for (const [name, reference] of mirrors) {
    if (!known.names.has(reference) && known.isComplete) {
      const words = { kind: 'environment', name: reference, nearest: suggest(reference, known.names) };
      report(problem('LW1006', { ...words, allowed: listNames([...known.names]) }, placeOf(name)));
    }
    const circle = isInCircle.has(name) ? undefined : circleFrom(name, mirrors);
    if (!circle) continue;
    for (const member of circle) isInCircle.add(member);
    report(problem('LW1008', { circle: [...circle, name].join(' → ') }, placeOf(name)));
  }
}

/** The chain of mirrors that leads from an environment back to itself, or undefined. */
function circleFrom(start: string, mirrors: ReadonlyMap<string, string>): readonly string[] | undefined {
  const chain = [start];
  const seen = new Set(chain);
  for (let next = mirrors.get(start); next !== undefined; next = mirrors.get(next)) {
    if (next === start) return chain;
    if (seen.has(next)) return undefined;
    seen.add(next);
    chain.push(next);
  }
  return undefined;
}
