import { compareFindings } from '@leeway/core';
import type { DayDelta, FindingChange, NumberedScan, ViewStore, ViewVersion } from '@leeway/store';
import { type Entry, entryOf, type Handled } from './entry.ts';

/** Scans of an environment that a page shows. */
const scansShown = 20;

/** What is known of the scans of an estate. */
export interface ScanFeed {
  /** When the newest one looked, ISO 8601 UTC; absent before the first. */
  readonly newestAt?: string;
  /** When each environment was first scanned. */
  readonly firstAt: ReadonlyMap<string, string>;
  /** The last ones of each environment, newest first. */
  readonly recent: ReadonlyMap<string, readonly NumberedScan[]>;
}

/** Everything open and silenced of an estate at one version. Never changed: a reader may hold it as long as it likes. */
export interface FindingIndex {
  /** Names what was recorded; equal ones hold the same. */
  readonly version: string;
  /** Worst first. */
  readonly entries: readonly Entry[];
  readonly byFingerprint: ReadonlyMap<string, Entry>;
  /** By how much open findings moved, by day (UTC). */
  readonly days: ReadonlyMap<string, readonly DayDelta[]>;
  readonly scans: ScanFeed;
}

export interface FindingIndexReader {
  /** The index, at least as new as everything that was acknowledged before the call. */
  read(): Promise<FindingIndex>;
}

interface Held {
  readonly index: FindingIndex;
  readonly version: ViewVersion;
  readonly handled: ReadonlyMap<string, Handled>;
}

/**
 * Keeps the index of an estate: loaded once, then only what moved. One statement asks whether anything did; callers that
 * come while it is under way share the next one, since the one under way may have looked before they wrote.
 */
export function createFindingIndex(views: ViewStore, estate: string): FindingIndexReader {
  let held: Held = nothingHeld;
  let running: Promise<FindingIndex> | undefined;
  let next: Promise<FindingIndex> | undefined;
  const look = async (): Promise<FindingIndex> => {
    const version = await views.version(estate);
    if (nameOf(version) !== held.index.version) held = await catchUp(views, estate, held, version);
    return held.index;
  };
  const start = (): Promise<FindingIndex> => {
    next = undefined;
    const looking = look().finally(() => {
      if (running === looking) running = undefined;
    });
    running = looking;
    return looking;
  };
  return {
    async read() {
      if (running === undefined) return start();
      next ??= running.then(start, start);
      return next;
    },
  };
}

function nameOf({ findings, handling, handlingEvents, scans, deployments }: ViewVersion): string {
  return [findings, handling, handlingEvents, scans, deployments].join('.');
}

const nothing: ViewVersion = { findings: 0, handling: 0, handlingEvents: 0, scans: 0, deployments: 0 };

const nothingHeld: Held = {
  index: {
    version: nameOf(nothing),
    entries: [],
    byFingerprint: new Map(),
    days: new Map(),
    scans: { firstAt: new Map(), recent: new Map() },
  },
  version: nothing,
  handled: new Map(),
};

/** Reads what moved since; asking for more than the version names is harmless, since it is then read again. */
async function catchUp(views: ViewStore, estate: string, held: Held, version: ViewVersion): Promise<Held> {
  const { findings, handling, scans } = held.version;
  const [open, silenced, decisions, days, scanned] = await Promise.all([
    findings === version.findings ? [] : views.openChanges(estate, findings),
    findings === version.findings ? [] : views.silencedChanges(estate, findings),
    handling === version.handling ? [] : views.handlingChanges(estate, handling),
    findings === version.findings ? [] : views.dayDeltas(estate, findings),
    scans === version.scans ? [] : views.scansAfter(estate, scans),
  ]);
  const handled = new Map(held.handled);
  for (const { fingerprint, assignee, snoozed_until, snooze_reason, snoozed_by } of decisions) {
    handled.set(fingerprint, {
      ...(assignee !== null && { assignee }),
      ...(snoozed_until !== null && { snoozedUntil: snoozed_until }),
      ...(snooze_reason !== null && { snoozeReason: snooze_reason }),
      ...(snoozed_by !== null && { snoozedBy: snoozed_by }),
    });
  }
  const changed = changedEntries(held, open, silenced, handled);
  for (const { fingerprint } of decisions) {
    const entry = changed.has(fingerprint) ? changed.get(fingerprint) : held.index.byFingerprint.get(fingerprint);
    if (entry) changed.set(fingerprint, withHandled(entry, handled.get(fingerprint)));
  }
  return {
    version,
    handled,
    index: {
      version: nameOf(version),
      ...replaceEntries(held.index, changed),
      days: addDays(held.index.days, days),
      scans: addScans(held.index.scans, scanned),
    },
  };
}

