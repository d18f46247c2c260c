import type { Finding } from '@leeway/core';
import type { FindingStore, ScanRecord } from '@leeway/engine';
import {
  absentFindings,
  byFingerprint,
  headlineOf,
  type KnownFinding,
  type NewEvent,
  partSilenced,
  planRecording,
  shortestPrefix,
  shownCandidates,
  storedHistory,
} from '../record.ts';
import { timeValue } from '../sql/values.ts';

/** Findings of one estate. */
interface Kept {
  readonly known: Map<string, KnownFinding>;
  readonly bodies: Map<string, Finding>;
  readonly events: NewEvent[];
  readonly scans: ScanRecord[];
}

/**
 * Findings in memory; what a scan means is decided by the same code as in the database. What is silenced is not kept: only
 * screens ask for it.
 */
export function memoryFindings(): FindingStore {
  const estates = new Map<string, Kept>();
  const keptOf = (estate: string): Kept => {
    const kept = estates.get(estate) ?? { known: new Map(), bodies: new Map(), events: [], scans: [] };
    estates.set(estate, kept);
    return kept;
  };
  return {
    async record(scan, findings, unchecked) {
      const kept = keptOf(scan.estate);
      const given = byFingerprint(partSilenced(findings).open);
      const absent = absentFindings(scan, kept.known.values(), given).filter(
        ({ fingerprint }) => !unchecked(kept.bodies.get(fingerprint) as Finding),
      );
      const { events, histories } = planRecording(scan, kept.known, given, absent);
      for (const [fingerprint, finding] of given) {
        kept.bodies.set(fingerprint, structuredClone(finding));
        kept.known.set(fingerprint, { ...seenNow(finding), ...pickTimes(histories.get(fingerprint)) });
      }
      for (const finding of absent) {
        kept.known.set(finding.fingerprint, { ...finding, resolvedAt: timeValue(scan.at) });
      }
      kept.events.push(...events);
      kept.scans.push({ ...scan, at: timeValue(scan.at) });
      return histories;
    },
    async open(estate) {
      const { known, bodies } = keptOf(estate);
      const open = [...known.values()].filter((finding) => finding.resolvedAt === undefined);
      return open.map(({ fingerprint }) => bodies.get(fingerprint) as Finding).sort(byFingerprintOrder);
    },
    find: async (estate, prefix) => find(keptOf(estate), prefix.toLowerCase()),
    scans: async (estate, limit) => newestFirst(keptOf(estate).scans).slice(0, limit),
    async events(estate, { environment, since }, limit) {
      const from = since === undefined ? undefined : timeValue(since);
      const wanted = newestFirst(keptOf(estate).events).filter(
        (event) =>
          (environment === undefined || event.environment === environment) && (from === undefined || event.at >= from),
      );
      return wanted.slice(0, limit);
    },
  };
}

function seenNow(finding: Finding) {
  const { fingerprint, environment, source, layer, workload, verdict, severity } = finding;
  const place = { environment, source, layer, ...(workload !== undefined && { workload }) };
  return { fingerprint, ...place, verdict, severity, headline: headlineOf(finding) };
}

function pickTimes(history: Pick<KnownFinding, 'firstSeen' | 'lastSeen' | 'reopened'> | undefined) {
  if (!history) throw new Error('Every finding given has a history');
  const { firstSeen, lastSeen, reopened } = history;
  return { firstSeen, lastSeen, reopened };
}

function byFingerprintOrder(left: Finding, right: Finding): number {
  return left.fingerprint < right.fingerprint ? -1 : 1;
}

/** By time, then by order of recording. */
function newestFirst<T extends { readonly at: string }>(items: readonly T[]): readonly T[] {
  return items.toReversed().sort((left, right) => (left.at < right.at ? 1 : left.at > right.at ? -1 : 0));
}

function find(kept: Kept, prefix: string): Awaited<ReturnType<FindingStore['find']>> {
  const isLong = prefix.length >= shortestPrefix;
  const matching = isLong ? [...kept.known.keys()].filter((fingerprint) => fingerprint.startsWith(prefix)).sort() : [];
  const [first, ...others] = matching;
  const known = first === undefined ? undefined : kept.known.get(first);
  if (!known) return { state: 'none' };
  if (others.length > 0 && first !== prefix)
    return { state: 'ambiguous', candidates: matching.slice(0, shownCandidates) };
  const events = kept.events
    .filter((event) => event.fingerprint === first)
    .map(({ at, scan, event, verdict, severity, headline }) => ({ at, scan, event, verdict, severity, headline }));
  const finding = kept.bodies.get(known.fingerprint) as Finding;
  return { state: 'found', finding, history: storedHistory(known, events), events };
}
