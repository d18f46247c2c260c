import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

const longest = 40 * 60_000;

/** Whether a program answers on this machine. */
export function isInstalled(command: string, args: readonly string[] = ['--version']): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

const canPin = isInstalled('taskset');

/** A command that runs on one core alone, where the system can do that. */
function onOneCore(command: readonly string[]): readonly string[] {
  return canPin ? ['taskset', '--cpu-list', '0', ...command] : command;
}

/**
 * Runs a script of `bench/children` in a process of its own, on one core, and gives the JSON it prints. `node`: flags of
 * the runtime.
 */
export function runChild<T>(script: string, input: unknown, node: readonly string[] = []): T {
  const file = join(root, 'bench/children', script);
  const command = onOneCore([process.execPath, '--disable-warning=ExperimentalWarning', ...node, file]);
  const done = run(command, { input: JSON.stringify(input) });
  return JSON.parse(done.stdout) as T;
}

export interface RunOptions {
  readonly input?: string;
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Exit codes that are fine; 0 alone where not given. */
  readonly codes?: readonly number[];
}

/** Runs a command to its end. An unexpected exit code is an error with what the command said. */
export function run(command: readonly string[], options: RunOptions = {}): SpawnSyncReturns<string> {
  const { codes = [0], ...rest } = options;
  const [program = '', ...args] = command;
  const done = spawnSync(program, args, { ...rest, encoding: 'utf8', maxBuffer: 2 ** 30, timeout: longest });
  if (done.error) throw done.error;
  if (done.status === null || !codes.includes(done.status)) {
    throw new Error(`${command.join(' ')} ended with ${done.status ?? done.signal}:\n${done.stderr.slice(-4000)}`);
  }
  return done;
}

/** Milliseconds a command takes from start to end, and what it wrote. */
export function timed(
  command: readonly string[],
  options: RunOptions = {},
): { readonly milliseconds: number; readonly stdout: string } {
  const started = performance.now();
  const { stdout } = run(command, options);
  return { milliseconds: performance.now() - started, stdout };
}
