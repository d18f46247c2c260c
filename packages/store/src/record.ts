import { type Finding, type FindingHistory, headlineText } from '@leeway/core';
import type { FindingEvent, ScanRecord } from '@leeway/engine';
import { textValue, timeValue } from './sql/values.ts';

/** What is known of a finding before a scan is recorded. Times are ISO 8601 UTC with milliseconds. */
export interface KnownFinding {
  readonly fingerprint: string;
  readonly environment: string;
  readonly source: string;
  readonly layer: string;
  readonly workload?: string;
  readonly verdict: string;
  readonly severity: string;
  readonly headline: string;
  readonly firstSeen: string;
  readonly lastSeen: string;
  readonly resolvedAt?: string;
  readonly reopened: number;
}

/** By how much a scan moved the number of open findings that share these fields. */
export interface OpenDelta extends Counted {
  readonly delta: number;
}

type Counted = Pick<KnownFinding, 'environment' | 'layer' | 'workload' | 'verdict' | 'severity'>;

export interface NewEvent extends FindingEvent {
  readonly fingerprint: string;
  readonly environment: string;
}

/** What recording a scan changes. Every finding given is in exactly one of `opened`, `seen` and `reopened`. */
export interface Recording {
  readonly opened: readonly Finding[];
  readonly seen: readonly Finding[];
  readonly reopened: readonly Finding[];
  readonly resolved: readonly string[];
  readonly events: readonly NewEvent[];
  readonly deltas: readonly OpenDelta[];
  readonly histories: ReadonlyMap<string, FindingHistory>;
}

/** Shortest beginning of a fingerprint that names one, and how many are listed where it names several. */
export const shortestPrefix = 4;
export const shownCandidates = 20;

/** Parts what is open from what an approved difference silences. */
export function partSilenced(findings: readonly Finding[]) {
  const isSilenced = ({ approval }: Finding) => approval?.state === 'holds';
  return { open: findings.filter((finding) => !isSilenced(finding)), silenced: findings.filter(isSilenced) };
}

/** The findings by fingerprint; of several with one fingerprint the first counts. */
export function byFingerprint(findings: readonly Finding[]): ReadonlyMap<string, Finding> {
  const unique = new Map<string, Finding>();
  for (const finding of findings) if (!unique.has(finding.fingerprint)) unique.set(finding.fingerprint, finding);
  return unique;
}

/** Open findings that the scan looked for and did not find. */
export function absentFindings(
  scan: ScanRecord,
  known: Iterable<KnownFinding>,
  given: ReadonlyMap<string, Finding>,
): readonly KnownFinding[] {
  const environments = new Set(scan.environments);
  const sources = new Set(scan.sources);
  return [...known].filter(
    (finding) =>
      finding.resolvedAt === undefined &&
      !given.has(finding.fingerprint) &&
      environments.has(finding.environment) &&
      sources.has(finding.source),
  );
}

/** Decides what a scan means for the findings known so far. `absent` are those it resolves. */
export function planRecording(
  scan: ScanRecord,
  known: ReadonlyMap<string, KnownFinding>,
  given: ReadonlyMap<string, Finding>,
  absent: readonly KnownFinding[],
): Recording {
  const at = timeValue(scan.at);
  const opened: Finding[] = [];
  const seen: Finding[] = [];
  const reopened: Finding[] = [];
  const events: NewEvent[] = [];
  const histories = new Map<string, FindingHistory>();
  for (const finding of given.values()) {
    const before = known.get(finding.fingerprint);
    const event = eventOf(before, finding);
    if (event) events.push({ at, scan: scan.id, event, ...shownOf(finding) });
    (before === undefined ? opened : before.resolvedAt === undefined ? seen : reopened).push(finding);
    histories.set(finding.fingerprint, historyOf(before, finding.fingerprint, at));
  }
  for (const before of absent) events.push({ at, scan: scan.id, event: 'resolved', ...shownBefore(before) });
  const resolved = absent.map((before) => before.fingerprint);
  return { opened, seen, reopened, resolved, events, deltas: openDeltas(known, given, absent), histories };
}

/** What is counted under other fields than before leaves the old ones and enters the new ones. */
function openDeltas(
  known: ReadonlyMap<string, KnownFinding>,
  given: ReadonlyMap<string, Finding>,
  absent: readonly KnownFinding[],
): readonly OpenDelta[] {
  const deltas = new Map<string, OpenDelta>();
  const add = ({ environment, layer, workload, verdict, severity }: Counted, delta: number) => {
    const key = JSON.stringify([environment, layer, workload, verdict, severity]);
    const fields = { environment, layer, verdict, severity, ...(workload !== undefined && { workload }) };
    deltas.set(key, { ...fields, delta: (deltas.get(key)?.delta ?? 0) + delta });
  };
  for (const finding of given.values()) {
    const before = known.get(finding.fingerprint);
    if (before && before.resolvedAt === undefined) add(before, -1);
    add(finding, 1);
  }
  for (const before of absent) add(before, -1);
  return [...deltas.values()].filter(({ delta }) => delta !== 0);
}

/** What happened to a finding that is there; undefined where it is the same as before. */
function eventOf(before: KnownFinding | undefined, finding: Finding): FindingEvent['event'] | undefined {
  if (!before) return 'seen';
  if (before.resolvedAt !== undefined) return 'reopened';
  const now = shownOf(finding);
  const isSame = before.verdict === now.verdict && before.severity === now.severity && before.headline === now.headline;
  return isSame ? undefined : 'changed';
}

function historyOf(before: KnownFinding | undefined, fingerprint: string, at: string): FindingHistory {
  if (!before) return { fingerprint, firstSeen: at, lastSeen: at, reopened: 0, isNew: true };
  const isBack = before.resolvedAt !== undefined;
  const reopened = before.reopened + (isBack ? 1 : 0);
  return { fingerprint, firstSeen: before.firstSeen, lastSeen: at, reopened, isNew: isBack };
}

/** The history as kept, outside of a scan: new is what the last scan that saw it saw for the first time, or again. */
export function storedHistory(known: KnownFinding, events: readonly FindingEvent[]): FindingHistory {
  const { fingerprint, firstSeen, lastSeen, resolvedAt, reopened } = known;
  const appeared = events.findLast(({ event }) => event === 'seen' || event === 'reopened')?.at;
  const isNew = resolvedAt === undefined && appeared === lastSeen;
  return { fingerprint, firstSeen, lastSeen, ...(resolvedAt !== undefined && { resolvedAt }), reopened, isNew };
}

type Shown = Pick<NewEvent, 'fingerprint' | 'environment' | 'verdict' | 'severity' | 'headline'>;

function shownOf(finding: Finding): Shown {
  const { fingerprint, environment, verdict, severity } = finding;
  return { fingerprint, environment, verdict, severity, headline: headlineOf(finding) };
}

function shownBefore({ fingerprint, environment, verdict, severity, headline }: KnownFinding): Shown {
  return { fingerprint, environment, verdict, severity, headline };
}

/** The headline as text PostgreSQL can hold. */
export function headlineOf(finding: Finding): string {
  return textValue(headlineText(finding.headline));
}
