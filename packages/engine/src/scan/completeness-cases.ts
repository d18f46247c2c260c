import type { CompletenessCase, EnvironmentFacts, Layer } from '@leeway/core';
import type { Planes } from './declared-cases.ts';
import type { PlaneReading } from './read-plane.ts';

/** The planes that were read of a source in an environment. */
export function groupPlanes(
  readings: readonly PlaneReading[],
): (environment: string, source: string) => Planes | undefined {
  const planes = new Map<string, Planes>();
  for (const { job, snapshot } of readings) {
    const id = `${job.environment.name}\n${job.source.id}`;
    planes.set(id, { ...planes.get(id), [job.plane]: snapshot });
  }
  return (environment, source) => planes.get(`${environment}\n${source}`);
}

/** What was not, or only partly, read. A reading that said nothing at all was not read either. */
export function completenessCases(
  { job, snapshot, connector }: PlaneReading,
  environment: EnvironmentFacts,
): readonly CompletenessCase[] {
  const { completeness } = snapshot.header;
  const records = completeness.length
    ? completeness
    : [{ kind: '*', state: 'failed', count: 0, problems: [] } as const];
  const layerOf = (kind: string): Layer =>
    connector?.kinds.find(({ name }) => name === kind)?.layer ?? connector?.kinds[0]?.layer ?? 'runtime';
  return mergeByProblem(records.filter(({ state }) => state !== 'complete')).map((record) => ({
    type: 'completeness',
    environment,
    source: job.source.id,
    plane: job.plane,
    layer: layerOf(record.kind),
    completeness: record,
  }));
}

/** One unreachable server is one case, not one for every kind it holds. */
function mergeByProblem(
  records: readonly CompletenessCase['completeness'][],
): readonly CompletenessCase['completeness'][] {
  const whole = records.find(({ kind }) => kind === '*');
  return whole
    ? [whole, ...records.filter((record) => record.problems.some((found) => !whole.problems.includes(found)))]
    : records;
}
