import { type Finding, failed, ok, problem, type Result, type SnapshotHeader } from '@leeway/core';
import type { FindingStore, Report } from '@leeway/engine';
import { approveFinding } from '@leeway/engine/approve/approve.ts';
import type { ApprovalRequest, ApprovedRecord } from '@leeway/engine/approve/request.ts';
import { lastReport } from '@leeway/engine/report/last-report.ts';
import type { EstateRequest, Explanation, HistoryPage } from '../use-cases.ts';
import { openEstate } from './open-estate.ts';
import { checkNames, withStore } from './with-store.ts';

/** The open findings as last recorded. */
export function lastKnown(request: EstateRequest): Promise<Result<Report>> {
  return withStore(request, async ({ options }) => ok(await lastReport({ ...options, failOn: 'low' })));
}

/** Everything known of one finding. */
export function explainKnown(request: EstateRequest & { readonly finding: string }): Promise<Result<Explanation>> {
  return withStore(request, ({ store, opened }) => findFinding(store.findings, opened.estate.name, request.finding));
}

/** Fewer digits would fit too many findings. */
const shortestPrefix = 4;

async function findFinding(findings: FindingStore, estate: string, prefix: string): Promise<Result<Explanation>> {
  if (prefix.length < shortestPrefix) return failed(problem('LW7022', { finding: prefix, length: shortestPrefix }));
  const found = await findings.find(estate, prefix);
  switch (found.state) {
    case 'found': {
      const { finding, history, events } = found;
      return ok({ finding, history, events });
    }
    case 'ambiguous':
      return failed(problem('LW7007', { finding: prefix, candidates: found.candidates.join(', ') }));
    case 'none':
      return failed(problem('LW7006', { finding: prefix }));
  }
}

/** Writes an approved difference for a finding of the last scan. */
export function approveKnown(
  request: EstateRequest & { readonly finding: string; readonly approval: ApprovalRequest },
): Promise<Result<ApprovedRecord>> {
  return withStore(request, async ({ store, opened, options }) => {
    const found = await findFinding(store.findings, opened.estate.name, request.finding);
    if (!found.ok) return found;
    const finding: Finding = found.value.finding;
    const known = new Map(opened.estate.approved.map(({ id, place }) => [id, place.file ?? 'leeway.yaml'] as const));
    const written = await approveFinding({
      directory: request.directory,
      finding,
      request: request.approval,
      now: options.now,
      known,
    });
    if (!written.ok) return written;
    // `include:` may leave the file out; a record nobody reads would be worse than none.
    const reread = await openEstate(request);
    if (!reread.ok) return reread;
    const isRead = reread.value.estate.approved.some(({ id }) => id === written.value.id);
    return isRead ? written : failed(problem('LW7021', { file: written.value.file, id: written.value.id }));
  });
}

export function readHistory(
  request: EstateRequest & { readonly environment?: string; readonly since?: string; readonly limit: number },
): Promise<Result<HistoryPage>> {
  return withStore(request, async ({ store, opened }) => {
    const { environment, since, limit } = request;
    const filter = { ...(environment !== undefined && { environment }), ...(since !== undefined && { since }) };
    const [scans, events] = await Promise.all([
      store.findings.scans(opened.estate.name, limit),
      store.findings.events(opened.estate.name, filter, limit),
    ]);
    // An environment may be gone from the estate and still have a history; a name that has neither is a mistake.
    const named = environment === undefined ? {} : { environments: [environment] };
    const check = checkNames(named, opened);
    return check.ok || events.length > 0 ? ok({ scans, events }) : check;
  });
}

/** Readings that are kept, newest first. */
export function listSnapshots(
  request: EstateRequest & { readonly environment?: string; readonly limit: number },
): Promise<Result<readonly SnapshotHeader[]>> {
  return withStore(request, async ({ store, opened }) => {
    const { environment, limit } = request;
    const slot = { estate: opened.estate.name, ...(environment !== undefined && { environment }) };
    return ok(await store.snapshots.list(slot, limit));
  });
}
