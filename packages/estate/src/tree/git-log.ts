import type { FileTree } from '@leeway/core';
import { runGit } from './git.ts';
import { safePath } from './path.ts';

type LastChange = Awaited<ReturnType<NonNullable<FileTree['lastChange']>>>;

/**
 * The last commit that touched a file, seen from `revision` (HEAD by default); undefined where Git knows none. With
 * `committedOnly` also for a file whose content is not what was committed: its last change has no author yet.
 */
export async function lastChangeInGit(
  folder: string,
  path: string,
  options: { readonly revision?: string; readonly committedOnly?: boolean } = {},
): Promise<LastChange> {
  const file = safePath(path);
  if (options.committedOnly) {
    const status = await runGit(folder, ['status', '--porcelain', '-z', '--', file]);
    if (status.code !== 0 || status.stdout.length > 0) return undefined;
  }
  const format = '--format=%H%x00%an%x00%cI';
  const log = await runGit(folder, ['log', '-1', format, options.revision ?? 'HEAD', '--', file]);
  const [commit, actor, written] = log.stdout.toString('utf8').trim().split('\0');
  // Versions of git differ in how they write UTC.
  const at = written?.replace(/\+00:00$/, 'Z');
  return log.code === 0 && commit && actor && at ? { actor, at, commit } : undefined;
}
