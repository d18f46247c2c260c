import { randomUUID } from 'node:crypto';
import {
  type Case,
  compareFindings,
  type ExpiredCase,
  type Finding,
  groupFindings,
  judge,
  noNeutralizer,
} from '@leeway/core';
import type { Report } from '../report.ts';
import { approvalReports, assembleHistory, assembleReport } from './assemble-report.ts';
import { buildCases } from './build-cases.ts';
import { checkApprovals } from './check-approvals.ts';
import { isComplete } from './completeness.ts';
import { judgeContext } from './judge-context.ts';
import type { ScanOptions } from './options.ts';
import { inScope, readEstate } from './read-estate.ts';
import type { PlaneReading } from './read-plane.ts';

/**
 * Reads the estate, compares every plane and every mirror, runs the policies, judges, records the outcome and returns the
 * report. Trouble with a system is in the report as `not-checked`; mistakes in the estate are its `problems`.
 */
export async function scanEstate(options: ScanOptions): Promise<Report> {
  const reading = await readEstate(options);
  const cases: Case[] = [];
  for await (const found of buildCases(reading.readings, options)) cases.push(found);
  const context = await judgeContext(options, reading.kinds);
  const judged = judge(cases, context);
  const all = [...judged.open, ...judged.approved];
  const used = new Set(all.flatMap(({ approval }) => approval?.id ?? []));
  const idle = judge(expiredCases(used, options), context);
  const judgement = { open: [...judged.open, ...idle.open].sort(compareFindings), approved: judged.approved };
  const problems = [
    ...reading.problems,
    ...(await checkApprovals(options.estate.approved, used, reading.readings, reading.kinds, options)),
  ];
  const report = assembleReport({
    options,
    readings: reading.readings,
    judgement,
    groups: groupFindings(judgement.open),
    approvals: approvalReports(all, options),
    problems,
  });
  return recordScan(report, reading.readings, options);
}

/** Records that expired and bear on nothing now. A scan of a part does not know: what they bear on may lie elsewhere. */
function expiredCases(used: ReadonlySet<string>, options: ScanOptions): readonly ExpiredCase[] {
  const { estate, now } = options;
  if (options.environments || options.sources) return [];
  const expired = estate.approved.filter(({ id, expiresAt }) => expiresAt <= now.getTime() && !used.has(id));
  const environment = { name: 'estate', criticality: 3, neutralizer: noNeutralizer };
  return expired.map((record) => ({ type: 'expired', environment, record }) as const);
}

/** Keeps findings over time; adds when each was first seen and whether it is new to the report. */
async function recordScan(report: Report, readings: readonly PlaneReading[], options: ScanOptions): Promise<Report> {
  const scope = inScope(options);
  const record = {
    // Two scans may share their instant: a scheduler starts them together, an example's clock stands still.
    id: `${report.at} ${randomUUID()}`,
    estate: options.estate.name,
    at: report.at,
    revision: report.revision,
    environments: scope.environments.map(({ name }) => name),
    sources: scope.sources.map(({ id }) => id),
    exitCode: report.exitCode,
  };
  const found = [...report.findings, ...report.approved];
  const history = await options.store.findings.record(record, found, (finding) => wasUnchecked(finding, readings));
  return assembleHistory(report, Object.fromEntries(history), options);
}

/** Whether a finding of an earlier scan lies where this one could not look: it then neither stays nor resolves. */
function wasUnchecked(finding: Finding, readings: readonly PlaneReading[]): boolean {
  const environments = [finding.environment, finding.reference];
  const concerned = readings.filter(
    ({ job }) => job.source.id === finding.source && environments.includes(job.environment.name),
  );
  return (
    finding.axis !== 'completeness' &&
    concerned.some(({ snapshot }) => !isComplete(snapshot.header.completeness, finding.kind))
  );
}
