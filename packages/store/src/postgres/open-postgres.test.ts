import { createServer, type Server } from 'node:net';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PostgresServer, startPostgres } from '../../../../checks/postgres-server.ts';
import { openStore } from '../open.ts';
import { openPostgres } from './open-postgres.ts';

const password = 'pl4nted-m@rker';
const encoded = encodeURIComponent(password);

async function problemOf(url: string) {
  const opened = await openStore({ kind: 'postgres', url });
  if (opened.ok) throw new Error('It opened');
  expect(opened.problems).toHaveLength(1);
  const text = JSON.stringify(opened.problems);
  expect(text).not.toContain(password);
  expect(text).not.toContain(encoded);
  return opened.problems[0]!;
}

/** A server that answers every connection with these bytes, then hangs up. */
async function listenWith(answer: string): Promise<{ server: Server; port: number }> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(answer, 'latin1'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return { server, port: typeof address === 'object' && address ? address.port : 0 };
}

describe('without a server', () => {
  test.each([
    ['', 'it is not a URL'],
    [`not a url ${password}`, 'it is not a URL'],
    [`mysql://root:${encoded}@db/x`, 'its scheme is mysql'],
    [`postgresql://root:12/${encoded}@db/x`, 'its password has a "/" in it'],
  ])('an unusable URL is told without repeating it: %s', async (url, reason) => {
    const found = await problemOf(url);
    expect(found).toMatchObject({ code: 'LW6013', message: expect.stringContaining(reason) });
  });

  test('nobody listens', async () => {
    const { server, port } = await listenWith('');
    await new Promise((resolve) => server.close(resolve));
    const found = await problemOf(`postgresql://leeway:${encoded}@127.0.0.1:${port}/estate`);
    expect(found.code).toBe('LW6001');
    expect(found.message).toBe(
      `the database estate at 127.0.0.1:${port} cannot be reached: nothing listens at that address.`,
    );
  });

  test.each([
    ['hangs up at once', ''],
    ['speaks another protocol', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
    ['sends an endless length', 'R\x7f\xff\xff\xff'],
  ])('the other side %s', async (_, answer) => {
    const { server, port } = await listenWith(answer);
    const found = await problemOf(`postgresql://leeway:${encoded}@127.0.0.1:${port}/estate`);
    expect(found.code).toBe('LW6001');
    server.close();
  });
});

const server = await startPostgres();
describe.skipIf('skipped' in server)('with a server', () => {
  const { url, stop } = server as PostgresServer;
  afterAll(() => stop());
  beforeAll(async () => {
    const opened = await openStore({ kind: 'postgres', url });
    if (opened.ok) await opened.value.close();
  });

  test('a database that does not exist, asked for with a password', async () => {
    const found = await problemOf(url.replace('postgres@', `postgres:${encoded}@`).replace(/\/postgres$/, '/nowhere'));
    expect(found).toMatchObject({ code: 'LW6012', message: expect.stringContaining('"nowhere" does not exist') });
  });

  test('a role that does not exist', async () => {
    const found = await problemOf(url.replace('postgres@', `nobody:${encoded}@`));
    expect(found).toMatchObject({ code: 'LW6012', message: expect.stringContaining('nobody') });
  });

  test('a statement past its deadline is a problem, and the store goes on', async () => {
    const opened = await openPostgres(url, 0.2);
    if (!opened.ok) throw new Error('It did not open');
    const { db } = opened.value;
    await expect(sql`SELECT pg_sleep(20)`.execute(db)).rejects.toMatchObject({ problem: { code: 'LW6011' } });
    expect((await sql`SELECT 1 AS one`.execute(db)).rows).toEqual([{ one: 1 }]);
    await db.destroy();
  });

  test('a server that goes away is a problem, never a crash', async () => {
    const own = await startPostgres();
    if ('skipped' in own) throw new Error(own.skipped);
    const opened = await openStore({ kind: 'postgres', url: own.url });
    if (!opened.ok) throw new Error('It did not open');
    await own.stop();
    await expect(opened.value.findings.scans('estate', 1)).rejects.toMatchObject({ problem: { code: 'LW6001' } });
    await opened.value.close();
  });
});
