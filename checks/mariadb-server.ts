import { execFileSync, spawn } from 'node:child_process';
import { accessSync, chownSync, constants, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort, stopServer, waitUntilReady } from './server-process.ts';

/** A throw-away server, reached as root through its socket alone until somebody makes a user. */
export interface MariadbServer {
  readonly port: number;
  /** Runs statements as root. */
  execute(sql: string): Promise<void>;
  stop(): Promise<void>;
}

const binaries = { install: '/usr/bin/mariadb-install-db', server: '/usr/sbin/mariadbd', client: '/usr/bin/mariadb' };

// As in postgres-server.ts: the server ends when standard input closes, however this process died.
const supervisor = `
folder=$1; shift
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
( read -r _ <&3; kill -KILL "$server" 2>/dev/null ) &
wait "$server"
rm -rf "$folder"
`;

/** Starts Debian's MariaDB on a free loopback port; says so on stderr and returns `skipped` where none is installed. */
export async function startMariadb(): Promise<MariadbServer | { readonly skipped: string }> {
  if (!Object.values(binaries).every(isExecutable))
    return skip('no MariaDB server is installed (Debian: apt-get install mariadb-server)');
  const folder = mkdtempSync(join(tmpdir(), 'leeway-mariadb-'));
  const account = findAccount();
  if (account) chownSync(folder, account.uid, account.gid);
  const options = {
    cwd: folder,
    env: { PATH: '/usr/bin:/bin:/usr/sbin', HOME: folder, LC_ALL: 'C', TZ: 'UTC' },
    ...account,
  };
  const data = `--datadir=${join(folder, 'data')}`;
  const socket = `--socket=${join(folder, 'mariadb.sock')}`;
  try {
    const made = ['--no-defaults', data, '--auth-root-authentication-method=normal', '--skip-test-db'];
    execFileSync(binaries.install, made, { ...options, stdio: 'pipe' });
    const port = await findFreePort();
    const fast = ['--innodb-flush-log-at-trx-commit=0', '--innodb-buffer-pool-size=16M', '--skip-log-bin'];
    const server = [
      binaries.server,
      '--no-defaults',
      data,
      socket,
      '--bind-address=127.0.0.1',
      `--port=${port}`,
      ...fast,
    ];
    const child = spawn('/bin/sh', ['-c', supervisor, 'supervisor', folder, ...server], {
      ...options,
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    await waitUntilReady(child, 'MariaDB', 'ready for connections');
    child.unref();
    const execute = async (sql: string) => {
      execFileSync(binaries.client, ['--no-defaults', socket, '-uroot', '-e', sql], { ...options, stdio: 'pipe' });
    };
    return { port, execute, stop: () => stopServer(child) };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

function skip(reason: string): { readonly skipped: string } {
  process.stderr.write(`SKIPPED: tests on MariaDB: ${reason}\n`);
  return { skipped: reason };
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** MariaDB refuses to run as root. */
function findAccount() {
  if (process.getuid?.() !== 0) return undefined;
  const fields = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((line) => line.startsWith('nobody:'))
    ?.split(':');
  return fields && { uid: Number(fields[2]), gid: Number(fields[3]) };
}
