import type { ProblemEntry } from '../registry.ts';

/** Problems of policies: expressions, packs, bundles and their running. */
export const policyProblems = {} as const satisfies Record<string, ProblemEntry>;
