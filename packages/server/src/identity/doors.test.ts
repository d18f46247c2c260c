import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer, Client } from '../../test/client.ts';
import { adminPassword, setUp, startTestServer, type TestServer } from '../../test/running-server.ts';
import { api } from '../contract/api.ts';
import type { Contract } from '../contract/contract.ts';
import { type Permission, permissions, type Role, rolePermissions, roles } from './permissions.ts';

const day = 86_400_000;
let server: TestServer;
let admin: Client;
beforeAll(async () => {
  server = await startTestServer();
  admin = await setUp(server);
});
afterAll(() => server.close());

const operations = Object.entries(api as Readonly<Record<string, Contract>>);
const isOpen = ({ access }: Contract) => access === 'public';
/** A call as far as its door: parameters of some form, and no body, which nobody reads before the door. */
const knock = (client: Client, { method, url }: Contract): Promise<Answer> =>
  client.call(method, url.replaceAll(/:\w+/g, '00000000-0000-4000-8000-000000000000'));
/** All doors at once: what is written to the audit log meanwhile is written together. */
async function knockAll(
  client: Client,
  doors: typeof operations,
  check: (name: string, answer: Answer, contract: Contract) => void,
): Promise<void> {
  const answers = await Promise.all(doors.map(([, contract]) => knock(client, contract)));
  for (const [at, [name, contract]] of doors.entries()) check(name, answers[at] as Answer, contract);
}
const isTurnedAway = ({ status, body }: Answer) => status === 401 || (status === 403 && body.code === 'LW8002');

async function makeToken(
  maker: Client,
  named: readonly Permission[],
  more: object = {},
): Promise<{ secret: string; id: string }> {
  const wish = { name: 'test', permissions: named, days: 2, ...more };
  const { status, body } = await maker.post('/tokens', wish);
  expect([status, body.code]).toEqual([201, undefined]);
  return { secret: String(body['secret']), id: String((body['token'] as { id: string }).id) };
}

function bearing(secret: string): Client {
  const client = server.client();
  client.headers.set('authorization', `Bearer ${secret}`);
  client.headers.delete('origin');
  return client;
}

const nameOf = (role: Role) => `the ${role}`;

async function withRole(role: Role): Promise<Client> {
  await admin.post('/people', { name: nameOf(role), password: adminPassword, role });
  const client = server.client();
  expect((await client.post('/session', { name: nameOf(role), password: adminPassword })).status).toBe(204);
  await client.readCsrf();
  return client;
}

describe('every operation', () => {
  test('turns away who shows nothing, nothing good, or nothing good any more', async () => {
    const [revoked, expired] = [await makeToken(admin, permissions), await makeToken(admin, permissions, { days: 1 })];
    expect((await admin.delete(`/tokens/${revoked.id}`)).status).toBe(204);
    server.wait(1.5 * day);
    const strangers = [server.client(), bearing('A'.repeat(43)), bearing(revoked.secret), bearing(expired.secret)];
    const [basic, forged] = [server.client(), server.client()];
    basic.headers.set('authorization', 'Basic YWRtaW46YWRtaW4=');
    forged.cookies.set('leeway_session', 'A'.repeat(43));
    const closed = operations.filter(([, contract]) => !isOpen(contract));
    for (const client of [...strangers, basic, forged]) {
      await knockAll(client, closed, (name, { status, body }) =>
        expect([name, status, body.code]).toEqual([name, 401, 'LW8001']),
      );
    }
    await admin.post('/session', { name: 'admin', password: adminPassword });
    await admin.readCsrf();
  }, 120_000);

  test.each(roles)(
    'lets %s through exactly where the table says so',
    async (role) => {
      const client = await withRole(role);
      const doors = operations.filter(([id]) => id !== 'signOut');
      await knockAll(client, doors, (name, answer, contract) => {
        const { access } = contract;
        const held = isOpen(contract) || access === 'signed-in' || rolePermissions[role].includes(access as Permission);
        expect([name, isTurnedAway(answer) && !isOpen(contract)]).toEqual([name, !held]);
      });
    },
    120_000,
  );

  test('turns away a token that was given too little', async () => {
    for (const permission of permissions) {
      const client = bearing((await makeToken(admin, [permission])).secret);
      const beyond = operations.filter(([, { access }]) => !['public', 'signed-in', permission].includes(access));
      await knockAll(client, beyond, (name, { body }) => expect([name, body.code]).toEqual([name, 'LW8002']));
    }
  }, 120_000);
});

