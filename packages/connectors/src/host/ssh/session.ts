import { type Asked, connectionProblem, loadOptional, type ReadContext } from '@leeway/connector-kit';
import { failed, ok, type Problem, problem, type Result } from '@leeway/core';
import type { Client, ClientChannel, ConnectConfig, ServerHostKeyAlgorithm } from 'ssh2';
import type { Host, HostSettings } from '../settings.ts';
import { fingerprintOf, judgeHostKey, type Trust, wantedAlgorithms } from './known-hosts.ts';

/** One connection to a host. */
export interface Session {
  /** What a shell script prints, run by the host's `sh`; more than `limit` bytes are LW3012. */
  run(script: string, limit: number): Promise<Result<Buffer>>;
  close(): void;
}

/** How a host is signed in to: the secrets themselves. */
export type Credentials = Pick<ConnectConfig, 'username' | 'privateKey' | 'passphrase' | 'password' | 'agent'>;

export const systemOf = (host: Host) => `the host ${host.name}`;

/** Credentials that the settings name. LW3055 where a variable is not set. */
export function credentialsOf(settings: HostSettings, context: ReadContext): Result<Credentials> {
  const { username = '', keyFrom, passphraseFrom, passwordFrom, agentFrom } = settings;
  const credentials: Record<string, string> = { username };
  const named = { privateKey: keyFrom, passphrase: passphraseFrom, password: passwordFrom, agent: agentFrom };
  for (const [field, variable] of Object.entries(named)) {
    if (variable === undefined) continue;
    const secret = context.variable(variable);
    if (!secret) return failed(problem('LW3055', { system: 'the hosts', variable }));
    credentials[field] = secret;
  }
  return ok(credentials);
}

export interface SessionOptions {
  readonly host: Host;
  readonly trust: Trust;
  readonly credentials: Credentials;
  /** Fires at the host's own deadline, after this many seconds, or with the source's. */
  readonly signal: AbortSignal;
  readonly seconds: number;
  readonly source: AbortSignal;
  /** The variable the private key came from, for messages. */
  readonly keyFrom: string | undefined;
}

/** Connects and signs in. The host's key is verified before any credential leaves. LW3071 to LW3073, LW3001, LW3002, LW3005. */
export async function openSession(options: SessionOptions): Promise<Result<Session>> {
  const library = await loadOptional('hosts over SSH', 'ssh2', () => import('ssh2'));
  if (!library.ok) return library;
  const client = new library.value.Client();
  const connected = await connect(client, options);
  if (connected) {
    client.destroy();
    return failed(connected);
  }
  // What breaks later is told by the command that is running.
  client.on('error', () => undefined);
  const stop = () => client.destroy();
  options.signal.addEventListener('abort', stop, { once: true });
  return ok({
    run: (script, limit) => runScript(client, script, limit, options),
    close() {
      options.signal.removeEventListener('abort', stop);
      client.end();
    },
  });
}

function connect(client: Client, options: SessionOptions): Promise<Problem | undefined> {
  const { host, trust, credentials, signal } = options;
  const system = systemOf(host);
  let refused: Problem | undefined;
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(stopped(options));
    const abort = () => resolve(stopped(options));
    signal.addEventListener('abort', abort, { once: true });
    const settle = (found?: Problem) => {
      signal.removeEventListener('abort', abort);
      resolve(found);
    };
    client.on('ready', () => settle());
    client.on('error', (error) => settle(refused ?? describeError(error, options)));
    client.on('close', () => settle(refused ?? problem('LW3001', { system, reason: 'the connection was closed' })));
    const algorithms = wantedAlgorithms(trust);
    try {
      client.connect({
        ...credentials,
        host: host.address,
        port: host.port,
        readyTimeout: 0,
        ...(algorithms && { algorithms: { serverHostKey: algorithms.filter(isKnownAlgorithm) } }),
        hostVerifier: (key: Buffer) => {
          const verdict = judgeHostKey(key, trust);
          const found = { system, fingerprint: fingerprintOf(key) };
          if (verdict !== 'trusted') refused = problem(verdict === 'other' ? 'LW3072' : 'LW3071', found);
          return verdict === 'trusted';
        },
      });
    } catch (error) {
      settle(unusable(error, options));
    }
  });
}

const hostKeyAlgorithms: readonly ServerHostKeyAlgorithm[] = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
  'ssh-rsa',
];

function isKnownAlgorithm(name: string): name is ServerHostKeyAlgorithm {
  return hostKeyAlgorithms.some((known) => known === name);
}

/** The library throws before it connects only for keys it cannot parse. */
function unusable(error: unknown, { keyFrom }: SessionOptions): Problem {
  if (!(error instanceof Error) || !/privateKey/i.test(error.message)) throw error;
  const reason = /encrypted|passphrase/i.test(error.message)
    ? 'it is encrypted and the passphrase is missing or wrong'
    : 'it is no private key';
  return problem('LW3073', { variable: keyFrom ?? 'the settings', reason });
}

function describeError(error: Error & { readonly level?: string }, options: SessionOptions): Problem {
  const system = systemOf(options.host);
  if (error.level === 'client-authentication') return problem('LW3002', { system });
  if (error.level === 'client-socket' || error.level === 'client-dns') {
    return connectionProblem(error, { system, what: 'the sign-in' }, options.source);
  }
  return problem('LW3001', { system, reason: 'no SSH session could be agreed at this port' });
}

/** Why the signal fired: the host's own time is up, or the source's. */
export function stopped({ host, source, seconds }: SessionOptions, what = 'the sign-in'): Problem {
  const asked: Asked = { system: systemOf(host), what };
  if (source.aborted) return connectionProblem(undefined, asked, source);
  return problem('LW3005', { ...asked, seconds });
}

const what = 'its state';

function runScript(client: Client, script: string, limit: number, options: SessionOptions): Promise<Result<Buffer>> {
  const system = systemOf(options.host);
  return new Promise((resolve) => {
    const stop = () => resolve(failed(stopped(options, what)));
    if (options.signal.aborted) return stop();
    options.signal.addEventListener('abort', stop, { once: true });
    const settle = (result: Result<Buffer>) => {
      options.signal.removeEventListener('abort', stop);
      resolve(result);
    };
    const broken = () => settle(failed(problem('LW3011', { system, what })));
    client.once('close', broken);
    try {
      client.exec('exec sh -s', (error, channel) => {
        if (!error) return readChannel(channel, script, limit, options, settle);
        settle(failed(problem('LW3074', { system, what, reason: 'the host opens no session for it' })));
      });
    } catch {
      broken();
    }
  });
}

function readChannel(
  channel: ClientChannel,
  script: string,
  limit: number,
  { host }: SessionOptions,
  settle: (result: Result<Buffer>) => void,
): void {
  const chunks: Buffer[] = [];
  let size = 0;
  channel.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= limit) return void chunks.push(chunk);
    settle(failed(problem('LW3012', { system: systemOf(host), what, limit })));
    channel.destroy();
  });
  // Unread, standard error would fill the channel's window and halt it.
  channel.stderr.resume();
  channel.on('error', () => undefined);
  channel.on('close', () => settle(ok(Buffer.concat(chunks))));
  channel.end(script);
}
