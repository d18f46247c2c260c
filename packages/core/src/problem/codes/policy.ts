import type { ProblemEntry } from '../registry.ts';

/** Problems of policies: expressions, packs, bundles and their running. */
export const policyProblems = {
  LW5001: {
    title: 'Not a policy pack',
    message: '{what}',
    hint: 'A pack has "pack" and "policies"; see docs/policies.md for every field.',
    status: 422,
  },
  LW5002: {
    title: 'Faulty expression',
    message: 'The {field} of {code} is faulty: {reason}{near}{suggestion}',
    hint: 'Expressions are CEL; docs/policies.md lists variables and functions.',
    status: 422,
  },
  LW5003: {
    title: 'Policy code twice',
    message: 'The policy code {code} is used twice, first at {first}.',
    hint: 'Give each policy a code of its own: findings and exceptions refer to it.',
    status: 422,
  },
  LW5004: {
    title: 'Unknown pack',
    message: 'There is no built-in policy pack "{pack}"{suggestion}',
    hint: 'Built-in packs: {allowed}.',
    status: 422,
  },
  LW5005: {
    title: 'Parameters of an unknown policy',
    message: 'Parameters are given for the policy {code}, which is not in force{suggestion}',
    hint: 'Name a policy that "leeway policy list" shows.',
    status: 422,
  },
  LW5006: {
    title: 'Unknown parameter',
    message: 'The policy {code} has no parameter "{parameter}"{suggestion}',
    hint: 'Its parameters: {allowed}.',
    status: 422,
  },
  LW5007: {
    title: 'Parameter of the wrong type',
    message: 'The parameter "{parameter}" of policy {code} is {found}; its default is {expected}.',
    hint: "Give it a value of the default's type.",
    status: 422,
  },
  LW5008: {
    title: 'Unreadable Rego bundle',
    message: 'The Rego bundle {file} cannot be used: {reason}.',
    hint: 'Build it again with "opa build -t wasm -e <entrypoint>".',
    status: 422,
  },
  LW5009: {
    title: 'Unknown Rego entrypoint',
    message: 'The Rego bundle {file} has no entrypoint "{entrypoint}".',
    hint: 'It was built with: {allowed}. Name one of them or build it with "-e {entrypoint}".',
    status: 422,
  },
  LW5010: {
    title: 'Unknown policy',
    message: 'No policy with tests has the code "{code}".',
    hint: '{suggestion}"leeway policy list" shows the policies in force.',
    status: 404,
  },
} as const satisfies Record<string, ProblemEntry>;
