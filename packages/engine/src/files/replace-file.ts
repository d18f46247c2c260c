import { randomBytes } from 'node:crypto';
import { link, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ProblemError, problem } from '@leeway/core';

/**
 * Writes a file wholly or not at all: into a neighbour first, then renamed over the old one. `exclusive` refuses to
 * replace a file that is there. Throws ProblemError LW7002 or LW7005; what stood there before is then untouched.
 */
export async function replaceFile(file: string, pieces: Iterable<string>, { exclusive = false } = {}): Promise<void> {
  const draft = join(dirname(file), `.${basename(file)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const handle = await open(draft, 'wx');
    try {
      for (const piece of pieces) await handle.write(piece);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (exclusive) {
      // link() fails where rename() would replace.
      await link(draft, file);
      await rm(draft);
    } else await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    if (!isSystemError(error)) throw error;
    if (exclusive && error.code === 'EEXIST') throw new ProblemError(problem('LW7005', { file }));
    throw new ProblemError(problem('LW7002', { file, reason: describeSystemError(error) }));
  }
}

export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && 'syscall' in error;
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'the folder does not exist',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOSPC: 'no space left on the device',
  EISDIR: 'it is a folder',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'a part of the path is not a folder',
};

/** Why a file operation failed, in words. */
export function describeSystemError(error: NodeJS.ErrnoException): string {
  return reasons[error.code ?? ''] ?? error.code ?? 'unknown error';
}
