import { stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import type { StandaloneTarget } from '@leeway/connector-kit';
import { type FileTree, failed, ok, problem, type Result } from '@leeway/core';
import { workingTree } from '@leeway/estate';

/** A file, folder or URL that `leeway diff` was given, opened so far that connectors can be asked whether it is theirs. */
export interface OpenTarget {
  /** As it was given, without a password. */
  readonly label: string;
  readonly files: FileTree;
  readonly target: StandaloneTarget;
}

const headBytes = 4096;

/** Opens a target. `cwd` is what relative paths are relative to. Problems: LW2001, LW2002. */
export async function openTarget(given: string, cwd: string): Promise<Result<OpenTarget>> {
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(given)) {
    return ok({ label: urlLabel(given), files: workingTree(cwd), target: { url: given } });
  }
  const path = resolve(cwd, given);
  try {
    const found = await stat(path);
    const files = workingTree(dirname(path));
    const name = basename(path);
    const head = found.isFile() ? await readHead(files, name) : undefined;
    return ok({ label: given, files, target: { paths: [name], ...(head !== undefined && { head }) } });
  } catch {
    return failed(problem('LW2001', { file: given }, { file: given }));
  }
}

/** A URL as it may be shown: without password and query, which may hold one. */
function urlLabel(given: string): string {
  try {
    const url = new URL(given);
    return `${url.protocol}//${url.username ? `${url.username}@` : ''}${url.host}${url.pathname}`;
  } catch {
    return given.replace(/\/\/[^/]*@/, '//').replace(/\?.*$/s, '');
  }
}

/** The beginning of a file as text; whatever is not text becomes a replacement character. */
async function readHead(files: FileTree, path: string): Promise<string | undefined> {
  try {
    const bytes = await files.read(path);
    return new TextDecoder().decode(bytes.subarray(0, headBytes));
  } catch {
    return undefined;
  }
}
