import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { adminPassword, setUp, startTestServer, type TestServer } from '../../test/running-server.ts';

const hour = 3_600_000;
let server: TestServer;
beforeEach(async () => {
  server = await startTestServer();
});
afterEach(() => server.close());

const linkOf = ({ setUpUrl }: TestServer) => new URL(setUpUrl ?? '').searchParams.get('link');

describe('a fresh server', () => {
  test('opens nothing but setting up, and that once', async () => {
    const nobody = server.client();
    expect((await nobody.get('/session/ways')).body).toEqual({ local: false, setUp: true });
    for (const path of ['/me', '/overview', '/nowhere', '//api/openapi.json']) {
      expect(await nobody.get(path)).toMatchObject({ status: 401, body: { code: 'LW8101' } });
    }
    expect((await nobody.post('/session', { name: 'x', password: 'y' })).body.code).toBe('LW8101');

    const admin = await setUp(server);
    expect((await admin.get('/me')).body).toMatchObject({ person: { name: 'Admin' }, grants: [{ role: 'admin' }] });
    expect((await nobody.get('/session/ways')).body).toEqual({ local: true, setUp: false });
    expect((await nobody.get('/me')).body.code).toBe('LW8001');
    const again = { link: linkOf(server), name: 'Other', password: adminPassword };
    expect(await nobody.post('/session/set-up', again)).toMatchObject({ status: 403, body: { code: 'LW8102' } });
    expect(nobody.cookies.size).toBe(0);
  });

  test('does not take a link that expired, is made up, or is used by a page of another', async () => {
    const nobody = server.client();
    const wish = { link: linkOf(server), name: 'Admin', password: adminPassword };
    expect((await nobody.post('/session/set-up', { ...wish, link: 'x'.repeat(43) })).body.code).toBe('LW8102');
    nobody.headers.set('origin', 'https://elsewhere.example');
    expect((await nobody.post('/session/set-up', wish)).body.code).toBe('LW8009');
    nobody.headers.delete('origin');
    server.wait(hour);
    expect((await nobody.post('/session/set-up', wish)).body.code).toBe('LW8102');
    expect((await nobody.get('/session/ways')).body).toMatchObject({ setUp: true });
  });
});
