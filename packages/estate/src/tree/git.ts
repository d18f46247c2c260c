import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { type Problem, problem } from '@leeway/core';

/** What git answered. `problem` is set when it could not be started. */
export interface GitAnswer {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
  readonly problem?: Problem;
}

/**
 * Settings that keep git from asking, from running what a repository's own configuration names (file-system monitors,
 * signature programs), and from taking locks.
 */
const safety = [
  '-c',
  'core.fsmonitor=false',
  '-c',
  'log.showSignature=false',
  '-c',
  'core.quotepath=off',
  '--no-pager',
  '--literal-pathspecs',
];

/** The environment without the variables that hooks set to point git at another repository. */
function gitEnvironment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^GIT_(?:DIR|WORK_TREE|INDEX_FILE|PREFIX|OBJECT_DIRECTORY|COMMON_DIR|NAMESPACE)$/.test(name),
  );
  return {
    ...Object.fromEntries(inherited),
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
    LC_ALL: 'C',
  };
}

/** Starts git in a folder; arguments are passed as they are, never through a shell. */
export function startGit(folder: string, args: readonly string[]): ChildProcessWithoutNullStreams {
  return spawn('git', ['-C', folder, ...safety, ...args], { env: gitEnvironment(), stdio: 'pipe', windowsHide: true });
}

/** Runs git to its end. Never rejects. */
export async function runGit(
  folder: string,
  args: readonly string[],
  mostBytes = 256 * 1024 * 1024,
): Promise<GitAnswer> {
  const { promise, resolve } = Promise.withResolvers<GitAnswer>();
  const child = startGit(folder, args);
  const output: Buffer[] = [];
  let size = 0;
  let stderr = '';
  child.stdin.on('error', () => {});
  child.stdin.end();
  child.stdout.on('data', (bytes: Buffer) => {
    size += bytes.length;
    if (size > mostBytes) child.kill();
    else output.push(bytes);
  });
  child.stderr.on('data', (bytes: Buffer) => {
    stderr = (stderr + bytes.toString('utf8')).slice(0, 4096);
  });
  child.on('error', (error) => {
    resolve({ code: -1, stdout: Buffer.alloc(0), stderr: '', problem: startProblem(error) });
  });
  child.on('close', (code) => resolve({ code: code ?? -1, stdout: Buffer.concat(output), stderr }));
  return await promise;
}

export function startProblem(error: Error): Problem {
  const isMissing = 'code' in error && error.code === 'ENOENT';
  return isMissing ? problem('LW1020') : problem('LW1023', { what: 'be started', reason: error.message });
}

/** The first line of what git says, without its prefix. */
export function gitReason(answer: GitAnswer): string {
  const line = answer.stderr.split('\n')[0] ?? '';
  return line.replace(/^(?:fatal|error): /, '').replace(/[.]$/, '') || `it ended with code ${answer.code}`;
}
