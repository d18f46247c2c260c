import { createServer, type Socket } from 'node:net';
import type { Started } from '@leeway/connector-kit/testing/scenario.ts';
import { shuffle } from '@leeway/connector-kit/testing/shuffle.ts';
import { framed, greeting, okay, refusal, resultOf } from './packets.ts';
import type { RecordedSql } from './recorded-sql.ts';

/** What a replay does otherwise than the recording. */
export interface ReplayOptions {
  /** Rows in place of the recorded ones, by a part of the statement. */
  readonly instead?: Readonly<Record<string, readonly (readonly (string | null)[])[]>>;
  /** Error numbers to answer with, by a part of the statement. */
  readonly refuse?: Readonly<Record<string, number>>;
  /** Rejects every sign-in. */
  readonly signIn?: 'refused';
  /** Rows of statements that ask for no order come in another one. */
  readonly shuffled?: boolean;
  /** Ends the connection at a statement. */
  readonly hangUpAt?: string;
}

const headerBytes = 4;
const comQuery = 3;

/** A server on loopback that speaks MySQL's protocol and answers recorded statements. */
export async function startReplay(recorded: RecordedSql, options: ReplayOptions = {}): Promise<Started> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    serve(socket, recorded, options);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const stop = () =>
    new Promise<void>((resolve) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => resolve());
    });
  const settings = { host: '127.0.0.1', port, user: 'reader', passwordFrom: 'DB_PASSWORD', sslMode: 'disable' };
  return { settings, stop };
}

function serve(socket: Socket, recorded: RecordedSql, options: ReplayOptions): void {
  let pending = Buffer.alloc(0);
  let isSignedIn = false;
  socket.on('error', () => undefined);
  socket.on('data', (bytes) => {
    pending = Buffer.concat([pending, bytes]);
    while (pending.length >= headerBytes && pending.length >= headerBytes + pending.readUIntLE(0, 3)) {
      const length = headerBytes + pending.readUIntLE(0, 3);
      const body = pending.subarray(headerBytes, length);
      pending = pending.subarray(length);
      if (isSignedIn) answer(socket, body, recorded, options);
      else socket.write(framed([options.signIn === 'refused' ? refusal(1045) : okay], 2));
      isSignedIn = true;
    }
  });
  socket.write(framed([greeting(recorded.version)], 0));
}

function answer(socket: Socket, body: Buffer, recorded: RecordedSql, options: ReplayOptions): void {
  if (body[0] !== comQuery) return void socket.end();
  const sql = body.subarray(1).toString('utf8');
  const { hangUpAt } = options;
  if (hangUpAt !== undefined && sql.includes(hangUpAt)) return void socket.end();
  socket.write(framed(packetsFor(sql, recorded, options), 1));
}

function packetsFor(sql: string, recorded: RecordedSql, options: ReplayOptions): readonly Buffer[] {
  const { refuse = {}, instead = {}, shuffled = false } = options;
  const partOf = (texts: Readonly<Record<string, unknown>>) =>
    Object.keys(texts).find((text) => sql.includes(text)) ?? '';
  const refused = refuse[partOf(refuse)];
  if (refused !== undefined) return [refusal(refused)];
  if (/^(?:set|start) /.test(sql)) return [okay];
  const found = recorded.statements.find((statement) => statement.sql === sql);
  if (!found) return [refusal(1064)];
  const rows = instead[partOf(instead)] ?? found.rows;
  return resultOf(found.columns, shuffled && !/order by/.test(sql) ? shuffle(rows) : rows);
}
