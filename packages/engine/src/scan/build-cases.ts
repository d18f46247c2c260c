import type { Case, EnvironmentFacts } from '@leeway/core';
import type { Environment, Source } from '@leeway/estate';
import { completenessCases, groupPlanes } from './completeness-cases.ts';
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
