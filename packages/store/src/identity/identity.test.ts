import { describe, expect, test } from 'vitest';
import { minute } from '../../test/make.ts';
import { onBothDatabases } from '../../test/server-store.ts';
import type { ServerStore } from '../store.ts';
import type { Person } from './people.ts';
import type { Session } from './sessions.ts';
import type { Token } from './tokens.ts';

let ids = 0;
const local = (name: string, more: Partial<Person> = {}): Person => ({
  id: `person-${++ids}`,
  issuer: '',
  subject: name.toLowerCase(),
  name,
  groups: [],
  grants: [{ role: 'admin' }],
  createdAt: minute(1),
  ...more,
});
const session = (person: string, more: Partial<Session> = {}): Session => ({
  hash: `hash-${++ids}`,
  person,
  createdAt: minute(1),
  usedAt: minute(1),
  expiresAt: minute(60),
  ...more,
});
const token = (owner: string, more: Partial<Token> = {}): Token => ({
  id: `token-${++ids}`,
  hash: `hash-${ids}`,
  prefix: 'leeway_abc',
  kind: 'personal',
  owner,
  name: 'pipeline',
  permissions: ['findings:read'],
  environments: ['production-*'],
  grants: [],
  createdAt: minute(ids),
  expiresAt: minute(1000),
  ...more,
});

function testPeople(store: () => ServerStore, freshEstate: () => string): void {
  const people = () => store().identity.people;

  test('a person is found by id and by how they are recognised, in their estate only', async () => {
    const [estate, other] = [freshEstate(), freshEstate()];
    const person = local('A. Jansen', { email: 'a@example', password: 'scrypt$…', lastSeenAt: minute(3) });
    expect(await people().any(estate)).toBe(false);
    expect(await people().add(estate, person)).toBe(true);
    expect(await people().any(estate)).toBe(true);
    expect(await people().get(estate, person.id)).toEqual(person);
    expect(await people().find(estate, person)).toEqual(person);
    expect(await people().find(estate, { issuer: 'https://idp', subject: person.subject })).toBeUndefined();
    expect(await people().get(other, person.id)).toBeUndefined();
    expect(await people().any(other)).toBe(false);
  });

  test('one name has one account', async () => {
    const estate = freshEstate();
    expect(await people().add(estate, local('anna'))).toBe(true);
    expect(await people().add(estate, local('Anna'))).toBe(false);
  });

  test('signing in takes over what the provider says, and wakes nobody who was disabled', async () => {
    const estate = freshEstate();
    const key = { issuer: 'https://idp', subject: '42' };
    const first = await people().signedIn(estate, local('Anna', { ...key, groups: ['ops'], lastSeenAt: minute(5) }));
    expect(await people().disable(estate, first.id, minute(6))).toBe(true);
    expect(await people().disable(estate, first.id, minute(9))).toBe(true);
    const again = await people().signedIn(estate, local('Anna B.', { ...key, groups: [], lastSeenAt: minute(7) }));
    expect(again).toMatchObject({ id: first.id, name: 'Anna B.', groups: [], lastSeenAt: minute(7) });
    expect(again.disabledAt).toBe(minute(6));
    expect(await people().disable(estate, 'nobody', minute(6))).toBe(false);
  });

  test('are listed by name in pages', async () => {
    const estate = freshEstate();
    for (const name of ['c', 'a', 'b']) await people().add(estate, local(name));
    const first = await people().list(estate, undefined, 2);
    expect([first.total, first.items.map(({ name }) => name)]).toEqual([3, ['a', 'b']]);
    const rest = await people().list(estate, first.items[1], 2);
    expect([rest.total, rest.items.map(({ name }) => name)]).toEqual([3, ['c']]);
  });

  test('hostile names are values', async () => {
    const estate = freshEstate();
    const name = `x'); DROP TABLE leeway.person; --\0\ud800`;
    await people().add(estate, local(name));
    const found = await people().find(estate, { issuer: '', subject: name.toLowerCase() });
    expect(found?.name).toBe(`x'); DROP TABLE leeway.person; --\uFFFD\uFFFD`);
  });
}