describe('a token', () => {
  test('writes without a token against forgery, and is shown by its beginning only', async () => {
    const { secret, id } = await makeToken(admin, ['tokens:manage']);
    const client = bearing(secret);
    const list = (await client.get('/tokens')).body['items'] as readonly { id: string; prefix: string }[];
    expect(list.find((token) => token.id === id)).toMatchObject({
      prefix: secret.slice(0, 13),
      name: 'test',
      owner: 'Admin',
    });
    expect(JSON.stringify(list)).not.toContain(secret);
    expect((await client.delete(`/tokens/${id}`)).status).toBe(204);
    expect((await client.get('/me')).status).toBe(401);
  });

  test('makes no tokens, and nobody makes one that may do more than they', async () => {
    const { secret } = await makeToken(admin, permissions);
    const wish = { name: 'more', permissions: ['findings:read'], days: 1 };
    expect((await bearing(secret).post('/tokens', wish)).body.code).toBe('LW8108');
    const viewer = server.client();
    await viewer.post('/session', { name: nameOf('viewer'), password: adminPassword });
    await viewer.readCsrf();
    expect((await viewer.post('/tokens', { ...wish, permissions: ['access:manage'] })).body.code).toBe('LW8002');
    expect((await viewer.post('/tokens', { ...wish, kind: 'machine' })).body.code).toBe('LW8002');
    const others = await makeToken(admin, ['findings:read']);
    expect((await viewer.delete(`/tokens/${others.id}`)).body.code).toBe('LW8003');
  });

  test('of a person ends with their account, and so do their sessions; that of a machine stays', async () => {
    const owner = await withRole('admin');
    const [own, machine] = [
      await makeToken(owner, ['findings:read']),
      await makeToken(owner, ['findings:read'], { kind: 'machine' }),
    ];
    const me = (await owner.get('/me')).body['person'] as { id: string };
    const id = me.id.replace('person:', '');
    expect((await owner.delete(`/people/${id}`)).body.code).toBe('LW8111');
    expect((await admin.delete(`/people/${id}`)).status).toBe(204);
    expect((await owner.get('/me')).status).toBe(401);
    expect((await bearing(own.secret).get('/me')).status).toBe(401);
    expect((await bearing(machine.secret).get('/me')).body).toMatchObject({
      person: { kind: 'machine' },
      permissions: ['findings:read'],
    });
    expect((await server.client().post('/session', { name: 'admin', password: 'wrong one here' })).status).toBe(401);
  });
});

describe('an administrator of a part', () => {
  const inStaging = { role: 'admin', environments: ['staging-*'] };

  test('makes accounts for that part only, with a token for what the token may only', async () => {
    await admin.post('/people', { name: 'part', password: adminPassword, ...inStaging });
    const part = server.client();
    await part.post('/session', { name: 'part', password: adminPassword });
    await part.readCsrf();
    const make = async (client: Client, name: string, grant: object) =>
      (await client.post('/people', { name, password: adminPassword, ...grant })).body.code;
    expect(await make(part, 'all', { role: 'admin' })).toBe('LW8117');
    expect(await make(part, 'wider', { role: 'viewer', environments: ['*'] })).toBe('LW8117');
    expect(await make(part, 'other', { role: 'viewer', environments: ['staging-eu', 'production-eu'] })).toBe('LW8117');
    expect(await make(part, 'inside', { role: 'viewer', environments: ['staging-e*'] })).toBeUndefined();
    const owner = ((await admin.get('/me')).body['person'] as { id: string }).id.replace('person:', '');
    expect((await part.delete(`/people/${owner}`)).body.code).toBe('LW8002');
    const { secret } = await makeToken(admin, ['access:manage']);
    expect(await make(bearing(secret), 'by token', { role: 'viewer' })).toBe('LW8117');
  });
});

describe('the audit log', () => {
  test('has who did what, without what must stay secret, and holds', async () => {
    const { body } = await admin.get('/audit?limit=500');
    const items = body['items'] as readonly { action: string; actor: string; outcome: string }[];
    const has = (action: string, actor: string, outcome: string) =>
      items.some((item) => item.action === action && item.actor === actor && item.outcome === outcome);
    expect(has('useSetUpLink', 'Admin', 'done')).toBe(true);
    expect(has('createToken', 'Admin', 'done')).toBe(true);
    expect(has('signIn', 'admin', 'refused')).toBe(true);
    expect(has('addLocalAccount', nameOf('viewer'), 'refused')).toBe(true);
    expect(has('listAudit', nameOf('viewer'), 'refused')).toBe(true);
    expect(items.every(({ outcome }) => outcome !== 'begun')).toBe(true);
    const text = (await admin.get('/audit/export')).text;
    expect(text).not.toContain(adminPassword);
    expect(text).not.toContain(new URL(server.setUpUrl ?? '').searchParams.get('link'));
    expect(text).toContain('"outcome":"begun"');
    const check = await admin.get('/audit/verification');
    expect(check.body).toMatchObject({ intact: true, entries: expect.any(Number), head: expect.any(String) });
    const cut = await admin.get(`/audit/verification?head=${'0'.repeat(64)}`);
    expect(cut.body).toMatchObject({ intact: false });
  });
});
