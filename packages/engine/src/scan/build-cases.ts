import type { Case, CompletenessCase, EnvironmentFacts, Layer } from '@leeway/core';
import type { Environment, Source } from '@leeway/estate';
import { declaredCases, type Planes } from './declared-cases.ts';
import { environmentFacts } from './environment-facts.ts';
import type { ScanOptions } from './options.ts';
import { createPolicyEvaluation, type PolicyEvaluation } from './policy-cases.ts';
import { inScope } from './read-estate.ts';
import type { PlaneReading } from './read-plane.ts';
import { referenceCases } from './reference-cases.ts';

/** Every case of a scan, in the order of environments and sources. */
export async function* buildCases(readings: readonly PlaneReading[], options: ScanOptions): AsyncGenerator<Case> {
  const { environments, sources } = inScope(options);
  const builder = new CaseBuilder(readings, options);
  try {
    for (const environment of environments) {
      for (const source of sources) yield* builder.sourceCases(environment, source);
    }
  } finally {
    await builder.close();
  }
  for (const reading of readings) yield* completenessCases(reading, environmentFacts(reading.job.environment));
}

class CaseBuilder {
  readonly #options: ScanOptions;
  readonly #policies: PolicyEvaluation;
  readonly #facts: ReadonlyMap<string, EnvironmentFacts>;
  readonly #planesOf: (environment: string, source: string) => Planes | undefined;

  constructor(readings: readonly PlaneReading[], options: ScanOptions) {
    this.#options = options;
    this.#policies = createPolicyEvaluation(options);
    this.#facts = new Map(options.estate.environments.map((each) => [each.name, environmentFacts(each)] as const));
    this.#planesOf = groupPlanes(readings);
  }

  async *sourceCases(environment: Environment, source: Source): AsyncGenerator<Case> {
    const planes = this.#planesOf(environment.name, source.id);
    const own = this.#facts.get(environment.name);
    if (!planes || !own) return;
    yield* declaredCases(own, source, planes, this.#options.store);
    const reference = source.parity && environment.mirrors ? this.#facts.get(environment.mirrors) : undefined;
    const other = reference && this.#planesOf(reference.name, source.id);
    if (reference && other) yield* referenceCases(own, reference, source, planes, other, this.#options.store);
    const judged = planes.observed ?? planes.declared;
    if (judged) yield* this.#policies.cases(environment, own, source.id, judged);
  }

  close(): Promise<void> {
    return this.#policies.close();
  }
}

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
