import type { ProblemEntry } from '../registry.ts';

/** Problems of the command line. */
export const cliProblems = {} as const satisfies Record<string, ProblemEntry>;