/** The entries that moved; undefined for those that are neither open nor silenced any more. */
function changedEntries(
  held: Held,
  open: readonly FindingChange[],
  silenced: readonly FindingChange[],
  handled: ReadonlyMap<string, Handled>,
): Map<string, Entry | undefined> {
  const changed = new Map<string, Entry | undefined>();
  for (const [changes, isSilenced] of [
    [open, false],
    [silenced, true],
  ] as const) {
    for (const { fingerprint, finding, firstSeen } of changes) {
      const before = changed.has(fingerprint) ? changed.get(fingerprint) : held.index.byFingerprint.get(fingerprint);
      if (finding) {
        const entry = entryOf(finding, { firstSeen, silenced: isSilenced });
        changed.set(fingerprint, withHandled(entry, handled.get(fingerprint)));
      } else if (!before || before.silenced === isSilenced) changed.set(fingerprint, undefined);
    }
  }
  return changed;
}

function withHandled({ handled: _, ...entry }: Entry, handled: Handled | undefined): Entry {
  return handled === undefined ? entry : { ...entry, handled };
}

/** Takes out what moved and merges it in again at its place: what did not move is not sorted anew. */
function replaceEntries(
  { entries, byFingerprint }: FindingIndex,
  changed: ReadonlyMap<string, Entry | undefined>,
): Pick<FindingIndex, 'entries' | 'byFingerprint'> {
  if (changed.size === 0) return { entries, byFingerprint };
  const stay = entries.filter(({ fingerprint }) => !changed.has(fingerprint));
  const come = [...changed.values()].filter((entry) => entry !== undefined).sort(compareFindings);
  const merged: Entry[] = [];
  let at = 0;
  for (const entry of stay) {
    for (let first = come[at]; first && compareFindings(first, entry) < 0; first = come[++at]) merged.push(first);
    merged.push(entry);
  }
  for (const entry of come.slice(at)) merged.push(entry);
  return { entries: merged, byFingerprint: new Map(merged.map((entry) => [entry.fingerprint, entry])) };
}

function addDays(held: FindingIndex['days'], added: readonly DayDelta[]): FindingIndex['days'] {
  if (added.length === 0) return held;
  const days = new Map(held);
  for (const [day, deltas] of Map.groupBy(added, (delta) => delta.day)) {
    days.set(day, [...(days.get(day) ?? []), ...deltas]);
  }
  return days;
}

function addScans(held: ScanFeed, added: readonly NumberedScan[]): ScanFeed {
  if (added.length === 0) return held;
  const firstAt = new Map(held.firstAt);
  const recent = new Map(held.recent);
  let { newestAt = '' } = held;
  for (const scan of added) {
    if (scan.at > newestAt) newestAt = scan.at;
    for (const environment of scan.environments) {
      if (scan.at < (firstAt.get(environment) ?? '9')) firstAt.set(environment, scan.at);
    }
  }
  // Newest first: the feed of two years is cut to what a page shows.
  for (const scan of added.toReversed().slice(0, scansLookedAt)) {
    for (const environment of scan.environments) {
      const known = recent.get(environment) ?? [];
      recent.set(environment, [...known, scan].sort((left, right) => right.seq - left.seq).slice(0, scansShown));
    }
  }
  return { newestAt, firstAt, recent };
}

/** Of the scans taken up at once, those looked through for the last ones of each environment. */
const scansLookedAt = 2000;
