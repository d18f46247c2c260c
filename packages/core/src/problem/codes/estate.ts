import type { ProblemEntry } from '../registry.ts';

/** Problems of the estate: leeway.yaml and the files beside it. */
export const estateProblems = {} as const satisfies Record<string, ProblemEntry>;
