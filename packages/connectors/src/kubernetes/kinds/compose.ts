import type { Noise, PathPattern } from '@leeway/core';

/** The same rules for a part that stands at `prefix` of a larger object, e.g. a pod template under `/spec/template`. */
export function under(prefix: PathPattern, noise: Noise): Noise {
  return mapPatterns(noise, (pattern) => prefix + pattern);
}

/** Several sets of rules as one. Rules of one kind at one place: the last one counts. */
export function merge(...parts: readonly Noise[]): Noise {
  const lists = (pick: (noise: Noise) => readonly PathPattern[] | undefined) =>
    parts.flatMap((noise) => pick(noise) ?? []);
  return {
    identity: Object.assign({}, ...parts.map((noise) => noise.identity)),
    defaults: Object.assign({}, ...parts.map((noise) => noise.defaults)),
    quantity: Object.assign({}, ...parts.map((noise) => noise.quantity)),
    unordered: lists((noise) => noise.unordered),
    computed: lists((noise) => noise.computed),
    empty: lists((noise) => noise.empty),
    instance: lists((noise) => noise.instance),
    assigned: lists((noise) => noise.assigned),
    zero: lists((noise) => noise.zero),
    secret: lists((noise) => noise.secret),
  };
}

/**
 * A list that the API server treats as a map: items named by `fields`, order without meaning, an empty list the same as
 * none (`x-kubernetes-list-type: map`).
 */
export function mapList(pattern: PathPattern, ...fields: readonly string[]): Noise {
  return { identity: { [pattern]: fields }, unordered: [pattern], empty: [pattern] };
}

/** Lists of plain values or rules whose order carries no meaning; empty is the same as absent. */
export function sets(...patterns: readonly PathPattern[]): Noise {
  return { unordered: patterns, empty: patterns };
}

/** Fields that each cluster allots its own value where nobody names one. */
export function allotted(...patterns: readonly PathPattern[]): Noise {
  return { assigned: patterns, instance: patterns };
}

function mapPatterns(noise: Noise, move: (pattern: PathPattern) => PathPattern): Noise {
  const moveKeys = <T>(record: Readonly<Record<PathPattern, T>> | undefined) =>
    Object.fromEntries(Object.entries(record ?? {}).map(([pattern, value]) => [move(pattern), value]));
  return {
    identity: moveKeys(noise.identity),
    defaults: moveKeys(noise.defaults),
    quantity: moveKeys(noise.quantity),
    unordered: (noise.unordered ?? []).map(move),
    computed: (noise.computed ?? []).map(move),
    empty: (noise.empty ?? []).map(move),
    instance: (noise.instance ?? []).map(move),
    assigned: (noise.assigned ?? []).map(move),
    zero: (noise.zero ?? []).map(move),
    secret: (noise.secret ?? []).map(move),
  };
}
