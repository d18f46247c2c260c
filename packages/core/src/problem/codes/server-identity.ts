import type { ProblemEntry } from '../registry.ts';

/** Problems of signing in, tokens and the audit log: LW81xx. */
export const serverIdentityProblems = {
  LW8101: {
    title: 'Server not set up',
    message: 'The server waits for its first administrator; nothing is open before.',
    hint: 'Open the one-time link that "leeway serve" printed; starting it again prints a new one.',
    status: 401,
  },
  LW8102: {
    title: 'Link does not hold',
    message: 'The one-time link was used, has expired, or is none of this server.',
    hint: 'Start the server again: while there is no administrator, it prints a new one.',
    status: 403,
  },
  LW8103: {
    title: 'Sign-in refused',
    message: 'Name and password are not those of an account that may sign in here.',
    hint: 'Check both; an administrator can make a new account under Settings.',
    status: 401,
  },
  LW8104: {
    title: 'Not without a public address',
    message: 'The server would listen at {host}, beyond this machine, {reason}.',
    hint: 'Give the https address people use with --public-url or LEEWAY_PUBLIC_URL, or listen on 127.0.0.1.',
    status: 400,
  },
  LW8105: {
    title: 'Public address not usable',
    message: 'The public address "{url}" is not usable: {reason}.',
    hint: 'Give scheme and host only, such as https://leeway.example.',
    status: 400,
  },
  LW8106: {
    title: 'Cannot listen',
    message: 'The server cannot listen at {host} port {port}: {reason}.',
    hint: 'Choose another port with --port; 0 takes a free one.',
    status: 500,
  },
  LW8107: {
    title: 'A server needs a store',
    message: 'Accounts, sessions and the audit log have to be kept somewhere.',
    hint: 'Leave --no-store out.',
    status: 400,
  },
  LW8108: {
    title: 'A token makes no tokens',
    message: 'Only somebody who signed in makes API tokens.',
    hint: 'Sign in and make it under Settings.',
    status: 403,
  },
  LW8109: {
    title: 'Name in use',
    message: 'There is a local account named "{name}" already.',
    hint: 'Choose another name; letters count the same in upper and lower case.',
    status: 409,
  },
  LW8110: {
    title: 'Audit log cannot be written',
    message: 'The audit log cannot be written: {reason}. What would not be in it is not done.',
    hint: 'Check the database; then call again.',
    status: 503,
  },
  LW8111: {
    title: 'Not one’s own account',
    message: 'Nobody ends the account they are signed in with.',
    hint: 'Ask another administrator.',
    status: 409,
  },
  LW8112: {
    title: 'Audit log was tampered with',
    message: 'The audit log does not hold at entry {seq}: {reason}.',
    hint: 'Keep the database as it is, compare with an earlier export, and find out who may write to it.',
    status: 500,
  },
  LW8113: {
    title: 'Not an export of the audit log',
    message: '{file} is not an export of the audit log: {reason}.',
    hint: 'Save one from Audit in the web application, or from /api/v1/audit/export.',
    status: 422,
  },
  LW8114: {
    title: 'Identity provider not reached',
    message: '{title} cannot be used to sign in: {reason}.',
    hint: 'Check issuer and client in server.yaml, and whether the server reaches the provider; then try again.',
    status: 502,
  },
  LW8115: {
    title: 'Sign-in not completed',
    message: 'The sign-in by {title} does not hold: {reason}.',
    hint: 'Begin again at the sign-in page; it has to be finished in the same browser within ten minutes.',
    status: 403,
  },
  LW8116: {
    title: 'No role',
    message: '{name} is in no group that may do anything here.',
    hint: 'Ask an administrator to name a group of yours under signIn.groups of server.yaml.',
    status: 403,
  },
  LW8117: {
    title: 'More than one’s own',
    message: '{name} may not make an account with the role {role} there: it could do more than they may themselves.',
    hint: 'Narrow it to environments and workloads of yours, or ask an administrator of the whole estate.',
    status: 403,
  },
} as const satisfies Record<string, ProblemEntry>;
