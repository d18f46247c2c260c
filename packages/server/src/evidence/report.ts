import { compareFindings, groupFindings } from '@leeway/core';
import type { Report } from '@leeway/engine';
import { lastReport } from '@leeway/engine/report/last-report.ts';
import { approvalReports, assembleReport } from '@leeway/engine/scan/assemble-report.ts';
import type { ServerContext } from '../context.ts';
import type { Principal } from '../identity/principal.ts';
import { visible } from '../identity/scope.ts';

/** Writes a report in one of the program's formats; handed in, for these belong to the command line. */
export type RenderEvidence = (report: Report, format: 'json' | 'csv' | 'html') => Iterable<string>;

type Parts = Pick<ServerContext, 'estate' | 'store' | 'views'>;

/**
 * What is known of the environments somebody sees, for an auditor: open findings, what approved differences silence, these
 * themselves, and how completely every source was read. Nothing is read anew.
 */
export async function evidenceReport(
  parts: Parts,
  principal: Principal,
  environments?: readonly string[],
): Promise<Report> {
  const { options } = parts.estate.current();
  const view = await parts.views.open(principal);
  const names = view.environments.map(({ name }) => name).filter((name) => environments?.includes(name) ?? true);
  const seen = (one: { readonly environment: string; readonly workload?: string | undefined }) =>
    names.includes(one.environment) &&
    visible(principal, { environment: one.environment, workload: one.workload }, 'evidence:read');
  const scan = { ...options, environments: names, failOn: 'none' } as const;
  const last = await lastReport(scan);
  const open = last.findings.filter(seen);
  const silenced = view.index.entries.filter((entry) => entry.silenced && seen(entry));
  const bodies = await parts.store.views.silenced(
    options.estate.name,
    silenced.map(({ fingerprint }) => fingerprint),
  );
  const approved = [...bodies.values()].sort(compareFindings);
  const report = assembleReport({
    options: scan,
    readings: [],
    judgement: { open, approved },
    groups: groupFindings(open),
    approvals: approvalReports([...open, ...approved], scan),
    problems: [],
  });
  const sources = last.sources.filter(({ environment }) => names.includes(environment));
  const resources = sources.reduce((sum, { count }) => sum + count, 0);
  return { ...report, sources, history: last.history, summary: { ...report.summary, resources } };
}
