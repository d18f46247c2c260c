import {
  type Finding,
  type FindingGroup,
  type FindingHistory,
  formatPlace,
  type Judgement,
  type Problem,
  severities,
} from '@leeway/core';
import type { ApprovalReport, Report, SourceReport, Summary } from '../report.ts';
import type { FailOn, ScanOptions } from './options.ts';
import { inScope } from './read-estate.ts';
import type { PlaneReading } from './read-plane.ts';

interface ReportParts {
  readonly options: ScanOptions;
  readonly readings: readonly PlaneReading[];
  readonly judgement: Judgement;
  readonly groups: readonly FindingGroup[];
  readonly approvals: readonly ApprovalReport[];
  readonly problems: readonly Problem[];
}

export function assembleReport({ options, readings, judgement, groups, approvals, problems }: ReportParts): Report {
  const { estate, now, failOn } = options;
  const { environments } = inScope(options);
  const summary = summarize(readings, judgement, groups);
  return {
    schemaVersion: 1,
    mode: 'scan',
    estate: estate.name,
    revision: estate.revision,
    at: now.toISOString(),
    environments: environments.map(({ name, mirrors }) => ({ name, ...(mirrors && { mirrors }) })),
    sources: readings.map(sourceReport),
    findings: judgement.open,
    groups,
    approved: judgement.approved,
    approvals,
    history: {},
    problems,
    warnings: [],
    summary,
    exitCode: exitCodeOf(judgement.open, problems, failOn, new Set()),
  };
}

/** Adds the history the store returned: which findings are new decides `--fail-on new`. */
export function assembleHistory(
  report: Report,
  history: Readonly<Record<string, FindingHistory>>,
  { failOn }: Pick<ScanOptions, 'failOn'>,
): Report {
  const fresh = new Set(
    report.findings.filter(({ fingerprint }) => history[fingerprint]?.isNew).map(({ fingerprint }) => fingerprint),
  );
  return {
    ...report,
    history,
    summary: { ...report.summary, isNew: fresh.size },
    exitCode: exitCodeOf(report.findings, report.problems, failOn, fresh),
  };
}

function sourceReport({ job, snapshot, milliseconds }: PlaneReading): SourceReport {
  const { takenAt, count, completeness } = snapshot.header;
  return {
    source: job.source.id,
    environment: job.environment.name,
    plane: job.plane,
    connector: job.settings.connector,
    takenAt,
    count,
    completeness,
    milliseconds,
  };
}

function summarize(
  readings: readonly PlaneReading[],
  { open, approved }: Judgement,
  groups: readonly FindingGroup[],
): Summary {
  return {
    resources: readings.reduce((sum, { snapshot }) => sum + snapshot.header.count, 0),
    findings: open.length,
    groups: groups.length,
    isNew: 0,
    approved: approved.length,
    byVerdict: countBy(open, ({ verdict }) => verdict),
    bySeverity: countBy(open, ({ severity }) => severity),
  };
}

function countBy<K extends string>(
  findings: readonly Finding[],
  keyOf: (finding: Finding) => K,
): Partial<Record<K, number>> {
  const counts: Partial<Record<K, number>> = {};
  for (const finding of findings) counts[keyOf(finding)] = (counts[keyOf(finding)] ?? 0) + 1;
  return counts;
}

const unchecked: ReadonlySet<string> = new Set(['not-checked', 'stale']);

/**
 * 1 error in use or configuration, else 2 drift at or above the threshold, else 3 something was not checked, else 0.
 * What is pending is not drift, whatever its severity.
 */
export function exitCodeOf(
  findings: readonly Finding[],
  problems: readonly Problem[],
  failOn: FailOn,
  fresh: ReadonlySet<string>,
): 0 | 1 | 2 | 3 {
  if (problems.length > 0) return 1;
  const counts = findings.filter(({ verdict }) => !unchecked.has(verdict) && verdict !== 'pending');
  if (counts.some((finding) => reaches(finding, failOn, fresh))) return 2;
  return findings.some(({ verdict }) => unchecked.has(verdict)) ? 3 : 0;
}

function reaches(finding: Finding, failOn: FailOn, fresh: ReadonlySet<string>): boolean {
  if (failOn === 'none') return false;
  if (failOn === 'new') return fresh.has(finding.fingerprint);
  return severities.indexOf(finding.severity) >= severities.indexOf(failOn);
}

/** State of every approved difference, soonest expiry first. */
export function approvalReports(findings: readonly Finding[], { estate, now }: ScanOptions): readonly ApprovalReport[] {
  const warning = estate.expiryWarningDays * 86_400_000;
  const reports = estate.approved.map((record) => {
    const bearing = findings.filter(({ approval }) => approval?.id === record.id);
    const left = record.expiresAt - now.getTime();
    const state =
      left <= 0
        ? 'expired'
        : bearing.some(({ approval }) => approval?.state === 'broken')
          ? 'broken'
          : left < warning
            ? 'expiring'
            : 'active';
    return {
      id: record.id,
      state,
      category: record.category,
      owner: record.owner,
      expires: record.expires,
      silences: bearing.filter(({ approval }) => approval?.state === 'holds').length,
      place: formatPlace(record.place),
    } as const;
  });
  const at = new Map(estate.approved.map(({ id, expiresAt }) => [id, expiresAt] as const));
  return reports.sort(
    (left, right) => (at.get(left.id) ?? 0) - (at.get(right.id) ?? 0) || (left.id < right.id ? -1 : 1),
  );
}
