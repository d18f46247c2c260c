import { type Case, groupFindings, judge, type KindIndex, type Problem } from '@leeway/core';
import type { Report } from '../report.ts';
import { approvalReports, assembleReport } from '../scan/assemble-report.ts';
import { judgeContext } from '../scan/judge-context.ts';
import type { ScanOptions } from '../scan/options.ts';
import type { PlaneReading } from '../scan/read-plane.ts';

export interface DiffParts {
  readonly cases: readonly Case[];
  readonly kinds: KindIndex;
  readonly options: ScanOptions;
  /** None when stored snapshots were compared. */
  readonly readings: readonly PlaneReading[];
  readonly problems: readonly Problem[];
  /** Names of the two sides, the expected one first. */
  readonly sides: readonly [string, string];
}

/** Judges the cases of a comparison of two sides; approved differences hold as in a scan. */
export async function diffReport({ cases, kinds, options, readings, problems, sides }: DiffParts): Promise<Report> {
  const judgement = judge(cases, await judgeContext(options, kinds));
  const approvals = approvalReports([...judgement.open, ...judgement.approved], options);
  const groups = groupFindings(judgement.open);
  const report = assembleReport({ options, readings, judgement, groups, approvals, problems });
  return { ...report, mode: 'diff', environments: sides.map((name) => ({ name })) };
}
