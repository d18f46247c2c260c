import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import { loadOptional } from '@leeway/connector-kit';
import { type JsonObject, ProblemError } from '@leeway/core';
import { type Around, OtherProtocol, type Probe, readUntil, withSocket } from './probe.ts';
import type { Endpoint } from './settings.ts';

type Library = typeof import('ssh2');

/** What a server offers before anything is agreed (RFC 4253, sections 4.2 and 7.1). */
interface Offer {
  readonly software: string;
  readonly keyExchange: readonly string[];
  readonly hostKeyAlgorithms: readonly string[];
  readonly ciphers: readonly string[];
  readonly macs: readonly string[];
}

/** Key types, by an algorithm of each that makes a server show its key. */
const keyTypes = [
  ['ssh-ed25519', 'ed25519'],
  ['ecdsa-sha2-nistp256', 'ecdsa-256'],
  ['ecdsa-sha2-nistp384', 'ecdsa-384'],
  ['ecdsa-sha2-nistp521', 'ecdsa-521'],
  ['rsa-sha2-512', 'rsa'],
] as const;

/** Asks for the offer, then for the host key of each type; signs in nowhere. */
export const probeSsh: Probe = async (endpoint, around) => {
  const library = await loadOptional('SSH host keys', 'ssh2', () => import('ssh2'));
  if (!library.ok) throw library.problems[0] ? new ProblemError(library.problems[0]) : new OtherProtocol();
  const { software, ...offer } = await withSocket(endpoint, around, readOffer);
  const hostKeys: Record<string, string> = {};
  for (const [algorithm, type] of keyTypes) {
    if (!offer.hostKeyAlgorithms.includes(algorithm)) continue;
    const key = await hostKey(algorithm, endpoint, around, library.value);
    hostKeys[type] = `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
  }
  return { software, hostKeys, ...offer } satisfies JsonObject;
};

async function readOffer(socket: Socket): Promise<Offer> {
  const hello = await readUntil(
    socket,
    (bytes) => /^SSH-[^\n]*\n/m.test(bytes.toString('latin1')) || !mayBeBanner(bytes),
  );
  const text = hello.toString('latin1');
  const [line = '', software = ''] = /^SSH-2\.0-([^\r\n]*)\r?\n/m.exec(text) ?? [];
  if (line === '') throw new OtherProtocol();
  const begun = hello.subarray(text.indexOf(line) + line.length);
  socket.write('SSH-2.0-leeway\r\n');
  const packet = isPacket(begun)
    ? begun
    : Buffer.concat([begun, await readUntil(socket, (more) => isPacket(Buffer.concat([begun, more])))]);
  return { software, ...parseOffer(packet) };
}

/** Servers may send lines before their version, but no control characters. */
function mayBeBanner(bytes: Buffer): boolean {
  return !bytes.subarray(0, 512).some((byte) => byte === 0) && bytes.length < 8192;
}

function isPacket(bytes: Buffer): boolean {
  return bytes.length >= 4 && bytes.length >= 4 + bytes.readUInt32BE(0);
}

/** SSH_MSG_KEXINIT: a byte, 16 of cookie, then lists of names, each behind its length. */
function parseOffer(packet: Buffer): Omit<Offer, 'software'> {
  if (packet.length < 22 || packet[5] !== 20) throw new OtherProtocol();
  let at = 22;
  const lists = Array.from({ length: 6 }, () => {
    if (at + 4 > packet.length) throw new OtherProtocol();
    const length = packet.readUInt32BE(at);
    const list = packet.toString('latin1', at + 4, at + 4 + length);
    at += 4 + length;
    return list
      .split(',')
      .filter((name) => name !== '' && !isMarker(name))
      .sort();
  });
  const [keyExchange = [], hostKeyAlgorithms = [], , ciphers = [], , macs = []] = lists;
  return { keyExchange, hostKeyAlgorithms, ciphers, macs };
}

/** Names that are no algorithms: extensions a server says it understands. */
function isMarker(name: string): boolean {
  return name.startsWith('ext-info-') || name.startsWith('kex-strict-');
}

/** Begins a key exchange that can only be answered with this type of key, and hangs up when it was shown. */
function hostKey(
  algorithm: string,
  { host, port }: Endpoint,
  { signal }: Around,
  { Client }: Library,
): Promise<Buffer> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const client = new Client();
    const stop = () => settle(() => reject(signal.reason));
    const settle = (finish: () => void) => {
      signal.removeEventListener('abort', stop);
      client
        .removeAllListeners()
        .on('error', () => undefined)
        .end();
      finish();
    };
    signal.addEventListener('abort', stop, { once: true });
    client.on('error', (error: Error) => settle(() => reject(error)));
    client.on('close', () => settle(() => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' }))));
    client.connect({
      host,
      port,
      username: 'leeway',
      algorithms: { serverHostKey: [algorithm as 'ssh-ed25519'] },
      hostVerifier: (key: Buffer) => {
        settle(() => resolve(key));
        return false;
      },
    });
  });
}
