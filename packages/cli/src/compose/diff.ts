import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sealWith } from '@leeway/connector-kit';
import type { Result } from '@leeway/core';
import type { Report } from '@leeway/engine';
import { diffTargets } from '@leeway/engine/diff/diff-targets.ts';
import { openStore } from '@leeway/store/open.ts';
import type { DiffRequest } from '../use-cases.ts';
import { connectorDirectory } from './connectors.ts';
import { failedReport } from './failed-report.ts';

/** Compares two environments or snapshots of the estate, or any two files, folders or URLs without one. */
export async function diffAnything(request: DiffRequest): Promise<Report> {
  const named = mayBeNamed(request) && (await (await import('./diff-named.ts')).diffInEstate(request));
  const result = named || (await diffAlone(request));
  return result.ok ? result.value : failedReport(request, result.problems, 'diff');
}

/** Whether the sides can be names in an estate: then its code is loaded, and it says whether they are. */
function mayBeNamed({ left, right, directory, connector }: DiffRequest): boolean {
  if (connector !== undefined || [left, right].some((side) => side.includes('://'))) return false;
  return existsSync(join(directory, 'leeway.yaml'));
}

async function diffAlone(request: DiffRequest): Promise<Result<Report>> {
  const store = await openStore({ kind: 'memory' });
  if (!store.ok) return store;
  const { left, right, workingDirectory, connector, strict, failOn, progress, now, variable, signal } = request;
  return diffTargets(left, right, {
    cwd: workingDirectory,
    connectors: connectorDirectory,
    store: store.value,
    // Both sides are sealed in this process: a key for the run is all that equality needs.
    seal: sealWith(randomBytes(32)),
    now,
    variable,
    signal,
    strict,
    failOn,
    progress,
    ...(connector !== undefined && { connector }),
  });
}
