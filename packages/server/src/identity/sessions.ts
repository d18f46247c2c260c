import type { Person } from '@leeway/store';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ServerContext } from '../context.ts';
import { clearCookie, readCookie, setCookie } from './cookies.ts';
import { hashSecret, newSecret } from './secrets.ts';

/** A session ends when it was not used for so long, and after so long whatever happens. */
export const idleMilliseconds = 8 * 3_600_000;
export const longestMilliseconds = 24 * 3_600_000;

/** Signs somebody in: a session that is new, whatever the browser brought along; the one it brought ends. */
export async function beginSession(
  { store, estate, site, now }: Pick<ServerContext, 'store' | 'estate' | 'site' | 'now'>,
  person: Person,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const { name } = estate.current().estate;
  const { sessions } = store.identity;
  const brought = readCookie(site, request, 'session');
  if (brought !== undefined) await sessions.end(name, hashSecret(brought));
  const secret = newSecret();
  const at = now();
  await sessions.add(name, {
    hash: hashSecret(secret),
    person: person.id,
    createdAt: at.toISOString(),
    usedAt: at.toISOString(),
    expiresAt: new Date(at.getTime() + longestMilliseconds).toISOString(),
  });
  setCookie(site, reply, 'session', secret, longestMilliseconds / 1000);
}

/** Ends the session a call came with; gives back the identity provider it was begun by, empty for a local account. */
export async function endSession(
  { store, estate, site }: Pick<ServerContext, 'store' | 'estate' | 'site'>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<string> {
  const secret = readCookie(site, request, 'session');
  clearCookie(site, reply, 'session');
  if (secret === undefined) return '';
  const { name } = estate.current().estate;
  const found = await store.identity.sessions.find(name, hashSecret(secret));
  await store.identity.sessions.end(name, hashSecret(secret));
  return found?.person.issuer ?? '';
}
