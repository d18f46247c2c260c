import type { ProblemEntry } from '../registry.ts';

/** Problems of judging: approved differences and their selectors. */
export const judgeProblems = {} as const satisfies Record<string, ProblemEntry>;
