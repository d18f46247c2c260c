import type { ProblemEntry } from '../registry.ts';

/** Problems of jobs, hooks and notifications: LW82xx. */
export const serverJobProblems = {} as const satisfies Record<string, ProblemEntry>;
