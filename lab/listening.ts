import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { sessionOf } from './processes.ts';

/** A socket that listens: who owns it and where. */
interface Listening {
  readonly inode: string;
  readonly uid: number;
  readonly address: string;
  readonly port: number;
  readonly loopback: boolean;
}

/** Sockets that listen beyond loopback and belong to the sessions given, or to the user the lab alone uses. */
export function listeningBeyondLoopback(leaders: readonly number[], labUid: number | undefined): readonly string[] {
  const ours = new Set(leaders.flatMap(sessionOf).flatMap(socketsOf));
  return listeningSockets()
    .filter(({ loopback, uid, inode }) => !loopback && (uid === labUid || ours.has(inode)))
    .map(({ address, port }) => `${address}:${port}`);
}

/** Ports that somebody listens at on this machine. */
export function listeningPorts(): ReadonlySet<number> {
  return new Set(listeningSockets().map(({ port }) => port));
}

function listeningSockets(): readonly Listening[] {
  return ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) => {
    const lines = readText(file).split('\n').slice(1);
    return lines.flatMap((line) => parseSocket(line.trim().split(/\s+/)));
  });
}

/** proc(5), /proc/net/tcp: local address and port in hex, state 0A for listening, owner, inode. */
function parseSocket([, local = '', , state, , , , uid, , inode = '']: readonly string[]): readonly Listening[] {
  if (state !== '0A') return [];
  const [address = '', port = ''] = local.split(':');
  return [{ inode, uid: Number(uid), address, port: Number.parseInt(port, 16), loopback: isLoopback(address) }];
}

/** 127.0.0.0/8, ::1 and ::ffff:127.0.0.0/8, as the kernel writes them: words in the machine's byte order (little-endian). */
function isLoopback(hex: string): boolean {
  if (hex.length === 8) return hex.endsWith('7F');
  return hex === `${'0'.repeat(24)}01000000` || (hex.startsWith(`${'0'.repeat(16)}FFFF0000`) && hex.endsWith('7F'));
}

function socketsOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((descriptor) => {
      const link = readLink(`/proc/${pid}/fd/${descriptor}`);
      return /^socket:\[(\d+)\]$/.exec(link)?.slice(1) ?? [];
    });
  } catch {
    return [];
  }
}

function readLink(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
