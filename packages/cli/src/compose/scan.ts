import type { Result } from '@leeway/core';
import type { Report } from '@leeway/engine';
import { scanEstate } from '@leeway/engine/scan/scan.ts';
import { checkSources, type SourceCheck } from '@leeway/engine/sources/check-sources.ts';
import { openStore } from '@leeway/store';
import type { EstateRequest, ScanRequest } from '../use-cases.ts';
import { failedReport } from './failed-report.ts';
import { openEstate, scanOptions } from './open-estate.ts';
import { checkNames, withStore } from './with-store.ts';

/** Reads the estate and judges it; trouble before anything was read is a report with problems. */
export async function scanAll(request: ScanRequest): Promise<Report> {
  const result = await withStore(request, async ({ opened, options }) => {
    const named = checkNames(request, opened);
    if (!named.ok) return named;
    const { environments, sources, concurrency, strict, failOn, progress } = request;
    const scope = {
      ...(environments && { environments }),
      ...(sources && { sources }),
      ...(concurrency !== undefined && { concurrency }),
    };
    return { ok: true, value: await scanEstate({ ...options, ...scope, strict, failOn, progress }) };
  });
  return result.ok ? result.value : failedReport(request, result.problems, 'scan');
}

/** Says what may be read of every source. Opens no store: asking must work while a scan runs. */
export async function checkAll(
  request: EstateRequest & { readonly environments?: readonly string[]; readonly sources?: readonly string[] },
): Promise<Result<readonly SourceCheck[]>> {
  const opened = await openEstate(request);
  if (!opened.ok) return opened;
  const named = checkNames(request, opened.value);
  if (!named.ok) return named;
  const store = await openStore({ kind: 'memory' });
  if (!store.ok) return store;
  const options = await scanOptions(request, opened.value, store.value);
  if (!options.ok) return options;
  const { environments, sources } = request;
  const scope = { ...(environments && { environments }), ...(sources && { sources }) };
  return { ok: true, value: await checkSources({ ...options.value, ...scope, failOn: 'none' }) };
}
