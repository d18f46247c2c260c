import type { ProblemEntry } from '../registry.ts';

/** Problems of the store: snapshots, findings and their history. */
export const storeProblems = {} as const satisfies Record<string, ProblemEntry>;
