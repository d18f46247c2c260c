import type { Finding, FindingHistory } from '@leeway/core';
import type { FindingEvent, ScanRecord } from '@leeway/engine';

interface Kept {
  finding: Finding;
  history: FindingHistory;
  events: (FindingEvent & { fingerprint: string; environment: string })[];
}

/** Findings over time, written for reading: one finding after the other, no batches, no tables. */
export class FindingModel {
  readonly #kept = new Map<string, Kept>();

  record(scan: ScanRecord, findings: readonly Finding[], unchecked: (finding: Finding) => boolean): FindingHistory[] {
    const present = new Set(findings.map((finding) => finding.fingerprint));
    const histories = findings.map((finding) => this.#see(scan, finding));
    for (const kept of this.#kept.values()) {
      const { finding, history } = kept;
      const isInScope = scan.environments.includes(finding.environment) && scan.sources.includes(finding.source);
      if (history.resolvedAt || present.has(finding.fingerprint) || !isInScope || unchecked(finding)) continue;
      kept.history = { ...history, resolvedAt: scan.at, isNew: false };
      this.#log(kept, scan, 'resolved');
    }
    return histories;
  }

  open(): Finding[] {
    const open = [...this.#kept.values()].filter(({ history }) => !history.resolvedAt);
    return open.map(({ finding }) => finding).sort((left, right) => (left.fingerprint < right.fingerprint ? -1 : 1));
  }

  all(): readonly Kept[] {
    return [...this.#kept.values()];
  }

  #see(scan: ScanRecord, finding: Finding): FindingHistory {
    const { fingerprint } = finding;
    const before = this.#kept.get(fingerprint);
    if (!before) {
      const history = { fingerprint, firstSeen: scan.at, lastSeen: scan.at, reopened: 0, isNew: true };
      const kept: Kept = { finding, history, events: [] };
      this.#kept.set(fingerprint, kept);
      this.#log(kept, scan, 'seen');
      return history;
    }
    const wasResolved = before.history.resolvedAt !== undefined;
    const hasChanged = before.finding.severity !== finding.severity;
    const { firstSeen, reopened } = before.history;
    before.finding = finding;
    before.history = {
      fingerprint,
      firstSeen,
      lastSeen: scan.at,
      reopened: reopened + (wasResolved ? 1 : 0),
      isNew: wasResolved,
    };
    if (wasResolved) this.#log(before, scan, 'reopened');
    else if (hasChanged) this.#log(before, scan, 'changed');
    return before.history;
  }

  #log(kept: Kept, scan: ScanRecord, event: FindingEvent['event']): void {
    const { fingerprint, environment, verdict, severity, headline } = kept.finding;
    const text = headline.map((part) => part.text).join('');
    kept.events.push({
      at: scan.at,
      scan: scan.id,
      event,
      verdict,
      severity,
      headline: text,
      fingerprint,
      environment,
    });
  }
}
