import { generateKeyPairSync } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import ssh2, { type Connection, type ServerChannel } from 'ssh2';
import { fingerprintOf } from '../ssh/known-hosts.ts';

/** What the probes of a script are answered with. */
export type Recorded = Readonly<Record<string, { readonly code: number; readonly text: string }>>;

export interface SshServerOptions {
  readonly answers?: Recorded;
  readonly password?: string;
  /** Output instead of frames. */
  readonly say?: string;
  /** Never ends an answer. */
  readonly hang?: boolean;
}

export interface SshServer {
  readonly port: number;
  readonly fingerprint: string;
  /** A line for a known_hosts file. */
  readonly knownHost: string;
  /** Channels that were open at the same time at most, and connections made. */
  readonly seen: { channels: number; connections: number };
  stop(): Promise<void>;
}

const { privateKey } = generateKeyPairSync('ec', {
  namedCurve: 'prime256v1',
  privateKeyEncoding: { type: 'sec1', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

/** A host on loopback that answers the probes of a script with what was recorded. */
export async function startSshServer(options: SshServerOptions): Promise<SshServer> {
  const seen = { channels: 0, connections: 0 };
  const open = new Set<Connection>();
  const server = new ssh2.Server({ hostKeys: [privateKey] }, (client) => {
    open.add(client);
    seen.connections += 1;
    client.on('authentication', (context) => {
      if (context.method === 'password' && context.password === options.password) context.accept();
      else context.reject(['password']);
    });
    client.on('close', () => open.delete(client)).on('error', () => undefined);
    let channels = 0;
    client.on('session', (accept) => {
      channels += 1;
      seen.channels = Math.max(seen.channels, channels);
      accept().on('exec', (acceptExec) => answer(acceptExec(), options));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.address() as AddressInfo;
  const parsed = ssh2.utils.parseKey(privateKey);
  if (parsed instanceof Error) throw parsed;
  const key = parsed.getPublicSSH();
  return {
    port,
    fingerprint: fingerprintOf(key),
    knownHost: `[127.0.0.1]:${port} ${parsed.type} ${key.toString('base64')}\n`,
    seen,
    stop: () =>
      new Promise((resolve) => {
        for (const client of open) client.end();
        server.close(() => resolve());
      }),
  };
}

function answer(channel: ServerChannel, { answers = {}, say, hang }: SshServerOptions): void {
  let script = '';
  channel.on('data', (chunk: Buffer) => {
    script += chunk.toString('utf8');
  });
  channel.on('end', () => {
    if (hang) return;
    const names = [...script.matchAll(/^probe ([a-z_]+)$/gm)].map(([, name = '']) => name);
    const frames = names.map((name) => {
      const { code, text } = answers[name] ?? { code: 69, text: '' };
      return `${name} ${code} ${Buffer.byteLength(text)}\n${text}\n`;
    });
    channel.write(say ?? frames.join(''));
    channel.exit(0);
    channel.end();
  });
}
