import { type Finding, headlineText } from '@leeway/core';

/** What people decided about a finding. */
export interface Handled {
  readonly assignee?: string;
  readonly snoozedUntil?: string;
  readonly snoozeReason?: string;
  readonly snoozedBy?: string;
}

/** A finding as lists need it: without its two sides and its reasons, which a server does not hold for all of them. */
export interface Entry
  extends Pick<
    Finding,
    | 'fingerprint'
    | 'cause'
    | 'partOf'
    | 'verdict'
    | 'severity'
    | 'environment'
    | 'source'
    | 'layer'
    | 'kind'
    | 'key'
    | 'name'
    | 'path'
    | 'workload'
    | 'owner'
    | 'headline'
    | 'policy'
  > {
  /** Id of the approved difference that bears on it, and whether that silences it. */
  readonly approval?: string;
  readonly silenced: boolean;
  readonly firstSeen: string;
  readonly resolvedAt?: string;
  readonly handled?: Handled;
  /** Kind and key: what one resource is. */
  readonly resource: string;
  /** Sentence, name and path in lower case, for searching. */
  readonly text: string;
}

/** Keeps of a finding what lists need. */
export function entryOf(
  finding: Finding,
  rest: Pick<Entry, 'firstSeen' | 'silenced'> & Partial<Pick<Entry, 'handled' | 'resolvedAt'>>,
): Entry {
  const { fingerprint, cause, verdict, severity, environment, source, layer, kind, key, name, path } = finding;
  const { partOf, workload, owner, policy, approval, headline } = finding;
  return {
    ...{ fingerprint, cause, verdict, severity, environment, source, layer, kind, key, name, path, headline },
    ...(partOf !== undefined && { partOf }),
    ...(workload !== undefined && { workload }),
    ...(owner !== undefined && { owner }),
    ...(policy !== undefined && { policy }),
    ...(approval !== undefined && { approval: approval.id }),
    ...rest,
    resource: `${kind}\n${key}`,
    text: `${headlineText(headline)}\n${name}\n${path}`.toLowerCase(),
  };
}
