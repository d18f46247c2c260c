import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findFreePort } from '../../../../checks/server-process.ts';
import type { Answer, Client } from '../../test/client.ts';
import { type IdentityProvider, passProvider, startIdentityProvider } from '../../test/identity-provider.ts';
import { startTestServer, type TestServer } from '../../test/running-server.ts';

let provider: IdentityProvider;
let server: TestServer;
beforeAll(async () => {
  const port = await findFreePort();
  const members = { anna: ['platform', 'unknown'], bert: ['eu-owners'], carl: ['unknown'] };
  provider = await startIdentityProvider(members, `http://127.0.0.1:${port}/auth/callback`);
  server = await startTestServer(
    { port },
    `signIn:
  oidc: {title: Test, issuer: '${provider.issuer}', clientId: leeway, scopes: [openid, profile, groups]}
  groups:
    platform: [{role: admin}]
    eu-owners: [{role: application-owner, environments: ['*-eu'], workloads: [wms]}]
`,
  );
});
afterAll(async () => {
  await server.close();
  await provider.close();
});

async function leave(client: Client, to = '/'): Promise<string> {
  const { status, headers } = await client.get(`//auth/login?to=${encodeURIComponent(to)}`);
  expect(status).toBe(302);
  return headers.get('location') ?? '';
}

async function signIn(client: Client, name: string, to = '/'): Promise<Answer> {
  const back = await passProvider(await leave(client, to), name, `${server.url}/auth/callback`);
  return client.get(`/${back.slice(server.url.length)}`);
}

describe('signing in by a provider', () => {
  test('is the one way where it is declared, and no set-up is due', async () => {
    expect(server.setUpUrl).toBeUndefined();
    const ways = { oidc: { title: 'Test', url: '/auth/login' }, local: false, setUp: false };
    expect((await server.client().get('/session/ways')).body).toEqual(ways);
  });

  test('asks with PKCE, state and nonce', async () => {
    const asked = new URL(await leave(server.client())).searchParams;
    expect(Object.fromEntries(asked)).toMatchObject({ response_type: 'code', code_challenge_method: 'S256' });
    for (const name of ['state', 'nonce', 'code_challenge']) expect(asked.get(name)?.length).toBeGreaterThan(20);
  });

  test('gives what the groups give, and goes back to where one was', async () => {
    const client = server.client();
    const answer = await signIn(client, 'bert', '/findings?severity=high');
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/findings?severity=high']);
    const { body } = await client.get('/me');
    expect(body).toMatchObject({
      person: { name: 'bert of the provider', kind: 'person' },
      grants: [{ role: 'application-owner', environments: ['*-eu'], workloads: ['wms'] }],
    });
    await client.readCsrf();
    expect((await client.delete('/session')).body['next']).toContain(provider.issuer);
    expect((await client.get('/me')).status).toBe(401);
  });

  test('leads nowhere else', async () => {
    const answer = await signIn(server.client(), 'anna', '//elsewhere.example');
    expect(answer.headers.get('location')).toBe('/');
  });

  test('refuses who has no role here', async () => {
    const client = server.client();
    expect((await signIn(client, 'carl')).body.code).toBe('LW8116');
    expect(client.cookies.size).toBe(0);
  });

  test('is finished in the browser it was begun in, once, with what it left with', async () => {
    const client = server.client();
    const back = await passProvider(await leave(client), 'anna', `${server.url}/auth/callback`);
    const path = `/${back.slice(server.url.length)}`;
    expect((await server.client().get(path)).body.code).toBe('LW8115');
    const other = server.client();
    await leave(other);
    expect((await other.get(path)).body.code).toBe('LW8115');
    expect((await client.get(path)).status).toBe(302);
    expect((await client.get(path)).body.code).toBe('LW8115');
  });
});
