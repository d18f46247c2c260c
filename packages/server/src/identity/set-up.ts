import { randomUUID } from 'node:crypto';
import { ProblemError, problem } from '@leeway/core';
import type { Person } from '@leeway/store';
import type { ServerContext } from '../context.ts';
import { hashPassword } from './passwords.ts';
import { hashSecret, newSecret } from './secrets.ts';

type Parts = Pick<ServerContext, 'store' | 'estate' | 'now' | 'signIn'>;

const linkMilliseconds = 3_600_000;

/** Whether the server waits for its first administrator: nobody ever had an account, and no identity provider is named. */
export async function isSetUpDue({
  store,
  estate,
  signIn,
}: Pick<Parts, 'store' | 'estate' | 'signIn'>): Promise<boolean> {
  if (signIn().oidc !== undefined) return false;
  return !(await store.identity.people.any(estate.current().estate.name));
}

/** Makes a one-time link that is good for an hour; undefined where the server is set up. */
export async function newSetUpLink(parts: Parts): Promise<string | undefined> {
  if (!(await isSetUpDue(parts))) return undefined;
  const secret = newSecret();
  const expiresAt = new Date(parts.now().getTime() + linkMilliseconds).toISOString();
  await parts.store.identity.people.keepSetUpLink(parts.estate.current().estate.name, {
    hash: hashSecret(secret),
    expiresAt,
  });
  return secret;
}

/** Makes the first administrator. Problem LW8102 where the link is used, expired or none. */
export async function useSetUpLink(
  parts: Parts,
  wish: { readonly link: string; readonly name: string; readonly password: string },
): Promise<Person> {
  const at = parts.now().toISOString();
  const person: Person = {
    ...localAccount(wish.name, await hashPassword(wish.password), [{ role: 'admin' }], at),
    lastSeenAt: at,
  };
  const made = await parts.store.identity.people.useSetUpLink(
    parts.estate.current().estate.name,
    hashSecret(wish.link),
    person,
  );
  if (!made) throw new ProblemError(problem('LW8102'));
  return person;
}

/** A local account that does not exist yet. */
export function localAccount(name: string, password: string, grants: Person['grants'], createdAt: string): Person {
  return {
    id: randomUUID(),
    issuer: '',
    subject: localSubject(name),
    name,
    password,
    groups: [],
    grants,
    createdAt,
  };
}

/** How a local account is recognised: its name however it is capitalised. */
export function localSubject(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}
