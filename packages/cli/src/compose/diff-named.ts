import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Result } from '@leeway/core';
import type { Report } from '@leeway/engine';
import { diffEnvironments } from '@leeway/engine/diff/diff-environments.ts';
import { diffSnapshots } from '@leeway/engine/diff/diff-snapshots.ts';
import type { DiffRequest } from '../use-cases.ts';
import { openEstate } from './open-estate.ts';
import { type StoreContext, withStore } from './with-store.ts';

const snapshotId = /^[0-9a-f]{32}$/;

/** Compares two environments or snapshots of the estate; undefined when the sides are files or folders beside it. */
export async function diffInEstate(request: DiffRequest): Promise<Result<Report> | undefined> {
  const sides = [request.left, request.right];
  const isPath = sides.some((side) => existsSync(resolve(request.workingDirectory, side)));
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
