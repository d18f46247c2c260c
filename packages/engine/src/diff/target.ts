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
  /** For a folder: some of its files, by which connectors are asked whether it is theirs. */
  readonly samples: readonly StandaloneTarget[];
}

const headBytes = 4096;
const sampledFiles = 12;

/** Opens a target. `cwd` is what relative paths are relative to. Problems: LW2001, LW2002. */
export async function openTarget(given: string, cwd: string): Promise<Result<OpenTarget>> {
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(given)) {
    return ok({ label: urlLabel(given), files: workingTree(cwd), target: { url: given }, samples: [] });
  }
  const path = resolve(cwd, given);
  try {
    const found = await stat(path);
    const files = workingTree(dirname(path));
    const name = basename(path);
    if (found.isFile()) return ok({ label: given, files, target: await fileTarget(files, name), samples: [] });
    const inside = (await files.list([`${name}/**`])).slice(0, sampledFiles);
    const samples = await Promise.all(inside.map((file) => fileTarget(files, file)));
    return ok({ label: given, files, target: { paths: [name] }, samples });
  } catch {
    return failed(problem('LW2001', { file: given }, { file: given }));
  }
}

/**
 * A URL as it may be shown: without password and query, which may hold one. A password with "/", "?" or "#" that was not
 * percent-encoded makes another URL, or none: the "@" behind the host gives it away, and all before it is left out.
 */
export function urlLabel(given: string): string {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const afterHost = url && url.pathname + url.search + url.hash;
  if (!url || afterHost?.includes('@')) return given.replace(/:\/\/.*@/s, '://').replace(/[?#].*$/s, '');
  return `${url.protocol}//${url.username ? `${url.username}@` : ''}${url.host}${url.pathname}`;
}

async function fileTarget(files: FileTree, path: string): Promise<StandaloneTarget> {
  const head = await readHead(files, path);
  return { paths: [path], ...(head !== undefined && { head }) };
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
