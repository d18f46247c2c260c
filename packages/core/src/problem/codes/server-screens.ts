import type { ProblemEntry } from '../registry.ts';

/** Problems of what the screens show and do: LW83xx. */
export const serverScreenProblems = {
  LW8301: {
    title: 'Side not understood',
    message: '"{side}" is no side of a comparison: {reason}.',
    hint: 'Write "production-eu", "production-eu@2026-11-30T08:00:00Z", "production-eu@declared" or "production-eu@declared:<revision>".',
    status: 400,
  },
  LW8302: {
    title: 'Too different to list',
    message: '{left} and {right} differ in more than {limit} resources of the source {source}.',
    hint: 'Compare sides that have more in common, or leave that source out of one of the environments.',
    status: 422,
  },
  LW8303: {
    title: 'Cursor out of date',
    message: 'The cursor belongs to a list that has changed since.',
    hint: 'Ask for the first page again.',
    status: 409,
  },
  LW8304: {
    title: 'Snooze is over already',
    message: 'A finding cannot sleep until {until}: that is not ahead.',
    hint: 'Name a moment in the future.',
    status: 422,
  },
} as const satisfies Record<string, ProblemEntry>;
