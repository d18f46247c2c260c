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
} as const satisfies Record<string, ProblemEntry>;
