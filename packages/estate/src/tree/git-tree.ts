import { type FileTree, failed, nearest, ok, type Problem, ProblemError, problem, type Result } from '@leeway/core';
import { type GitAnswer, gitReason, runGit } from './git.ts';
import { GitBlobs } from './git-blobs.ts';
import { lastChangeInGit } from './git-log.ts';
import { compileGlobs } from './glob.ts';
import { defaultFileBytes, safePath } from './path.ts';

/** A tree that holds a process open while it is read. */
export interface GitTree extends FileTree {
  /** The commit's full id. */
  readonly commit: string;
  close(): void;
}

interface Blob {
  readonly id: string;
  readonly size: number;
}

/**
 * Files of a folder as they were at a revision: a commit, branch or tag. The folder may lie anywhere in its
 * repository; paths are relative to it. Links and submodules are not listed.
 * Problems: LW1020 (no git), LW1021 (no repository), LW1022 (no such revision), LW1023.
 */
export async function gitTree(folder: string, ref: string): Promise<Result<GitTree>> {
  const prefix = await runGit(folder, ['rev-parse', '--show-prefix']);
  if (prefix.problem) return failed(prefix.problem);
  if (prefix.code !== 0) return failed(repositoryProblem(prefix, folder, ref));
  const commit = await resolveCommit(folder, ref);
  if (!commit.ok) return commit;
  const inside = prefix.stdout.toString('utf8').trim().replace(/\/$/, '');
  const blobs = await listBlobs(folder, commit.value, inside);
  if (!blobs.ok) return blobs;
  return ok(treeOf(folder, ref, commit.value, blobs.value));
}

function repositoryProblem(answer: GitAnswer, folder: string, ref: string): Problem {
  const isOutside = answer.stderr.includes('not a git repository');
  return isOutside
    ? problem('LW1021', { folder, ref })
    : problem('LW1023', { what: 'open the repository', reason: gitReason(answer) });
}

async function resolveCommit(folder: string, ref: string): Promise<Result<string>> {
  const isSafe = ref !== '' && !ref.startsWith('-') && !/[\0\n]/.test(ref);
  const answer = isSafe
    ? await runGit(folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`])
    : undefined;
  const commit = answer?.stdout.toString('utf8').trim();
  if (answer?.code === 0 && commit) return ok(commit);
  const refs = await runGit(folder, [
    'for-each-ref',
    '--count=5000',
    '--format=%(refname:short)',
    'refs/heads',
    'refs/tags',
    'refs/remotes',
  ]);
  const known = refs.stdout.toString('utf8').split('\n').filter(Boolean);
  const found = nearest(ref, known);
  const suggestion = found ? `Did you mean "${found}"? ` : '';
  return failed(problem('LW1022', { ref: ref.replaceAll(/[\0\n]/g, '?'), nearest: suggestion }));
}

/** Regular files below a folder of a commit, by path relative to it. */
async function listBlobs(folder: string, commit: string, inside: string): Promise<Result<ReadonlyMap<string, Blob>>> {
  const answer = await runGit(folder, [
    'ls-tree',
    '-r',
    '-l',
    '-z',
    '--full-tree',
    inside ? `${commit}:${inside}` : commit,
  ]);
  const blobs = new Map<string, Blob>();
  // A folder that did not exist at that revision is an empty tree: what is looked for in it is then not found.
  if (answer.code !== 0 && inside) return ok(blobs);
  if (answer.code !== 0) return failed(problem('LW1023', { what: 'list files', reason: gitReason(answer) }));
  for (const line of answer.stdout.toString('utf8').split('\0')) {
    const [, id, size, path] = /^100\d{3} blob (\S+) +(\d+)\t([\s\S]+)$/.exec(line) ?? [];
    if (id && size && path) blobs.set(path, { id, size: Number(size) });
  }
  return ok(blobs);
}

function treeOf(folder: string, ref: string, commit: string, blobs: ReadonlyMap<string, Blob>): GitTree {
  const objects = new GitBlobs(folder);
  const lastChanges = new Map<string, ReturnType<NonNullable<FileTree['lastChange']>>>();
  return {
    revision: ref,
    commit,
    list: async (patterns) => [...blobs.keys()].filter(compileGlobs(patterns)).sort(),
    read: async (path, limit = defaultFileBytes) => {
      const blob = blobs.get(safePath(path));
      if (!blob) throw new ProblemError(problem('LW2001', { file: path }, { file: path }));
      if (blob.size > limit) throw new ProblemError(problem('LW2004', { size: blob.size, limit }, { file: path }));
      return await objects.read(blob.id);
    },
    lastChange: (path) => {
      const known = lastChanges.get(path) ?? lastChangeInGit(folder, path, { revision: commit });
      lastChanges.set(path, known);
      return known;
    },
    close: () => objects.close(),
  };
}
