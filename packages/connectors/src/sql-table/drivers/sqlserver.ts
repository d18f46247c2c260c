import { Readable } from 'node:stream';
import type { Connection, ConnectionConfiguration } from 'tedious';
import { batchSize, type OpenSession, type Query, type SqlRow, type SqlValue, type Target } from '../session.ts';
import { inBatches } from './batches.ts';
import { loadDriver } from './load-driver.ts';

type Tedious = typeof import('tedious');

/** SQL Server has no read-only transaction; only queries are sent, and read intent is declared. */
export const openSqlServer: OpenSession = async (target, signal) => {
  signal.throwIfAborted();
  const tedious = await loadDriver('SQL Server', 'tedious', () => import('tedious'));
  const connection = new tedious.Connection(configOf(target));
  const abort = () => connection.close();
  signal.addEventListener('abort', abort, { once: true });
  const close = async () => {
    signal.removeEventListener('abort', abort);
    connection.close();
  };
  connection.on('error', () => undefined);
  try {
    await new Promise<void>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      connection.connect((error) => (error ? reject(error) : resolve()));
    });
  } catch (error) {
    await close();
    throw error;
  }
  return { rows: (query) => inBatches<SqlRow>(streamRows(tedious, connection, query), signal), close };
};

interface Cell {
  readonly value: unknown;
  readonly metadata: { readonly colName: string };
}

/** Rows as they come; the server is asked to wait while nobody takes them. */
function streamRows({ Request, TYPES }: Tedious, connection: Connection, { text, values }: Query): Readable {
  const rows = new Readable({ objectMode: true, highWaterMark: batchSize, read: () => request.resume() });
  const request = new Request(text, (error) => (error ? rows.destroy(error) : rows.push(null)));
  for (const [index, value] of values.entries()) request.addParameter(`p${index + 1}`, TYPES[typeOf(value)], value);
  request.on('row', (cells: readonly Cell[]) => {
    const row = Object.fromEntries(cells.map(({ metadata, value }) => [metadata.colName, value]));
    if (!rows.push(row)) request.pause();
  });
  connection.execSql(request);
  return rows;
}

function typeOf(value: SqlValue): 'NVarChar' | 'Float' | 'Bit' {
  if (typeof value === 'number') return 'Float';
  return typeof value === 'boolean' ? 'Bit' : 'NVarChar';
}

function configOf({
  host,
  port,
  database,
  user,
  password,
  tls,
  ca,
  statementSeconds,
}: Target): ConnectionConfiguration {
  return {
    server: host,
    authentication: { type: 'default', options: { userName: user, password } },
    options: {
      port,
      database,
      appName: 'leeway',
      readOnlyIntent: true,
      useUTC: true,
      encrypt: tls !== 'disable',
      trustServerCertificate: tls !== 'verify-full',
      connectTimeout: Math.min(statementSeconds, 30) * 1000,
      requestTimeout: statementSeconds * 1000,
      ...(ca !== undefined && { cryptoCredentialsDetails: { ca } }),
    },
  };
}
