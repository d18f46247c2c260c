import type { ProblemEntry } from '../registry.ts';

/** Problems of sources: what a connector met while reading a system. */
export const sourceProblems = {
  LW3001: {
    title: 'Unreachable',
    message: '{system} cannot be reached: {reason}.',
    hint: 'Check address, network and firewall, then run "leeway sources check".',
    status: 502,
  },
  LW3002: {
    title: 'Not signed in',
    message: '{system} refused the credentials.',
    hint: 'Check the credential the source names; it may have expired.',
    status: 502,
  },
  LW3003: {
    title: 'Denied',
    message: '{system} denied reading {what}.',
    hint: "Grant the permission named in the connector's page: {permission}.",
    status: 502,
  },
  LW3004: {
    title: 'Throttled',
    message: '{system} kept answering "too many requests" for {what}.',
    hint: "Lower the source's rate, or scan less often.",
    status: 502,
  },
  LW3005: {
    title: 'Timed out',
    message: '{system} did not finish answering for {what} within {seconds} s.',
    hint: "Raise the source's deadline, or check the system's health.",
    status: 504,
  },
  LW3006: {
    title: 'Unreadable answer',
    message: '{system} answered for {what} with something that cannot be read: {reason}.',
    hint: 'Check that the address points at the system itself, not at a proxy or sign-in page.',
    status: 502,
  },
  LW3007: {
    title: 'Server error',
    message: '{system} answered {status} for {what}.',
    hint: "Check the system's own log, then scan again.",
    status: 502,
  },
  LW3008: {
    title: 'Same identity twice',
    message: 'Two resources of kind {kind} have the key "{key}" after neutralising names.',
    hint: 'Give them names that differ in more than the environment, or narrow the tokens in leeway.yaml.',
    status: 422,
  },
  LW3009: {
    title: 'Optional package missing',
    message: 'Reading {system} needs the package {package}.',
    hint: 'Install it beside Leeway: npm install {package}',
    status: 422,
  },
  LW3010: { title: 'Cancelled', message: 'Reading {system} was cancelled.', hint: 'Run the scan again.', status: 499 },
  LW3011: {
    title: 'Stopped half-way',
    message: '{system} broke off while sending {what}.',
    hint: 'What was read is kept but counts as not checked; scan again.',
    status: 502,
  },
  LW3012: {
    title: 'Answer too large',
    message: '{system} sent more than {limit} bytes for {what}.',
    hint: 'Narrow what the source reads, or raise its limit.',
    status: 502,
  },
  LW3013: {
    title: 'Bug in a connector',
    message: 'The connector {connector} failed unexpectedly while reading {what}.',
    hint: 'Please report this with "leeway doctor"; the rest of the scan is not affected.',
    status: 500,
  },
  LW3041: {
    title: 'Not TLS',
    message: '{system} answers, but not in TLS: it may speak plain HTTP or another protocol at this port.',
    hint: 'Check the port, or name the protocol with starttls.',
    status: 502,
  },
  LW3042: {
    title: 'No switch to TLS',
    message: '{system} did not agree to switch to TLS ({protocol}).',
    hint: 'Check that STARTTLS is switched on at the server and that starttls names its protocol.',
    status: 502,
  },
} as const satisfies Record<string, ProblemEntry>;
