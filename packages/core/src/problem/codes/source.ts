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
  LW3014: {
    title: 'Wrong source settings',
    message: 'The settings of source {source} do not fit: {field}: {reason}.',
    hint: "Compare them with the connector's page.",
    status: 422,
  },
  LW3015: {
    title: 'Unknown connector',
    message: 'There is no connector called "{connector}".',
    hint: 'Use one of: {allowed}.',
    status: 422,
  },
  LW3101: {
    title: 'SQL statement failed',
    message: 'The statement "{start}" failed: {reason}.',
    hint: 'Mend the statement at the place named; files are applied in the order the source lists them.',
    status: 422,
  },
  LW3102: {
    title: 'Meta-command of psql',
    message: 'The psql meta-command \\{command} is not SQL and cannot be applied.',
    hint: 'Keep to SQL in files that declare a schema; list included files in the source instead.',
    status: 422,
  },
  LW3103: {
    title: 'Runaway statement',
    message: 'The statement "{start}" did not end within {seconds} s and was stopped.',
    hint: 'Move data work out of the files that declare the schema, or raise statementSeconds of the source.',
    status: 422,
  },
  LW3104: {
    title: 'No SQL files',
    message: 'No SQL file fits {patterns}.',
    hint: 'Check the patterns of the source; paths are relative to the estate.',
    status: 422,
  },
  LW3105: {
    title: 'Server too old',
    message: '{system} is PostgreSQL {version}; Leeway reads 12 and later.',
    hint: 'Upgrade the server, or leave it out of the estate.',
    status: 422,
  },
  LW3106: {
    title: 'Extension not at hand',
    message:
      'The statement "{start}" failed: {reason}. The files ask for extensions that the in-process database lacks: {extensions}.',
    hint: 'Compare with a live reference database instead, or move what needs the extension to files of its own.',
    status: 422,
  },
  LW3051: {
    title: 'Namespace left out',
    message: '{count} declared objects stand in namespaces that this source leaves out: {namespaces}.',
    hint: 'Set excludeNamespaces to [] to compare them, or keep their manifests in a source of their own.',
    status: 422,
  },
  LW3052: {
    title: 'Encrypted Secret',
    message: 'The Secret {name} is encrypted in this file; its values cannot be compared.',
    hint: 'Render it decrypted for the scan (Leeway keeps digests only), or exclude it from the source.',
    status: 422,
  },
  LW3053: {
    title: 'Kustomize failed',
    message: 'Building {folder} with kubectl kustomize failed: {reason}.',
    hint: 'Run "kubectl kustomize" on the folder, or name rendered manifests instead.',
    status: 422,
  },
  LW3054: {
    title: 'Kubeconfig unusable',
    message: 'The kubeconfig cannot be used: {reason}.',
    hint: 'Check the settings kubeconfig and context against "kubectl config get-contexts".',
    status: 422,
  },
  LW3055: {
    title: 'Credential not set',
    message: 'The environment variable {variable}, which holds the credential for {system}, is not set.',
    hint: 'Set it where Leeway runs, or name another one.',
    status: 422,
  },
} as const satisfies Record<string, ProblemEntry>;
