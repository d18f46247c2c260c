import type { Dirent } from 'node:fs';
import { constants, type FileHandle, open, readdir, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { type FileTree, ProblemError, problem } from '@leeway/core';
import { lastChangeInGit } from './git-log.ts';
import { compileGlobs, literalFolder } from './glob.ts';
import { defaultFileBytes, safePath } from './path.ts';

/** Folders that never hold declarations and may be very large. */
const skippedFolders = new Set(['.git', 'node_modules', '.leeway', '.terraform']);
/** Files looked at for one listing. */
const mostFiles = 200_000;

/**
 * Files below a folder as they are now. Links are never followed: neither listed nor, where one stands anywhere in a
 * path, read. `lastChange` is the last commit, for files that are committed and unchanged.
 */
export function workingTree(root: string): FileTree {
  const lastChanges = new Map<string, ReturnType<NonNullable<FileTree['lastChange']>>>();
  return {
    revision: 'working tree',
    list: (patterns) => listFiles(root, patterns),
    read: async (path, limit = defaultFileBytes) => await readFile(root, safePath(path), limit),
    lastChange: (path) => {
      const known = lastChanges.get(path) ?? lastChangeInGit(root, path, { committedOnly: true });
      lastChanges.set(path, known);
      return known;
    },
  };
}

async function listFiles(root: string, patterns: readonly string[]): Promise<readonly string[]> {
  const matches = compileGlobs(patterns);
  const folders = new Set(patterns.map(literalFolder).filter((folder) => !folder.split('/').includes('..')));
  const found = new Set<string>();
  const budget = { left: mostFiles };
  for (const folder of outermost(folders)) {
    if (await isInside(root, folder)) await walk(root, folder, budget, (path) => matches(path) && found.add(path));
  }
  return [...found].sort();
}

/** Folders that lie in no other one of them. */
function outermost(folders: ReadonlySet<string>): readonly string[] {
  if (folders.has('')) return [''];
  return [...folders].filter((folder) => ![...folders].some((other) => folder.startsWith(`${other}/`)));
}

async function walk(
  root: string,
  folder: string,
  budget: { left: number },
  visit: (path: string) => void,
): Promise<void> {
  for (const entry of await readFolder(join(root, folder))) {
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    if (entry.isFile()) visit(path);
    if (--budget.left < 0) {
      const advice = 'name the folders that hold the files, as in deploy/**/*.yaml';
      throw new ProblemError(
        problem('LW1018', { what: 'Files below the estate', count: `over ${mostFiles}`, limit: mostFiles, advice }),
      );
    }
    if (entry.isDirectory() && !skippedFolders.has(entry.name)) await walk(root, path, budget, visit);
  }
}

async function readFolder(path: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (error) {
    if (isMissing(error)) return [];
    throw new ProblemError(problem('LW2002', { file: path, reason: reasonOf(error) }, { file: path }));
  }
}

async function readFile(root: string, path: string, limit: number): Promise<Uint8Array> {
  let file: FileHandle;
  try {
    // A link in the last name is refused by O_NOFOLLOW, one before it by comparing real paths; O_NONBLOCK keeps a
    // named pipe from hanging the read.
    if (!(await isInside(root, path))) throw new ProblemError(problem('LW1019', { path }, { file: path }));
    file = await open(join(root, path), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    if (isMissing(error)) throw new ProblemError(problem('LW2001', { file: path }, { file: path }));
    throw new ProblemError(problem('LW2002', { file: path, reason: reasonOf(error) }, { file: path }));
  }
  try {
    return await readAll(file, path, limit);
  } finally {
    await file.close();
  }
}

async function readAll(file: FileHandle, path: string, limit: number): Promise<Uint8Array> {
  const found = await file.stat();
  if (!found.isFile())
    throw new ProblemError(problem('LW2002', { file: path, reason: 'it is not a regular file' }, { file: path }));
  if (found.size > limit) throw new ProblemError(problem('LW2004', { size: found.size, limit }, { file: path }));
  return await file.readFile();
}

/** True when a path leads through no link: its real path is where its names say. Missing files count as inside. */
async function isInside(root: string, path: string): Promise<boolean> {
  try {
    const expected = join(await realpath(root), ...path.split('/'));
    return (await realpath(join(root, path))) === expected.replace(new RegExp(`\\${sep}$`), '');
  } catch (error) {
    if (isMissing(error)) return true;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

/** The system's own word for it (`EACCES`), which names no path. */
function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
}
