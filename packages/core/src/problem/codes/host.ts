import type { ProblemEntry } from '../registry.ts';

/** Problems of systems that are reached over SSH or through a program: hosts and backups. */
export const hostProblems = {
  LW3071: {
    title: 'Unknown host key',
    message: '{system} shows the host key {fingerprint}, which nothing vouches for.',
    hint: 'Check the key with the host\'s owner, then add it to the known_hosts file or as "fingerprint" of the host.',
    status: 502,
  },
  LW3072: {
    title: 'Other host key',
    message: '{system} shows the host key {fingerprint}; another one is known for it.',
    hint: 'Find out why it changed before you trust it: someone may be listening. Then replace the known key.',
    status: 502,
  },
  LW3073: {
    title: 'Private key unusable',
    message: 'The private key in {variable} cannot be used: {reason}.',
    hint: 'Put a whole key in OpenSSH or PEM form into the variable, and name its passphrase with passphraseFrom.',
    status: 422,
  },
  LW3074: {
    title: 'Command failed',
    message: 'The command for {what} failed on {system}: {reason}.',
    hint: 'Run it there by hand as the user that reads, then scan again.',
    status: 502,
  },
} as const satisfies Record<string, ProblemEntry>;
