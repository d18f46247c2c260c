import { type Kind, layers, matchesWildcard, type Resource } from '@leeway/core';
import type { Connector, Reading } from '../connector.ts';
import { findKind } from '../kind-name.ts';

/** What is wrong with the order and naming of readings, in words; empty when all is well. */
export function readingFaults(connector: Connector, readings: readonly Reading[]): readonly string[] {
  const closed = new Set<string>();
  const isClosed = (kind: string) => [...closed].some((pattern) => matchesWildcard(pattern, kind));
  const orderFaults = readings.flatMap((reading) => {
    if (reading.type === 'resource') return resourceFaults(connector, reading.resource, isClosed);
    if (reading.type === 'notice') return [];
    const again = closed.has(reading.kind);
    closed.add(reading.kind);
    return again ? [`"complete" twice for ${reading.kind}`] : [];
  });
  return [...orderFaults, ...spoiltKinds(readings)];
}

function resourceFaults(connector: Connector, { kind, key }: Resource, isClosed: (kind: string) => boolean) {
  return [
    ...(findKind(connector.kinds, kind) ? [] : [`kind ${kind} is not declared`]),
    ...(isClosed(kind) ? [`${kind} ${key} comes after "complete"`] : []),
    ...(key === '' ? [`a ${kind} has an empty key`] : []),
  ];
}

/** Kinds that are called complete although a notice says they were not read. */
function spoiltKinds(readings: readonly Reading[]): readonly string[] {
  const complete = readings.flatMap((reading) => (reading.type === 'complete' ? [reading.kind] : []));
  return readings.flatMap((reading) => {
    if (reading.type !== 'notice') return [];
    const { kind } = reading;
    const spoilt =
      kind === undefined
        ? complete
        : complete.filter((done) => matchesWildcard(done, kind) || matchesWildcard(kind, done));
    return spoilt.map(
      (done) => `${done} is called complete in spite of ${reading.problem.code}: ${reading.problem.message}`,
    );
  });
}

const kindName = /^[A-Za-z*][\w.*/:-]*$/;

/** What is wrong with a kind's declaration. */
export function kindFaults(kind: Kind): readonly string[] {
  const { noise = {} } = kind;
  const patterns = [
    ...[noise.unordered, noise.computed, noise.empty, noise.instance, noise.assigned, noise.secret].flatMap(
      (list) => list ?? [],
    ),
    ...[noise.identity, noise.defaults, noise.quantity].flatMap((record) => Object.keys(record ?? {})),
    ...(kind.severity ?? []).map((rule) => rule.path),
  ];
  return [
    ...(kindName.test(kind.name) ? [] : [`${kind.name} is no name for a kind`]),
    ...(layers.includes(kind.layer) ? [] : [`${kind.name} is in no known layer`]),
    ...(kind.title.trim() === '' || kind.title.endsWith('.') ? [`${kind.name} has no proper title`] : []),
    ...(Number.isInteger(kind.version) && kind.version > 0 ? [] : [`${kind.name} has no version`]),
    ...patterns
      .filter((pattern) => pattern !== '' && !/^(?:\/[^/]+)+$/.test(pattern))
      .map((pattern) => `${kind.name} has a bad path pattern ${pattern}`),
  ];
}
