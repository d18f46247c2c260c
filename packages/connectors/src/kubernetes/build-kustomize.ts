import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { errorCode, type ReadContext } from '@leeway/connector-kit';
import { failed, ok, ProblemError, problem, type Result } from '@leeway/core';

/** More files than this are not laid out for a build. */
const maximumFiles = 20_000;
/** Bytes of output that are read. */
const maximumOutput = 64 * 2 ** 20;

/**
 * The manifests that `kubectl kustomize <folder>` prints. The files of the estate are laid out in a fresh folder first,
 * so that the build sees the revision being read and not the working tree. Problems: LW3009 without kubectl, LW3053.
 */
export async function buildKustomize(folder: string, context: ReadContext): Promise<Result<string>> {
  const root = await mkdtemp(join(tmpdir(), 'leeway-kustomize-'));
  try {
    await layOut(root, context);
    const path = normalize(join(root, folder));
    if (!path.startsWith(root)) return failed(failure(folder, 'it lies outside the estate'));
    return await runKustomize(path, folder, root, context);
  } catch (error) {
    if (error instanceof ProblemError) return failed(error.problem);
    throw error;
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function layOut(root: string, context: ReadContext): Promise<void> {
  const paths = (await context.files.list(['**/*'])).filter((path) => !/(?:^|\/)(?:node_modules|\.git)\//.test(path));
  if (paths.length > maximumFiles)
    throw new ProblemError(failure('the estate', `it has more than ${maximumFiles} files`));
  for (const path of paths) {
    const target = join(root, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, await context.files.read(path));
  }
}

function runKustomize(path: string, folder: string, root: string, context: ReadContext): Promise<Result<string>> {
  // Nothing of Leeway's own environment reaches the build: it may hold credentials.
  const env = { PATH: context.variable('PATH') ?? '', HOME: root };
  return new Promise((resolve) => {
    const options = { env, signal: context.signal, maxBuffer: maximumOutput, encoding: 'utf8' as const };
    execFile('kubectl', ['kustomize', path], options, (error, stdout, stderr) => {
      if (!error) resolve(ok(stdout));
      else if (errorCode(error) === 'ENOENT')
        resolve(failed(problem('LW3009', { system: 'kustomizations', package: 'kubectl' })));
      else if (context.signal.aborted) resolve(failed(problem('LW3010', { system: 'Kustomize' })));
      else resolve(failed(failure(folder, reasonOf(stderr, root))));
    });
  });
}

/** The tool's last line without the temporary folder's name. */
function reasonOf(stderr: string, root: string): string {
  const line = stderr.trim().split('\n').at(-1) ?? '';
  return (
    line
      .replaceAll(`${root}/`, '')
      .replaceAll(root, '.')
      .replace(/^[Ee]rror: /, '')
      .slice(0, 300) || 'no reason given'
  );
}

function failure(folder: string, reason: string) {
  return problem('LW3053', { folder, reason }, { file: folder });
}
