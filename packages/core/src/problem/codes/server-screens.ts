import type { ProblemEntry } from '../registry.ts';

/** Problems of what the screens show and do: LW83xx. */
export const serverScreenProblems = {} as const satisfies Record<string, ProblemEntry>;
