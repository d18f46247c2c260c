import { mkdir, readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, normalize, relative, resolve } from 'node:path';
import { describeConstraint, type Finding, failed, ok, ProblemError, problem, type Result } from '@leeway/core';
import { describeSystemError, isSystemError, replaceFile } from '../files/replace-file.ts';
import { appendRecord } from './append-record.ts';
import { buildRecord } from './build-record.ts';
import type { ApprovalRequest, ApprovedRecord } from './request.ts';

export interface ApproveOptions {
  /** Folder of leeway.yaml, absolute. */
  readonly directory: string;
  readonly finding: Finding;
  readonly request: ApprovalRequest;
  readonly now: Date;
  /** Ids of records that exist, with the file each stands in: an id is used once in an estate. */
  readonly known?: ReadonlyMap<string, string>;
}

/**
 * Writes one approved difference into the estate, and nothing else: the file is replaced as a whole or not at all.
 * Problems: those of {@link buildRecord} and {@link appendRecord}, LW7002, LW7016.
 */
export async function approveFinding({
  directory,
  finding,
  request,
  now,
  known,
}: ApproveOptions): Promise<Result<ApprovedRecord>> {
  const built = buildRecord(finding, request, now);
  if (!built.ok) return built;
  const elsewhere = known?.get(built.value.id);
  if (elsewhere !== undefined) return failed(problem('LW7012', { id: built.value.id, file: elsewhere }));
  const file = placeInside(directory, request.file ?? `approved/${built.value.entry.category}.yaml`);
  if (file === undefined) return failed(problem('LW7016', { file: request.file ?? '' }));
  const path = join(directory, file);
  const before = await readIfThere(path);
  const appended = appendRecord(before, built.value, file);
  if (!appended.ok) return appended;
  try {
    await mkdir(dirname(path), { recursive: true });
    await replaceFile(path, [appended.value.text]);
  } catch (error) {
    if (error instanceof ProblemError) return failed(error.problem);
    if (isSystemError(error)) return failed(problem('LW7002', { file, reason: describeSystemError(error) }));
    throw error;
  }
  const { id, entry } = built.value;
  const { line, record } = appended.value;
  return ok({ id, file, line, constraint: describeConstraint(entry.allow), expires: entry.expires, text: record });
}

/** The path relative to the estate with `/`, or undefined when it leads outside or names no YAML file. */
function placeInside(directory: string, file: string): string | undefined {
  const inside = relative(directory, resolve(directory, normalize(file)));
  if (inside.startsWith('..') || isAbsolute(inside) || !/\.ya?ml$/.test(inside)) return undefined;
  return inside.replaceAll('\\', '/');
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
