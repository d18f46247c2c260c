import { compileNeutralizer, type EnvironmentFacts } from '@leeway/core';
import type { Environment } from '@leeway/estate';

/** What judging needs of an environment; its tokens compiled. */
export function environmentFacts(environment: Environment): EnvironmentFacts {
  return {
    name: environment.name,
    criticality: environment.criticality,
    neutralizer: compileNeutralizer(environment.tokens),
  };
}
