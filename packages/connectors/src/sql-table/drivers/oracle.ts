import { batchSize, type OpenSession, type Query, type SqlRow, type Target } from '../session.ts';
import { loadDriver } from './load-driver.ts';

/** Dates and times as texts of one form, whatever the session of the user is set to. */
const spelling = `begin
  execute immediate 'alter session set nls_date_format = ''YYYY-MM-DD"T"HH24:MI:SS''';
  execute immediate 'alter session set nls_timestamp_format = ''YYYY-MM-DD"T"HH24:MI:SS.FF''';
  execute immediate 'alter session set nls_timestamp_tz_format = ''YYYY-MM-DD"T"HH24:MI:SS.FFTZH:TZM''';
end;`;

/** The driver's thin mode: no client of Oracle's own is needed. */
export const openOracle: OpenSession = async (target, signal) => {
  signal.throwIfAborted();
  const { default: oracledb } = await loadDriver('Oracle', 'oracledb', () => import('oracledb'));
  const asText = new Set<unknown>([
    oracledb.DB_TYPE_NUMBER,
    oracledb.DB_TYPE_DATE,
    oracledb.DB_TYPE_TIMESTAMP,
    oracledb.DB_TYPE_TIMESTAMP_TZ,
    oracledb.DB_TYPE_TIMESTAMP_LTZ,
    oracledb.DB_TYPE_CLOB,
  ]);
  const opening = oracledb.getConnection(configOf(target));
  const connection = await untilAborted(opening, signal).catch((error: unknown) => {
    // A connection that comes too late is nobody's any more.
    opening.then((late) => late.close({ drop: true })).catch(() => undefined);
    throw error;
  });
  connection.callTimeout = target.statementSeconds * 1000;
  const close = async () => {
    await connection.close({ drop: true }).catch(() => undefined);
  };
  try {
    await untilAborted(connection.execute(spelling), signal);
    await untilAborted(connection.execute('set transaction read only'), signal);
  } catch (error) {
    await close();
    throw error;
  }
  async function* rows({ text, values }: Query): AsyncGenerator<readonly SqlRow[]> {
    const { resultSet } = await untilAborted(
      connection.execute<SqlRow>(text, [...values], {
        resultSet: true,
        outFormat: oracledb.OUT_FORMAT_OBJECT,
        fetchArraySize: batchSize,
        fetchTypeHandler: ({ dbType }) => (asText.has(dbType) ? { type: oracledb.STRING } : undefined),
      }),
      signal,
    );
    if (!resultSet) return;
    for (;;) {
      const batch = await untilAborted(resultSet.getRows(batchSize), signal);
      if (batch.length > 0) yield batch;
      if (batch.length < batchSize) break;
    }
    await resultSet.close();
  }
  return { rows, close };
};

/** The driver knows no signal: what it still does is left to itself, and its connection is dropped. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

function configOf({ host, port, database, user, password, tls, statementSeconds }: Target) {
  const protocol = tls === 'disable' ? 'tcp' : 'tcps';
  return {
    user,
    password,
    connectString: `${protocol}://${host}:${port}/${database}`,
    connectTimeout: Math.min(statementSeconds, 30),
    sslServerDNMatch: tls === 'verify-full',
  };
}
