import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { chmod, chown, mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runningPid, startProcess } from './processes.ts';
import type { Side } from './service.ts';
import { isRoot, labUser } from './user.ts';

/** Where the lab keeps its data: outside the repository. */
export const labFolder = process.env['LEEWAY_LAB'] ?? join(tmpdir(), 'leeway-lab');

/** Programs of servers are where ordinary users do not look. */
const searched = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

export interface RunOptions {
  readonly input?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly folder?: string;
  /** Seconds; 120 when absent. */
  readonly timeout?: number;
  /** True runs it as who started the lab, for what the unprivileged user may not do. */
  readonly asSelf?: boolean;
}

/** One service on one side: its folder, and the means to start and ask things there. */
export interface Place {
  readonly side: Side;
  /** Data of this service and side, owned by the user the service runs as. */
  readonly folder: string;
  /** The same service's place on the other side, or another service's, for what they share. */
  folderOf(service: string, side?: Side | 'install'): string;
  /** Writes a file below the folder (0644 when no mode is given) and returns its path. */
  write(path: string, content: string | Uint8Array, mode?: number): Promise<string>;
  /** Runs a command to its end and returns what it printed; throws with its errors when it fails. */
  run(command: string, args: readonly string[], options?: RunOptions): Promise<string>;
  /** Starts a server under a name of its own, unless it is running. Output goes to `<name>.log`. */
  start(
    name: string,
    command: string,
    args: readonly string[],
    options?: Omit<RunOptions, 'input' | 'timeout'>,
  ): Promise<void>;
  running(name: string): boolean;
  /** Asks again and again until `probe` gives something other than undefined or false; throws after some seconds (60). */
  until<T>(what: string, probe: () => Promise<T | undefined | false>, seconds?: number): Promise<T>;
}

/** The place of a service on a side; its folder is made. */
export async function openPlace(service: string, side: Side | 'install'): Promise<Place> {
  const folder = folderOf(service, side);
  await makeFolder(folder);
  return {
    side: side === 'install' ? 'production' : side,
    folder,
    folderOf: (other, on = side) => folderOf(other, on),
    async write(path, content, mode = 0o644) {
      const file = join(folder, path);
      await makeFolder(dirname(file));
      await writeFile(file, content);
      await chmod(file, mode);
      await giveToLab(file);
      return file;
    },
    run: (command, args, options = {}) => runCommand(folder, command, args, options),
    async start(name, command, args, options = {}) {
      const pidFile = pidFileOf(folder, name);
      if (runningPid(pidFile) !== undefined) return;
      startProcess(pidFile, command, args, {
        folder: options.folder ?? folder,
        log: join(folder, `${name}.log`),
        environment: environmentOf(folder, options),
        ...(!options.asSelf && isRoot() && { user: labUser() }),
      });
    },
    running: (name) => runningPid(pidFileOf(folder, name)) !== undefined,
    until: (what, probe, seconds = 60) =>
      waitUntil(`${service} on ${side}: ${what}`, probe, seconds, () => lastWords(folder)),
  };
}

export function folderOf(service: string, side: Side | 'install'): string {
  return join(labFolder, service, side);
}

export function pidFileOf(folder: string, name: string): string {
  return join(folder, `${name}.pid`);
}

/** Whether a command is installed, for `available()`. */
export function hasCommand(command: string): boolean {
  const folders = [...searched, ...(process.env['PATH'] ?? '').split(delimiter)];
  return command.includes('/') ? existsSync(command) : folders.some((folder) => existsSync(join(folder, command)));
}

/** For `available()`: the commands that are missing, in words. */
export async function missingCommands(...commands: readonly string[]): Promise<string | undefined> {
  const missing = commands.filter((command) => !hasCommand(command));
  return missing.length > 0 ? `${missing.join(', ')} not installed` : undefined;
}

async function makeFolder(folder: string): Promise<void> {
  const made = await mkdir(folder, { recursive: true, mode: 0o755 });
  if (made === undefined) return;
  for (let path = folder; path.length >= made.length; path = dirname(path)) await giveToLab(path);
}

async function giveToLab(path: string): Promise<void> {
  if (!isRoot()) return;
  const { uid, gid } = labUser();
  await chown(path, uid, gid);
}

/** Nothing of our own environment but this: credentials and proxies of the person who runs the lab stay out. */
function environmentOf(folder: string, { environment }: RunOptions): Readonly<Record<string, string>> {
  return { PATH: searched.join(delimiter), HOME: folder, LANG: 'C.UTF-8', ...environment };
}

function runCommand(folder: string, command: string, args: readonly string[], options: RunOptions): Promise<string> {
  const seconds = options.timeout ?? 120;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.folder ?? folder,
      env: { ...environmentOf(folder, options) },
      timeout: seconds * 1000,
      ...(!options.asSelf && isRoot() && labUser()),
    });
    const output = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output.stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output.stderr += text;
    });
    child.on('error', reject).on('close', (code, signal) => {
      if (code === 0) return resolve(output.stdout);
      const said = (output.stderr || output.stdout).trim().slice(-2000);
      reject(new Error(`${command} ${args.join(' ')} ended with ${signal ?? code}: ${said}`));
    });
    // A command that reads nothing may close its input before it was written.
    child.stdin.on('error', () => undefined).end(options.input ?? '');
  });
}

async function waitUntil<T>(
  what: string,
  probe: () => Promise<T | undefined | false>,
  seconds: number,
  explain: () => string,
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  let last: unknown;
  for (;;) {
    try {
      const found = await probe();
      if (found !== undefined && found !== false) return found;
    } catch (error) {
      last = error;
    }
    if (Date.now() > deadline) throw new Error(`${what}: not within ${seconds} s${explain()}`, { cause: last });
    await sleep(100);
  }
}

/** The last line of each log of a service: why it is not there is mostly said there. */
function lastWords(folder: string): string {
  const logs = readdirSync(folder).filter((name) => name.endsWith('.log'));
  const lines = logs.map((name) => readFileSync(join(folder, name), 'utf8').trimEnd().split('\n').at(-1) ?? '');
  return lines
    .filter((line) => line !== '')
    .map((line) => `; ${line.slice(0, 300)}`)
    .join('');
}
