import type { Approval } from '../finding/finding.ts';
import type { Draft } from './draft.ts';

/** What to do next about a finding, one sentence. */
export function adviceOf(draft: Draft, approval: Approval | undefined): string {
  if (approval?.state === 'expired')
    return `Renew approved difference ${approval.id} with its owner ${approval.owner}, or end the difference.`;
  if (approval?.state === 'broken')
    return `Bring it back within approved difference ${approval.id}, or ask ${approval.owner} for a new one.`;
  const where = draft.expected.place ? ` (${draft.expected.place})` : '';
  switch (draft.verdict) {
    case 'drift':
      return `Revert it in ${draft.environment.name}, or bring it into Git${where}.`;
    case 'conflict':
      return `Decide which side is right before the next deployment${where}: it would overwrite the live change.`;
    case 'missing':
      return `Deploy it to ${draft.environment.name} again, or remove its declaration${where}.`;
    case 'unmanaged':
      return 'Declare it in Git, or remove it.';
    case 'parity':
      return `Make ${draft.environment.name} and ${draft.reference} alike, or approve the difference with a reason and an expiry.`;
    case 'policy':
      return draft.policy?.remediation ?? 'Change the resource so that it meets the policy.';
    case 'pending':
      return `Deploy the declared revision to ${draft.environment.name}.`;
    case 'not-checked':
      return draft.problem?.hint ?? 'Run "leeway sources check" to see what may be read.';
    case 'stale':
      return 'Scan this source again.';
    case 'expired':
      return 'Renew the record with a new expiry, or remove it.';
  }
}
