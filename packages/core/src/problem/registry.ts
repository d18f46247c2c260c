import { cliProblems } from './codes/cli.ts';
import { estateProblems } from './codes/estate.ts';
import { hostProblems } from './codes/host.ts';
import { inputProblems } from './codes/input.ts';
import { judgeProblems } from './codes/judge.ts';
import { policyProblems } from './codes/policy.ts';
import { serverProblems } from './codes/server.ts';
import { serverIdentityProblems } from './codes/server-identity.ts';
import { serverJobProblems } from './codes/server-jobs.ts';
import { serverScreenProblems } from './codes/server-screens.ts';
import { sourceProblems } from './codes/source.ts';
import { storeProblems } from './codes/store.ts';

/** What the registry knows of a code. `{name}` marks a value. `status` is the HTTP status an API answers with. */
export interface ProblemEntry {
  readonly title: string;
  readonly message: string;
  readonly hint: string;
  readonly status: number;
}

/**
 * Every coded problem. Ranges: LW1xxx estate, LW2xxx input (files and text), LW3xxx sources and connectors,
 * LW4xxx judging and approved differences, LW5xxx policies, LW6xxx store, LW7xxx command line, LW8xxx server.
 * `docs/errors.md` is generated from this table; a test holds them equal.
 */
export const problemRegistry = {
  ...estateProblems,
  ...inputProblems,
  ...sourceProblems,
  ...hostProblems,
  ...judgeProblems,
  ...policyProblems,
  ...storeProblems,
  ...cliProblems,
  ...serverProblems,
  ...serverIdentityProblems,
  ...serverJobProblems,
  ...serverScreenProblems,
} as const satisfies Record<string, ProblemEntry>;

export type ProblemCode = keyof typeof problemRegistry;
