import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ProblemError, problem } from '@leeway/core';
import type { Report } from '@leeway/engine';
import type { ScanRequest } from '../use-cases.ts';
import { scanAll } from './scan.ts';

const exampleName = 'northwind-distribution';

/** In the package the example lies beside the program, in the repository in `examples/`. */
function findExample(): string {
  const candidates = [`../examples/${exampleName}`, `../../../../examples/${exampleName}`];
  const paths = candidates.map((candidate) => fileURLToPath(new URL(candidate, import.meta.url)));
  const found = paths.find((path) => existsSync(join(path, 'leeway.yaml')));
  if (found === undefined) throw new ProblemError(problem('LW7020', { path: paths[0] ?? '' }));
  return found;
}

/**
 * Scans the example estate. It is copied into the working folder first, so that it can be changed and scanned again; a
 * copy that is there stays as it is.
 */
export async function demoEstate(
  request: Omit<ScanRequest, 'directory'>,
): Promise<{ readonly report: Report; readonly directory: string }> {
  const directory = resolve(request.workingDirectory, 'leeway-demo');
  if (!existsSync(join(directory, 'leeway.yaml'))) await copyExample(findExample(), directory);
  return { report: await scanAll({ ...request, directory }), directory };
}

async function copyExample(from: string, directory: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  await cp(from, directory, { recursive: true, filter: (path) => !path.includes('/.leeway') });
  await rm(join(directory, '.leeway'), { recursive: true, force: true });
  await writeFile(join(directory, '.gitignore'), '.leeway/\n');
  await commitExample(directory);
}

const run = promisify(execFile);

/** What is decided in the web becomes a commit: the copy is a repository of its own, where there is a git to make one. */
async function commitExample(directory: string): Promise<void> {
  const git = (...args: string[]) => run('git', ['-C', directory, ...args], { timeout: 30_000 });
  const author = ['-c', 'user.name=Leeway', '-c', 'user.email=leeway@localhost', '-c', 'commit.gpgsign=false'];
  try {
    await git('init', '--quiet', '--initial-branch=main');
    await git('add', '--all');
    await git(...author, 'commit', '--quiet', '--no-verify', '--message', 'The estate of Northwind Distribution');
  } catch {
    // Without git everything but deciding works, and that says what is missing.
  }
}
