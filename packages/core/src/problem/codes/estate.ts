import type { ProblemEntry } from '../registry.ts';

/** Problems of the estate: leeway.yaml and the files beside it. */
export const estateProblems = {
  LW1001: {
    title: 'No estate here',
    message: 'There is no leeway.yaml in {where}.',
    hint: 'Run "leeway init" to write a first one, or name its folder with --estate.',
    status: 404,
  },
  LW1002: {
    title: 'Unknown field',
    message: '"{field}" is not a field of {parent}.',
    hint: '{nearest}Fields here: {allowed}.',
    status: 422,
  },
  LW1003: {
    title: 'Wrong value',
    message: '"{field}" is {found}, but {expected} is expected.',
    hint: 'Write {example}.',
    status: 422,
  },
  LW1004: {
    title: 'Value not allowed',
    message: '"{field}" is {found}, which is not allowed here.',
    hint: '{nearest}Allowed: {allowed}.',
    status: 422,
  },
  LW1005: {
    title: 'Field missing',
    message: '{parent} has no "{field}".',
    hint: 'Add it. {description}',
    status: 422,
  },
  LW1006: {
    title: 'Unknown name',
    message: 'There is no {kind} "{name}".',
    hint: '{nearest}Known: {allowed}.',
    status: 422,
  },
  LW1007: {
    title: 'Defined twice',
    message: 'The {kind} "{name}" is defined twice, first at {first}.',
    hint: 'Keep one definition, or give one of them another name.',
    status: 422,
  },
  LW1008: {
    title: 'Mirrors in a circle',
    message: 'These environments mirror each other in a circle: {circle}.',
    hint: 'Take "mirrors" away from the one the others are held against, usually production.',
    status: 422,
  },
  LW1009: {
    title: 'Selects nothing',
    message: 'No {kind} matches {selector}.',
    hint: '{nearest}Known: {allowed}.',
    status: 422,
  },
  LW1010: {
    title: 'Date without time and zone',
    message: '"{text}" does not say at which time of day, or in which zone.',
    hint: 'Write for example {example}, or an offset: {withOffset}.',
    status: 422,
  },
  LW1011: {
    title: 'Not a moment',
    message: '"{text}" is not a moment in time: {reason}.',
    hint: 'Write it like 2026-12-31T23:59[Europe/Brussels] or 2026-12-31T22:59:00Z.',
    status: 422,
  },
  LW1012: {
    title: 'Unknown parameter',
    message: '{{parameter}} is not known {where}.',
    hint: '{nearest}Known: {allowed}. For braces that are no parameter write {{{parameter}}}.',
    status: 422,
  },
  LW1013: {
    title: 'Secret in the estate',
    message: '"{field}" holds a password or another secret in clear.',
    hint: 'Take it out of the file and its history, change it, and write {instead}.',
    status: 422,
  },
  LW1014: {
    title: 'Not one constraint',
    message: '"allow" has {count} constraints ({found}); an approved difference has exactly one.',
    hint: 'Keep one of: {allowed}.',
    status: 422,
  },
  LW1015: {
    title: 'Not a name',
    message: '"{name}" cannot be the name of {parent}.',
    hint: '{rule}',
    status: 422,
  },
  LW1016: {
    title: 'Source reads nothing',
    message: 'The source "{name}" has none of "declared", "applied" and "observed".',
    hint: 'Give it "declared" (what Git says) and "observed" (what is really there).',
    status: 422,
  },
  LW1017: {
    title: 'No environments',
    message: '{what}.',
    hint: 'Give at least one environment, for example: environments: {production: {stage: production}}',
    status: 422,
  },
  LW1018: {
    title: 'Too many',
    message: '{what}: {count}; at most {limit} are read.',
    hint: 'Narrow it: {advice}.',
    status: 422,
  },
  LW1019: {
    title: 'Path leaves the estate',
    message: 'The path "{path}" leads out of the estate.',
    hint: 'Use a path relative to the folder of leeway.yaml, without "..", that is not a link to elsewhere.',
    status: 422,
  },
  LW1020: {
    title: 'Git is missing',
    message: 'The program "git" was not found, so no revision can be read.',
    hint: 'Install Git, or read the working tree (without --ref).',
    status: 422,
  },
  LW1021: {
    title: 'Not under Git',
    message: 'The folder {folder} is not in a Git repository, so it has no revision "{ref}".',
    hint: 'Read the working tree (without --ref), or run this inside the repository.',
    status: 422,
  },
  LW1022: {
    title: 'Unknown revision',
    message: 'There is no commit, branch or tag "{ref}" in this repository.',
    hint: '{nearest}Fetch it first if it is only on the remote.',
    status: 404,
  },
  LW1023: {
    title: 'Git failed',
    message: 'Git could not {what}: {reason}.',
    hint: 'Run the same with git itself to see more; the repository may need "git fsck" or other owner settings.',
    status: 500,
  },
  LW1024: {
    title: 'List or map inside a text',
    message: 'The parameter {{parameter}} is {found} and cannot stand inside a text.',
    hint: 'Let it stand alone, as in "{{parameter}}", or give it a text or a number.',
    status: 422,
  },
} as const satisfies Record<string, ProblemEntry>;
