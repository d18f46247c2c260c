import { Socket } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import type { Client, ClientConfig } from 'pg';
import type { Target } from './connection.ts';
import { guardParsing } from './guard-parsing.ts';
import { type RawRow, type Session, SqlError } from './session.ts';

/** A connection that ends when its signal fires, whatever the server is doing. */
export interface LiveSession extends Session {
  close(): Promise<void>;
}

/** The server does not offer TLS; libpq's `prefer` then goes on without. */
const noTls = 'The server does not support SSL connections';

/** Connects. Throws {@link SqlError} where the server refuses, the socket's error where there is no server. */
export async function openSession(target: Target, signal: AbortSignal): Promise<LiveSession> {
  try {
    return await connectOnce(target, target.sslMode !== 'disable', signal);
  } catch (error) {
    if (target.sslMode !== 'prefer' || !(error instanceof Error) || error.message !== noTls) throw error;
    return await connectOnce(target, false, signal);
  }
}

async function connectOnce(target: Target, tls: boolean, signal: AbortSignal): Promise<LiveSession> {
  signal.throwIfAborted();
  const { default: pg } = await import('pg');
  // The socket is ours, so that an abort can end it at any moment, whatever the server does.
  const socket = new Socket();
  const client = new pg.Client({ ...configOf(target, tls), stream: () => socket });
  guardParsing(client);
  // Errors between queries have no listener otherwise, and would end the process.
  client.on('error', () => undefined);
  const abort = () => socket.destroy(signal.reason instanceof Error ? signal.reason : undefined);
  signal.addEventListener('abort', abort, { once: true });
  const close = async () => {
    signal.removeEventListener('abort', abort);
    const ended = client.end();
    // Says good-bye and does not wait for an answer: a hung server gives none.
    socket.destroySoon();
    await ended.catch(() => undefined);
  };
  try {
    await client.connect();
    return { batch: (statements) => runBatch(client, statements), close };
  } catch (error) {
    signal.removeEventListener('abort', abort);
    socket.destroy();
    throw sqlErrorOf(error);
  }
}

function configOf(target: Target, tls: boolean): ClientConfig {
  const { host, port, user, database, password } = target;
  return {
    host,
    port,
    user,
    database,
    // A function keeps pg from looking into ~/.pgpass by itself.
    password: () => password ?? '',
    application_name: 'leeway',
    ssl: tls ? tlsOptions(target) : false,
    options: '',
  };
}

function tlsOptions({ sslMode, ca }: Target): ConnectionOptions {
  const verify = sslMode === 'verify-ca' || sslMode === 'verify-full';
  return {
    rejectUnauthorized: verify,
    ...(ca !== undefined && { ca }),
    ...(sslMode !== 'verify-full' && { checkServerIdentity: () => undefined }),
  };
}

async function runBatch(client: Client, statements: readonly string[]): Promise<readonly (readonly RawRow[])[]> {
  try {
    const result: unknown = await client.query(statements.join(';\n'));
    return (Array.isArray(result) ? result : [result]).map(({ rows }: { rows: RawRow[] }) => rows);
  } catch (error) {
    throw sqlErrorOf(error);
  }
}

/** What the server itself said, as told from what happened to the connection. */
function sqlErrorOf(error: unknown): unknown {
  const isServers = error instanceof Error && 'severity' in error && 'code' in error && typeof error.code === 'string';
  return isServers ? new SqlError(error.message, String(error.code)) : error;
}
