import type { ProblemEntry } from '../registry.ts';

/** Problems of signing in, tokens and the audit log: LW81xx. */
export const serverIdentityProblems = {} as const satisfies Record<string, ProblemEntry>;
