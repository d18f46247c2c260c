import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { sealWith } from '@leeway/connector-kit';
import type { Result } from '@leeway/core';
import type { Report } from '@leeway/engine';
import { diffEnvironments } from '@leeway/engine/diff/diff-environments.ts';
import { diffSnapshots } from '@leeway/engine/diff/diff-snapshots.ts';
import { diffTargets } from '@leeway/engine/diff/diff-targets.ts';
import { openStore } from '@leeway/store';
import type { DiffRequest } from '../use-cases.ts';
import { connectorDirectory } from './connectors.ts';
import { openEstate } from './open-estate.ts';
import { failedReport, type StoreContext, withStore } from './with-store.ts';

/** Compares two environments or snapshots of the estate, or any two files, folders or URLs without one. */
export async function diffAnything(request: DiffRequest): Promise<Report> {
  const result = (await diffInEstate(request)) ?? (await diffAlone(request));
  return result.ok ? result.value : failedReport(request, result.problems, 'diff');
}

const snapshotId = /^[0-9a-f]{32}$/;

/** Undefined when there is no estate, or neither side is a name in it: then both are files or URLs. */
async function diffInEstate(request: DiffRequest): Promise<Result<Report> | undefined> {
  const { left, right, directory, workingDirectory, connector } = request;
  const sides = [left, right];
  if (connector !== undefined || sides.some((side) => side.includes('://'))) return undefined;
  if (!existsSync(join(directory, 'leeway.yaml'))) return undefined;
  const isPath = sides.some((side) => existsSync(resolve(workingDirectory, side)));
  if (isPath && !(await areEnvironments(sides, request))) return undefined;
  return withStore(request, (context) => diffNamed(request, context));
}

/** Folders are often called like the environments whose files they hold: the environment is meant, `./name` is the folder. */
async function areEnvironments(sides: readonly string[], request: DiffRequest): Promise<boolean> {
  const opened = await openEstate(request);
  return opened.ok && sides.every((side) => opened.value.estate.environments.some(({ name }) => name === side));
}

function diffNamed(
  { left, right, strict, failOn, progress }: DiffRequest,
  { options }: StoreContext,
): Promise<Result<Report>> {
  const scan = { ...options, strict, failOn, progress };
  if (snapshotId.test(left) && snapshotId.test(right)) return diffSnapshots(left, right, scan);
  return diffEnvironments(left, right, scan);
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
