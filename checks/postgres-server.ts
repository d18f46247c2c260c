import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { accessSync, chownSync, constants, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { findFreePort, stopServer, waitUntilReady } from './server-process.ts';

/** A throw-away server with one superuser `postgres`, one database `postgres` and trust authentication. */
export interface PostgresServer {
  readonly url: string;
  stop(): Promise<void>;
}

interface Account {
  readonly uid: number;
  readonly gid: number;
}

// Stops the server and removes its folder as soon as standard input closes: by stop(), or because this process died,
// however it died. The server itself never sees that input.
const supervisor = `
folder=$1; shift
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
( read -r _ <&3; kill -QUIT "$server" 2>/dev/null ) &
wait "$server"
rm -rf "$folder"
`;

/**
 * Starts a PostgreSQL of Debian's `postgresql` package (or one on PATH) on a free loopback port, without fsync.
 * Says so on stderr and returns `skipped` where none is installed; with LEEWAY_REQUIRE_POSTGRES=1 that throws.
 */
export async function startPostgres(): Promise<PostgresServer | { readonly skipped: string }> {
  const bin = findBinaries();
  if (!bin) return skip('no PostgreSQL server is installed (Debian: apt-get install postgresql)');
  const account = findAccount();
  if (account === 'none') return skip('PostgreSQL refuses to run as root and there is no user "postgres" or "nobody"');
  for (let attempt = 1; ; attempt++) {
    try {
      return await launch(bin, account);
    } catch (error) {
      // The port was free when it was chosen; somebody else may have taken it since.
      if (attempt === 3) throw error;
    }
  }
}

function skip(reason: string): { readonly skipped: string } {
  if (process.env['LEEWAY_REQUIRE_POSTGRES'] === '1') throw new Error(`LEEWAY_REQUIRE_POSTGRES is set, but ${reason}`);
  process.stderr.write(`SKIPPED: tests on PostgreSQL: ${reason}\n`);
  return { skipped: reason };
}

function findBinaries(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = listFolder(debian).sort((a, b) => Number(b) - Number(a));
  const folders = [
    ...versions.map((version) => join(debian, version, 'bin')),
    ...(process.env['PATH'] ?? '').split(delimiter),
  ];
  return folders.find((folder) => isExecutable(join(folder, 'initdb')) && isExecutable(join(folder, 'postgres')));
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The unprivileged account to run as when this process is root; undefined when it is not. */
function findAccount(): Account | undefined | 'none' {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const fields = accounts.find((line) => line.startsWith(`${name}:`))?.split(':');
    if (fields) return { uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  return 'none';
}

async function launch(bin: string, account: Account | undefined): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'leeway-postgres-'));
  const data = join(folder, 'data');
  const sockets = join(folder, 'sockets');
  mkdirSync(sockets);
  if (account) for (const path of [folder, sockets]) chownSync(path, account.uid, account.gid);
  const options = { cwd: folder, env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }, ...account };
  try {
    const initialise = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
    execFileSync(join(bin, 'initdb'), initialise, { ...options, stdio: 'pipe' });
    const port = await findFreePort();
    const settings = ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off', 'max_connections=60'];
    const server = [join(bin, 'postgres'), '-D', data, '-h', '127.0.0.1', '-p', `${port}`, '-k', sockets];
    const args = ['-c', supervisor, 'supervisor', folder, ...server, ...settings.flatMap((setting) => ['-c', setting])];
    const child = spawn('/bin/sh', args, { ...options, stdio: ['pipe', 'ignore', 'pipe'] });
    await waitUntilReady(child, 'PostgreSQL', 'ready to accept connections');
    release(child);
    return { url: `postgresql://postgres@127.0.0.1:${port}/postgres`, stop: () => stopServer(child) };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** A test that ends without stop() must not hang on the server; the supervisor cleans up behind it. */
function release(child: ChildProcess): void {
  child.unref();
  for (const pipe of [child.stdin, child.stderr]) if (pipe instanceof Socket) pipe.unref();
}