function testSetUp(store: () => ServerStore, freshEstate: () => string): void {
  const people = () => store().identity.people;

  test('a link makes one first account, however many use it at once', async () => {
    const estate = freshEstate();
    await people().keepSetUpLink(estate, { hash: 'one', expiresAt: minute(10) });
    await people().keepSetUpLink(estate, { hash: 'two', expiresAt: minute(10) });
    const tries = ['one', 'two', 'one', 'wrong'].map((hash, at) =>
      people().useSetUpLink(estate, hash, local(`admin ${at}`)),
    );
    expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
    expect((await people().list(estate, undefined, 10)).total).toBe(1);
    expect(await people().useSetUpLink(estate, 'two', local('late'))).toBe(false);
  });

  test('a link that expired, of another estate or made up makes none', async () => {
    const [estate, other] = [freshEstate(), freshEstate()];
    await people().keepSetUpLink(estate, { hash: 'old', expiresAt: minute(1) });
    await people().keepSetUpLink(other, { hash: 'other', expiresAt: minute(10) });
    for (const hash of ['old', 'other', '']) expect(await people().useSetUpLink(estate, hash, local('a'))).toBe(false);
    expect(await people().any(estate)).toBe(false);
  });
}

function testSessions(store: () => ServerStore, freshEstate: () => string): void {
  test('a session leads to its person until it is ended; those that expired are forgotten', async () => {
    const estate = freshEstate();
    const { people, sessions } = store().identity;
    const anna = local('anna');
    await people.add(estate, anna);
    const [old, one, two] = [session(anna.id, { expiresAt: minute(2) }), session(anna.id), session(anna.id)];
    await sessions.add(estate, old);
    await sessions.add(estate, one);
    expect(await sessions.find(estate, one.hash)).toEqual({ session: one, person: anna });
    expect(await sessions.find(freshEstate(), one.hash)).toBeUndefined();
    await sessions.used(estate, one.hash, minute(7));
    expect((await sessions.find(estate, one.hash))?.session.usedAt).toBe(minute(7));
    await sessions.add(estate, { ...two, createdAt: minute(5), usedAt: minute(5) });
    expect(await sessions.find(estate, old.hash)).toBeUndefined();
    await sessions.end(estate, one.hash);
    expect(await sessions.find(estate, one.hash)).toBeUndefined();
    await sessions.endAll(estate, anna.id);
    expect(await sessions.find(estate, two.hash)).toBeUndefined();
  });
}

function testTokens(store: () => ServerStore, freshEstate: () => string): void {
  test('a token is found by its hash, used, listed and revoked once', async () => {
    const estate = freshEstate();
    const { tokens } = store().identity;
    const [mine, other] = [token('anna'), token('bert', { kind: 'machine', grants: [{ role: 'admin' }] })];
    await tokens.add(estate, mine);
    await tokens.add(estate, other);
    expect(await tokens.find(estate, mine.hash)).toEqual(mine);
    expect(await tokens.find(estate, 'made up')).toBeUndefined();
    expect(await tokens.find(freshEstate(), mine.hash)).toBeUndefined();
    await tokens.used(estate, mine.id, minute(7));
    await tokens.revoke(estate, mine.id, minute(8));
    await tokens.revoke(estate, mine.id, minute(9));
    expect(await tokens.get(estate, mine.id)).toEqual({ ...mine, usedAt: minute(7), revokedAt: minute(8) });
    expect((await tokens.list(estate, undefined)).map(({ id }) => id)).toEqual([other.id, mine.id]);
    expect((await tokens.list(estate, 'bert')).map(({ id }) => id)).toEqual([other.id]);
  });
}

await onBothDatabases((store, freshEstate) => {
  describe('people', () => testPeople(store, freshEstate));
  describe('set-up', () => testSetUp(store, freshEstate));
  describe('sessions', () => testSessions(store, freshEstate));
  describe('tokens', () => testTokens(store, freshEstate));
});
