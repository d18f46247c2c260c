import { spawn } from 'node:child_process';
import { type Problem, ProblemError, problem } from '@leeway/core';

/** How git is run besides its arguments. */
export interface GitRun {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

export interface GitOutcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Milliseconds a command may take; pushing waits for others. */
const timeLimit = 30_000;
const mostOutput = 16 * 2 ** 20;

/** Neither hooks nor programs that a repository's own configuration names are run, and nobody is asked. */
const safety = [
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  ['core.quotepath', 'off'],
  ['commit.gpgSign', 'false'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
].flatMap(([name, value]) => ['-c', `${name}=${value}`]);

/** Variables that point git at another repository than the folder it is run in. */
const foreign = /^GIT_(?:DIR|WORK_TREE|INDEX_FILE|PREFIX|OBJECT_DIRECTORY|COMMON_DIR|NAMESPACE)$/;

/** Runs git to its end, with arguments as they are. Throws ProblemError LW1020 without git and LW8310 after the time limit. */
export async function runGit(folder: string, args: readonly string[], run: GitRun = {}): Promise<GitOutcome> {
  const inherited = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  const env = {
    ...Object.fromEntries(inherited),
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: '',
    SSH_ASKPASS: '',
    GIT_SSH_COMMAND: process.env['GIT_SSH_COMMAND'] ?? 'ssh -o BatchMode=yes -o ConnectTimeout=10',
    LC_ALL: 'C',
    ...run.env,
  };
  const { promise, resolve, reject } = Promise.withResolvers<GitOutcome>();
  const child = spawn('git', ['-C', folder, ...safety, '--no-pager', '--literal-pathspecs', ...args], {
    env,
    stdio: 'pipe',
    // A process group of its own: what git starts ends with it.
    detached: true,
  });
  const end = () => child.pid !== undefined && killGroup(child.pid);
  const timer = setTimeout(() => {
    end();
    reject(new ProblemError(problem('LW8310', { what: args[0] ?? 'run', seconds: timeLimit / 1000 })));
  }, timeLimit);
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    if (stdout.length > mostOutput) end();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(0, 4096);
  });
  child.stdin.on('error', () => {});
  child.stdin.end(run.input ?? '');
  child.on('error', (error: NodeJS.ErrnoException) => reject(new ProblemError(startProblem(error))));
  child.on('close', (code) => resolve({ code: code ?? -1, stdout, stderr }));
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
  }
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}

function startProblem(error: NodeJS.ErrnoException): Problem {
  return error.code === 'ENOENT' ? problem('LW1020') : problem('LW1023', { what: 'be started', reason: error.message });
}

/** The first line of what git says, without its prefix and without what an address may hold of a password. */
export function gitReason({ stderr, code }: GitOutcome): string {
  const lines = stderr.split('\n').filter(Boolean);
  const line =
    lines.find((each) => /^(?:fatal|error|remote: error|!|remote: fatal)/.test(each.trim())) ?? lines[0] ?? '';
  const plain = line
    .replace(/^(?:fatal|error): /, '')
    .replaceAll(/:\/\/[^@\s/]*@/g, '://')
    .replace(/[.]$/, '');
  return plain.trim() || `it ended with code ${code}`;
}

/** Runs git and gives what it says; throws ProblemError LW1023 where it fails. */
export async function askGit(folder: string, what: string, args: readonly string[], run?: GitRun): Promise<string> {
  const outcome = await runGit(folder, args, run);
  if (outcome.code === 0) return outcome.stdout;
  throw new ProblemError(problem('LW1023', { what, reason: gitReason(outcome) }));
}
