import type { Dimensions } from '../estate.ts';

/** Usual ways to write a stage, by its first spelling. A stage that none of them lists has only its own. */
const stageSpellings: readonly (readonly string[])[] = [
  ['production', 'prod', 'prd'],
  ['staging', 'stage', 'stg'],
  ['acceptance', 'accept', 'acc', 'uat'],
  ['integration', 'int'],
  ['test', 'tst'],
  ['development', 'dev'],
];

/** Names an environment carries by nature: its own, its stage in the usual spellings, its region, unit and tenant. */
export function defaultTokens(name: string, dimensions: Dimensions): Readonly<Record<string, readonly string[]>> {
  const { stage, region, businessUnit, tenant } = dimensions;
  const spellings = stageSpellings.find((candidates) => candidates.includes(stage.toLowerCase())) ?? [];
  const stages = [...new Set([stage, ...spellings])];
  return {
    // A name such as `production` that is only the stage again would hide the better neutral name.
    ...(stages.includes(name) ? {} : { environment: [name] }),
    stage: stages,
    ...(region && { region: [region] }),
    ...(businessUnit && { businessUnit: [businessUnit] }),
    ...(tenant && { tenant: [tenant] }),
  };
}

const criticalities: Readonly<Record<string, number>> = {
  production: 1,
  staging: 2,
  acceptance: 2,
  integration: 3,
  test: 3,
  development: 4,
};

/** 1 for production to 4 for development; 3 for a stage of the estate's own. */
export function defaultCriticality(stage: string): number {
  const known = stageSpellings.find((candidates) => candidates.includes(stage.toLowerCase()))?.[0];
  return criticalities[known ?? ''] ?? 3;
}
