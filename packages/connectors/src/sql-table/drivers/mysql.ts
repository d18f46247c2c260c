import { Socket } from 'node:net';
import { guardSocket } from '../../mysql/read/guard-socket.ts';
import { batchSize, type OpenSession, type Query, type SqlRow, type Target } from '../session.ts';
import { inBatches } from './batches.ts';
import { loadDriver } from './load-driver.ts';
import { endWhenSilent } from './silence.ts';

/** Bytes one reading may take: 1 GiB. */
const mostBytes = 2 ** 30;

export const openMysql: OpenSession = async (target, signal) => {
  signal.throwIfAborted();
  const { createConnection } = await loadDriver('MySQL or MariaDB', 'mysql2', () => import('mysql2'));
  // The socket is ours, so that an abort can end it at any moment, whatever the server does.
  const socket = new Socket();
  endWhenSilent(socket, target);
  guardSocket(socket, () => new Error('the answer is too large'), mostBytes);
  const connection = createConnection({ ...configOf(target), stream: () => socket.connect(target.port, target.host) });
  const abort = () => socket.destroy(signal.reason instanceof Error ? signal.reason : undefined);
  signal.addEventListener('abort', abort, { once: true });
  // Errors between queries have no listener otherwise, and would end the process.
  connection.on('error', () => undefined);
  const ask = (sql: string) =>
    new Promise<void>((resolve, reject) => {
      const late = () => reject(signal.reason);
      signal.addEventListener('abort', late, { once: true });
      connection.query(sql, (error) => {
        signal.removeEventListener('abort', late);
        if (error) reject(error);
        else resolve();
      });
    });
  const close = async () => {
    signal.removeEventListener('abort', abort);
    connection.destroy();
    socket.destroy();
  };
  try {
    await ask("set time_zone = '+00:00'");
    socket.setTimeout(0);
    await ask('set session transaction isolation level repeatable read');
    await ask('start transaction with consistent snapshot, read only');
  } catch (error) {
    await close();
    throw error;
  }
  const rows = ({ text, values }: Query): AsyncIterable<readonly SqlRow[]> => {
    const options = { sql: text, values: [...values], timeout: target.statementSeconds * 1000 };
    return inBatches<SqlRow>(connection.query(options).stream({ highWaterMark: batchSize }), signal);
  };
  return { rows, close };
};

/** Exact numbers and times as the server writes them. */
function configOf({ host, port, database, user, password, tls, ca, statementSeconds }: Target) {
  return {
    host,
    port,
    database,
    user,
    password,
    connectTimeout: Math.min(statementSeconds, 30) * 1000,
    dateStrings: true,
    supportBigNumbers: true,
    bigNumberStrings: true,
    multipleStatements: false,
    // A server must not be able to ask the client for its files.
    flags: ['-LOCAL_FILES'],
    ...(tls !== 'disable' && {
      ssl: {
        rejectUnauthorized: tls === 'verify-full',
        verifyIdentity: tls === 'verify-full',
        ...(ca !== undefined && { ca }),
      },
    }),
  };
}
