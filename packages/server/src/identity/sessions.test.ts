import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '../../test/client.ts';
import { adminPassword, setUp, startTestServer, type TestServer } from '../../test/running-server.ts';

const hour = 3_600_000;
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await setUp(server);
});
afterAll(() => server.close());

const signIn = (client: Client, name = 'admin', password = adminPassword) =>
  client.post('/session', { name, password });

async function signedIn(): Promise<Client> {
  const client = server.client();
  await signIn(client);
  await client.readCsrf();
  return client;
}

describe('signing in', () => {
  test('tells nothing of what was wrong', async () => {
    const client = server.client();
    const answers = [
      await signIn(client, 'admin', 'wrong'),
      await signIn(client, 'nobody'),
      await signIn(client, 'x', 'y'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
    expect(new Set(answers.map(({ body }) => body['detail'])).size).toBe(1);
    expect(client.cookies.size).toBe(0);
  });

  test('gives a cookie that scripts do not see and other sites do not send', async () => {
    const answer = await signIn(server.client(), 'ADMIN');
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^leeway_session=[\w-]{43}; Max-Age=86400; Path=\/; HttpOnly; SameSite=Lax$/),
    ]);
  });

  test('begins a session of its own, whatever the browser brought (no fixation)', async () => {
    const client = server.client();
    client.cookies.set('leeway_session', 'A'.repeat(43));
    await signIn(client);
    const first = client.cookies.get('leeway_session') ?? '';
    expect(first).not.toBe('A'.repeat(43));
    await signIn(client);
    expect(client.cookies.get('leeway_session')).not.toBe(first);
    client.cookies.set('leeway_session', first);
    expect((await client.get('/me')).status).toBe(401);
  });

  test('is refused to pages of others', async () => {
    const client = server.client();
    client.headers.set('origin', 'http://127.0.0.1:1');
    expect((await signIn(client)).body.code).toBe('LW8009');
    client.headers.delete('origin');
    client.headers.set('sec-fetch-site', 'same-site');
    expect((await signIn(client)).body.code).toBe('LW8009');
    expect(client.cookies.size).toBe(0);
  });
});

describe('a session', () => {
  test('ends when it is signed out', async () => {
    const client = await signedIn();
    const secret = client.cookies.get('leeway_session') ?? '';
    expect(await client.delete('/session')).toMatchObject({ status: 200, body: {} });
    expect(client.cookies.size).toBe(0);
    client.cookies.set('leeway_session', secret);
    expect((await client.get('/me')).status).toBe(401);
  });

  test('ends when it was not used for eight hours, and after a day however much it is used', async () => {
    const [idle, busy] = [await signedIn(), await signedIn()];
    for (let waited = 0; waited < 23; waited += 1) {
      expect((await busy.get('/me')).status).toBe(200);
      if (waited === 7) expect((await idle.get('/me')).status).toBe(200);
      server.wait(hour);
    }
    expect((await idle.get('/me')).status).toBe(401);
    expect((await busy.get('/me')).status).toBe(200);
    server.wait(hour);
    expect((await busy.get('/me')).status).toBe(401);
  });

  test('writes only with its token against forgery, from a page of this server', async () => {
    const client = await signedIn();
    const csrf = client.headers.get('x-csrf-token') ?? '';
    const other = await signedIn();
    const attempts: Readonly<Record<string, string | undefined>>[] = [
      { 'x-csrf-token': undefined },
      { 'x-csrf-token': `${csrf}x` },
      { 'x-csrf-token': other.headers.get('x-csrf-token') },
      { origin: undefined },
      { origin: 'https://elsewhere.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
    ];
    for (const attempt of attempts) {
      const kept = new Map(client.headers);
      for (const [name, value] of Object.entries(attempt)) {
        if (value === undefined) client.headers.delete(name);
        else client.headers.set(name, value);
      }
      expect(await client.delete('/session')).toMatchObject({ status: 403, body: { code: 'LW8009' } });
      client.headers.clear();
      for (const [name, value] of kept) client.headers.set(name, value);
    }
    expect((await client.get('/me')).status).toBe(200);
  });
});
