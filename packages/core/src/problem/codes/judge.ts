import type { ProblemEntry } from '../registry.ts';

/** Problems of judging: approved differences and their selectors. */
export const judgeProblems = {
  LW4001: {
    title: 'Approved difference matches nothing',
    message: 'The approved difference {id} matches no resource: {selector}.',
    hint: 'Correct its match, or remove the record if the resource is gone. {nearest}',
    status: 422,
  },
  LW4002: {
    title: 'Approved difference names a field that does not exist',
    message: 'The approved difference {id} names {path}, which no resource it matches has.',
    hint: 'Correct the path. {nearest}',
    status: 422,
  },
  LW4003: {
    title: 'Approved difference matches everything',
    message: 'The approved difference {id} would allow any difference anywhere.',
    hint: 'Name a kind, a key or a path; an approval is for one difference.',
    status: 422,
  },
} as const satisfies Record<string, ProblemEntry>;
