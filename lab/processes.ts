import { spawn } from 'node:child_process';
import { closeSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process of ours: its id, and when it began, since ids are used again. */
interface Started {
  readonly pid: number;
  readonly began: string;
}

export interface StartOptions {
  readonly folder: string;
  readonly log: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Who it runs as; ourselves when absent. */
  readonly user?: { readonly uid: number; readonly gid: number };
}

/** Starts a process in a session of its own and notes it in `pidFile`. It outlives us. */
export function startProcess(pidFile: string, command: string, args: readonly string[], options: StartOptions): void {
  const log = openSync(options.log, 'a', 0o644);
  try {
    const child = spawn(command, args, {
      cwd: options.folder,
      env: { ...options.environment },
      detached: true,
      stdio: ['ignore', log, log],
      ...options.user,
    });
    // Without a listener a missing program would end us; that it never came up is told by the wait that follows.
    child.on('error', () => undefined);
    child.unref();
    if (child.pid === undefined) throw new Error(`${command} could not be started`);
    const began = beganAt(child.pid);
    if (began) writeFileSync(pidFile, JSON.stringify({ pid: child.pid, began } satisfies Started));
  } finally {
    closeSync(log);
  }
}

/** The id of the process noted in `pidFile`, if it is still that very process. */
export function runningPid(pidFile: string): number | undefined {
  let started: Started;
  try {
    started = JSON.parse(readFileSync(pidFile, 'utf8'));
  } catch {
    return undefined;
  }
  return beganAt(started.pid) === started.began ? started.pid : undefined;
}

/** Ends the process and every other in its session: asked first, made after ten seconds. */
export async function stopProcess(pidFile: string): Promise<void> {
  const pid = runningPid(pidFile);
  if (pid !== undefined) {
    signalAll(pid, 'SIGTERM');
    const deadline = Date.now() + 10_000;
    while (sessionOf(pid).length > 0 && Date.now() < deadline) await sleep(50);
    signalAll(pid, 'SIGKILL');
  }
  rmSync(pidFile, { force: true });
}

function signalAll(session: number, signal: NodeJS.Signals): void {
  for (const pid of sessionOf(session)) {
    try {
      process.kill(pid, signal);
    } catch {
      // It ended in between.
    }
  }
}

/** Processes alive in the session that a started process leads. */
export function sessionOf(leader: number): readonly number[] {
  return allProcesses().filter((pid) => {
    const stat = statOf(pid);
    return stat !== undefined && stat.session === leader && stat.state !== 'Z';
  });
}

function allProcesses(): readonly number[] {
  return readDirectory('/proc')
    .map(Number)
    .filter((pid) => pid > 0);
}

function readDirectory(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

function beganAt(pid: number): string | undefined {
  const stat = statOf(pid);
  return stat && stat.state !== 'Z' ? stat.began : undefined;
}

/** proc_pid_stat(5): fields 3 (state), 6 (session) and 22 (start time); the name in brackets may hold anything. */
function statOf(pid: number): { readonly state: string; readonly session: number; readonly began: string } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '', session: Number(fields[3]), began: fields[19] ?? '' };
  } catch {
    return undefined;
  }
}
