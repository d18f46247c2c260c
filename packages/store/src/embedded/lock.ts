import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { digestHex, failed, ok, problem, type Result } from '@leeway/core';

export interface Lock {
  release(): Promise<void>;
}

/** Who holds a lock, for the message to the one who does not get it. */
interface Holder {
  readonly pid: number;
  readonly since: string;
}

/**
 * Takes the folder for this process alone, or says who has it. PGlite has no lock of its own: two processes on one
 * folder destroy each other's acknowledged rows without a word.
 *
 * Linux and Windows: the name of a listening socket that is no file (abstract socket, named pipe), which the kernel
 * frees with the process, however it ends. Elsewhere: a file with the holder's process id, which a dead holder loses.
 * Neither sees a holder on another machine that shares the disk, or in another network namespace.
 */
export async function takeLock(folder: string, label: string, now: Date = new Date()): Promise<Result<Lock>> {
  const file = join(folder, 'lock.json');
  const holder: Holder = { pid: process.pid, since: now.toISOString() };
  const name = socketName(folder);
  const server = name === undefined ? undefined : await listen(name);
  const isTaken = name === undefined ? !claimFile(file, holder) : server === undefined;
  if (isTaken) {
    const { pid, since } = readHolder(file) ?? { pid: 'unknown', since: 'an unknown time' };
    return failed(problem('LW6002', { store: label, pid, since }));
  }
  if (server) noteHolder(file, holder);
  return ok({
    release: async () => {
      rmSync(file, { force: true });
      if (server) await new Promise((resolve) => server.close(resolve));
    },
  });
}

/** Only tells others who holds the socket: that it cannot be written (a full disk) must not cost the lock. */
function noteHolder(file: string, holder: Holder): void {
  try {
    writeFileSync(file, JSON.stringify(holder));
  } catch {
    rmSync(file, { force: true });
  }
}

/** Device and inode name a folder whatever path leads to it. */
function socketName(folder: string): string | undefined {
  const { dev, ino } = statSync(folder, { bigint: true });
  if (process.platform === 'linux') return `\0leeway-store-${dev}-${ino}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\leeway-store-${digestHex(`${dev}-${ino}`, 32)}`;
  return undefined;
}

/** The server that holds the name, or undefined where somebody else does. */
function listen(name: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    );
    server.listen({ path: name, exclusive: true }, () => resolve(server.unref()));
  });
}

/** Writes the lock file where there is none or where its process is gone. */
function claimFile(file: string, holder: Holder): boolean {
  for (const attempt of ['first', 'second']) {
    try {
      writeFileSync(file, JSON.stringify(holder), { flag: 'wx' });
      return true;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    const found = readHolder(file);
    if (attempt === 'second' || (found && isRunning(found.pid))) return false;
    rmSync(file, { force: true });
  }
  return false;
}

function readHolder(file: string): Holder | undefined {
  try {
    const found: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const { pid, since } = found as Partial<Holder>;
    return typeof pid === 'number' && typeof since === 'string' ? { pid, since } : undefined;
  } catch {
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
