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
  LW8310: {
    title: 'Git took too long',
    message: '"git {what}" did not end within {seconds} seconds and was stopped.',
    hint: 'See whether the remote answers, and whether git asks for something when it is run by hand.',
    status: 504,
  },
  LW8311: {
    title: 'Estate is not under Git',
    message: 'The estate in {folder} has no commit, so nothing can be proposed to it.',
    hint: 'Run "git init", commit the estate, and try again; until then edit its files by hand.',
    status: 409,
  },
  LW8312: {
    title: 'Not a branch of Leeway',
    message: '"{branch}" is no branch that Leeway writes to.',
    hint: 'Leeway writes only to branches below "leeway/".',
    status: 400,
  },
  LW8313: {
    title: 'Branch moved',
    message: 'The branch {branch} is not where it was expected: somebody else wrote to it.',
    hint: 'Look at what changed, then try again.',
    status: 409,
  },
  LW8314: {
    title: 'Not a plain file',
    message: '{file} is a link or a module in the repository, so it is not written to.',
    hint: 'Name a file of the estate itself.',
    status: 422,
  },
  LW8315: {
    title: 'Not pushed',
    message: 'The remote {remote} did not take the branch: {reason}. Nothing was kept.',
    hint: 'Give the server a key that may push below "leeway/", or leave "remote" out of server.yaml.',
    status: 502,
  },
  LW8316: {
    title: 'No pull request',
    message: '{hosting} opened no pull request: {reason}. The branch was taken back.',
    hint: 'Check "hosting" in server.yaml and what its token may do.',
    status: 502,
  },
  LW8317: {
    title: 'Decided already',
    message: 'The request was {state} by {by}.',
    hint: 'Ask again where it should be otherwise.',
    status: 409,
  },
  LW8318: {
    title: 'Request out of date',
    message: 'What the request {id} is about has changed since: {what}.',
    hint: 'Decline or withdraw it and ask again for what is there now.',
    status: 409,
  },
  LW8319: {
    title: 'Nobody decides their own request',
    message: '{name} asked for this, owns it, or acts for who did, and so may not decide it.',
    hint: 'Let somebody else who may decide look at it.',
    status: 403,
  },
  LW8320: {
    title: 'Not theirs to take back',
    message: 'Only {requester} may withdraw this request.',
    hint: 'Decline it instead, with a reason.',
    status: 403,
  },
  LW8321: {
    title: 'Not written to Git',
    message: 'Leeway does not write this change: {reason}.',
    hint: 'Edit the declared file by hand, or ask for the difference to be approved.',
    status: 422,
  },
  LW8322: {
    title: 'Declared value not found',
    message: '{file} does not say what was expected at {path}.',
    hint: 'Scan again: the file may have changed, or the value is made elsewhere. Edit it by hand where that stays so.',
    status: 409,
  },
  LW8323: {
    title: 'Secret is not written',
    message: 'The value is a secret, of which Leeway knows only a digest.',
    hint: 'Change the secret where it is kept, then scan again.',
    status: 422,
  },
  LW8324: {
    title: 'Change differs from its preview',
    message: 'The estate moved since the revision {revision}, and the change is not the one that was shown.',
    hint: 'Look at the preview again, then propose it.',
    status: 409,
  },
} as const satisfies Record<string, ProblemEntry>;
