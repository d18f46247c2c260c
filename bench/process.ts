import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

export interface Timed {
  readonly milliseconds: number;
  readonly code: number;
  readonly stdout: string;
}

/** Runs a command to its end. Throws when it cannot be started or runs past ten minutes. */
export function time(
  command: string,
  args: readonly string[],
  more: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Timed {
  const started = performance.now();
  const { status, stdout, error } = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    timeout: 600_000,
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: more.cwd ?? root,
    env: { ...process.env, ...more.env },
  });
  if (error) throw error;
  return { milliseconds: performance.now() - started, code: status ?? -1, stdout };
}

/** Whether a program is on the PATH and starts. */
export function isInstalled(command: string, args: readonly string[] = ['--version']): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

/** Runs a script of bench/children on one core, where the machine can pin it, and returns the JSON it prints last. */
export function runChild<T>(script: string, args: readonly (string | number)[]): T {
  const node = [
    process.execPath,
    '--disable-warning=ExperimentalWarning',
    join(root, 'bench/children', script),
    ...args.map(String),
  ];
  const pinned = isInstalled('taskset', ['-c', '0', 'true']) ? ['taskset', '-c', '0', ...node] : node;
  const [command = '', ...rest] = pinned;
  const { stdout, code } = time(command, rest);
  if (code !== 0) throw new Error(`${script} ended with ${code}`);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as T;
}

/** The published program, as `npm run build` makes it. */
export const program = join(root, 'packages/cli/dist/main.js');
