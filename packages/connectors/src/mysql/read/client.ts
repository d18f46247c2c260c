import { Socket } from 'node:net';
import { loadOptional } from '@leeway/connector-kit';
import { ProblemError, problem } from '@leeway/core';
import type { Connection, ConnectionOptions, QueryError } from 'mysql2';
import type { MysqlSettings } from '../schema.ts';
import { guardSocket } from './guard-socket.ts';
import { type Row, type Session, SqlError } from './session.ts';

/** Everything needed to connect, settings and environment put together. */
export interface Target {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly sslMode: MysqlSettings['sslMode'];
  readonly ca: string | undefined;
  readonly seconds: number;
  /** For messages: `db.example:3306`. */
  readonly label: string;
}

/** How a session is opened: {@link openSession}, or what records one. */
export type OpenSession = (target: Target, signal: AbortSignal) => Promise<Session>;

/** More than the catalogs of a server with 100,000 tables; a server that sends more means no good. */
const limitBytes = 512 * 2 ** 20;

/** mysql2's code for a server that offers no TLS; `prefer` then goes on without. */
const noTls = 'HANDSHAKE_NO_SSL_SUPPORT';

/** Connects. Throws {@link SqlError} where the server refuses, ProblemError LW3009 where the driver is not installed. */
export async function openSession(target: Target, signal: AbortSignal): Promise<Session> {
  try {
    return await connect(target, target.sslMode !== 'disable', signal);
  } catch (error) {
    const isPlain = error instanceof Error && 'code' in error && error.code === noTls;
    if (target.sslMode !== 'prefer' || !isPlain) throw error;
    return await connect(target, false, signal);
  }
}

async function connect(target: Target, tls: boolean, signal: AbortSignal): Promise<Session> {
  signal.throwIfAborted();
  const driver = await loadDriver();
  const socket = new Socket();
  guardSocket(socket, () => new ProblemError(tooLarge(target)), limitBytes);
  const abort = () => socket.destroy(signal.reason instanceof Error ? signal.reason : undefined);
  signal.addEventListener('abort', abort, { once: true });
  // The socket is ours, so that an abort can end it at any moment, whatever the server does.
  const stream = () => socket.connect(target.port, target.host);
  const connection = driver.createConnection({ ...optionsOf(target, tls), stream });
  const close = () => {
    signal.removeEventListener('abort', abort);
    connection.destroy();
    socket.destroy();
  };
  try {
    await greeted(connection);
    return { query: (sql) => runQuery(connection, sql, target.seconds), close };
  } catch (error) {
    close();
    throw error;
  }
}

async function loadDriver(): Promise<typeof import('mysql2')> {
  const driver = await loadOptional('MySQL', 'mysql2', () => import('mysql2'));
  if (driver.ok) return driver.value;
  throw new ProblemError(driver.problems[0] ?? problem('LW3009', { system: 'MySQL', package: 'mysql2' }));
}

function tooLarge({ label }: Target) {
  return problem('LW3012', { system: label, limit: limitBytes, what: 'the catalogs' });
}

function optionsOf(target: Target, tls: boolean): ConnectionOptions {
  const { user, password, sslMode, ca, seconds } = target;
  const verify = sslMode === 'verify-ca' || sslMode === 'verify-full';
  return {
    host: target.host,
    port: target.port,
    user,
    password,
    charset: 'utf8mb4',
    connectTimeout: seconds * 1000,
    // Compiles no code from what the server sends.
    disableEval: true,
    rowsAsArray: true,
    typeCast: (field) => field.string('utf8'),
    // Never offers files of this machine to the server.
    flags: ['-LOCAL_FILES', '-MULTI_STATEMENTS'],
    ...(tls && {
      ssl: { rejectUnauthorized: verify, verifyIdentity: sslMode === 'verify-full', ...(ca !== undefined && { ca }) },
    }),
  };
}

function greeted(connection: Connection): Promise<void> {
  return new Promise((resolve, reject) => {
    // Errors between statements have no other listener, and would end the process.
    connection.on('error', (error) => reject(ownError(error)));
    connection.connect((error) => (error ? reject(ownError(error)) : resolve()));
  });
}

function runQuery(connection: Connection, sql: string, seconds: number): Promise<readonly Row[]> {
  return new Promise((resolve, reject) => {
    connection.once('error', (error) => reject(ownError(error)));
    connection.query({ sql, timeout: seconds * 1000 }, (error, rows, fields) => {
      connection.removeAllListeners('error');
      connection.on('error', () => undefined);
      if (error) return reject(ownError(error));
      const names = (fields ?? []).map(({ name }) => name.toLowerCase());
      resolve(Array.isArray(rows) ? rows.map((row) => rowOf(names, row)) : []);
    });
  });
}

function rowOf(names: readonly string[], values: unknown): Row {
  const cells: readonly unknown[] = Array.isArray(values) ? values : [];
  return Object.fromEntries(names.map((name, index) => [name, textOf(cells[index])]));
}

function textOf(cell: unknown): string | null {
  return typeof cell === 'string' ? cell : null;
}

/** What the server itself said, as told from what happened to the connection. Its words may quote values. */
function ownError(error: QueryError | Error): Error {
  const number = 'errno' in error && 'sqlState' in error && error.sqlState ? Number(error.errno) : 0;
  return number > 0 ? new SqlError(number) : error;
}
