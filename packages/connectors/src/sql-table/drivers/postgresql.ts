import { Socket } from 'node:net';
import { guardParsing } from '../../postgresql/read/guard-parsing.ts';
import { batchSize, type OpenSession, type Query, type SqlRow, type Target } from '../session.ts';
import { endWhenSilent } from './silence.ts';

/** Types read as numbers, switches and documents; everything else stays the text the server wrote (pg_type.oid). */
const parsers: Readonly<Record<number, (text: string) => unknown>> = {
  16: (text) => text === 't',
  21: Number,
  23: Number,
  700: Number,
  701: Number,
  114: JSON.parse,
  3802: JSON.parse,
};

export const openPostgresql: OpenSession = async (target, signal) => {
  signal.throwIfAborted();
  const { default: pg } = await import('pg');
  // The socket is ours, so that an abort can end it at any moment, whatever the server does.
  const socket = new Socket();
  endWhenSilent(socket, target);
  const client = new pg.Client({ ...configOf(target), stream: () => socket });
  guardParsing(client);
  client.on('error', () => undefined);
  const abort = () => socket.destroy(signal.reason instanceof Error ? signal.reason : undefined);
  signal.addEventListener('abort', abort, { once: true });
  const close = async () => {
    signal.removeEventListener('abort', abort);
    const ended = client.end();
    socket.destroySoon();
    await ended.catch(() => undefined);
  };
  try {
    await client.connect();
    socket.setTimeout(0);
    await client.query('begin transaction isolation level repeatable read, read only');
    await client.query(`set local statement_timeout = ${target.statementSeconds * 1000}; set local time zone 'UTC'`);
  } catch (error) {
    signal.removeEventListener('abort', abort);
    socket.destroy();
    throw error;
  }
  return { rows: (query) => fetchRows((text, values) => client.query(text, values), query), close };
};

type Ask = (text: string, values?: unknown[]) => Promise<{ readonly rows: readonly SqlRow[] }>;

/** Through a cursor, so that neither side holds the table whole. */
async function* fetchRows(ask: Ask, { text, values }: Query): AsyncGenerator<readonly SqlRow[]> {
  // A table that cannot be read must not end the transaction for the others; going back ends the cursor as well.
  await ask('savepoint leeway');
  try {
    await ask(`declare leeway_rows no scroll cursor for ${text}`, [...values]);
    for (;;) {
      const { rows } = await ask(`fetch ${batchSize} from leeway_rows`);
      if (rows.length > 0) yield rows;
      if (rows.length < batchSize) break;
    }
  } finally {
    await ask('rollback to savepoint leeway').catch(() => undefined);
  }
}

function configOf({ host, port, database, user, password, tls, ca }: Target) {
  return {
    host,
    port,
    database,
    user,
    // A function keeps pg from looking into ~/.pgpass by itself.
    password: () => password,
    application_name: 'leeway',
    options: '',
    ssl:
      tls === 'disable'
        ? false
        : { rejectUnauthorized: tls === 'verify-full', servername: host, ...(ca !== undefined && { ca }) },
    types: { getTypeParser: (oid: number) => parsers[oid] ?? ((text: string) => text) },
  };
}
