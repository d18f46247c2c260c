import { ProblemError, problem } from '@leeway/core';
import type { Person, Session, Token } from '@leeway/store';
import type { FastifyRequest } from 'fastify';
import type { Authenticate, ServerContext } from '../context.ts';
import { readCookie } from './cookies.ts';
import { type Permission, permissions } from './permissions.ts';
import type { Principal } from './principal.ts';
import { csrfOf, hashSecret } from './secrets.ts';
import { idleMilliseconds } from './sessions.ts';
import { isSetUpDue } from './set-up.ts';
import { allowsLocal, grantsOfGroups, readGrants, type SignInSettings } from './settings.ts';

type Parts = Pick<ServerContext, 'store' | 'estate' | 'site' | 'now' | 'signIn'>;

/** How far the recorded last use of a session or token may lag behind: so far it costs no write. */
const lagMilliseconds = 60_000;

/**
 * Finds out who makes a call by an API token or a session. A call that brings a token is the token's, also where it does
 * not hold and a session came along. Before the first administrator is made, whatever is not part of that is refused.
 */
export function authenticator(parts: Parts): Authenticate {
  let isSetUp = false;
  return async (request) => {
    const { open, beforeSetUp } = request.routeOptions.config ?? {};
    // Files of the web application: a page of many costs no look-ups.
    if (open && beforeSetUp) return undefined;
    isSetUp ||= !(await isSetUpDue(parts));
    if (!isSetUp && !beforeSetUp) throw new ProblemError(problem('LW8101'));
    const { authorization } = request.headers;
    if (authorization !== undefined) return tokenPrincipal(parts, authorization);
    return sessionPrincipal(parts, request);
  };
}

async function sessionPrincipal(parts: Parts, request: FastifyRequest): Promise<Principal | undefined> {
  const secret = readCookie(parts.site, request, 'session');
  if (secret === undefined) return undefined;
  const estate = parts.estate.current().estate.name;
  const found = await parts.store.identity.sessions.find(estate, hashSecret(secret));
  const now = parts.now();
  if (!found || !holds(found.session, now) || !maySignIn(found.person, parts.signIn())) return undefined;
  if (lags(found.session.usedAt, now)) {
    await parts.store.identity.sessions.used(estate, found.session.hash, now.toISOString());
  }
  return { ...personPrincipal(found.person, parts.signIn()), csrf: csrfOf(secret) };
}

function holds({ usedAt, expiresAt }: Session, now: Date): boolean {
  return now.getTime() < Date.parse(expiresAt) && now.getTime() < Date.parse(usedAt) + idleMilliseconds;
}

async function tokenPrincipal(parts: Parts, authorization: string): Promise<Principal | undefined> {
  const secret = /^Bearer ([\w-]{20,200})$/i.exec(authorization)?.[1];
  if (secret === undefined) return undefined;
  const estate = parts.estate.current().estate.name;
  const { tokens, people } = parts.store.identity;
  const token = await tokens.find(estate, hashSecret(secret));
  const now = parts.now();
  if (!token || token.revokedAt !== undefined || Date.parse(token.expiresAt) <= now.getTime()) return undefined;
  const principal =
    token.kind === 'machine'
      ? machinePrincipal(token)
      : ownerPrincipal(token, await people.get(estate, token.owner), parts.signIn());
  if (principal && lags(token.usedAt, now)) await tokens.used(estate, token.id, now.toISOString());
  return principal;
}

function machinePrincipal(token: Token): Principal {
  return {
    id: `machine:${token.id}`,
    kind: 'machine',
    name: token.name,
    grants: readGrants(token.grants),
    limits: limitsOf(token),
  };
}

/** A personal token is its owner, narrowed. */
function ownerPrincipal(token: Token, owner: Person | undefined, settings: SignInSettings): Principal | undefined {
  if (!owner || !maySignIn(owner, settings)) return undefined;
  return { ...personPrincipal(owner, settings), limits: limitsOf(token) };
}

function limitsOf({ permissions: named, environments }: Token): NonNullable<Principal['limits']> {
  const isKnown = (name: string): name is Permission => permissions.some((permission) => permission === name);
  return { permissions: named.filter(isKnown), environments };
}

function maySignIn({ issuer, disabledAt }: Person, settings: SignInSettings): boolean {
  if (disabledAt !== undefined) return false;
  return issuer === '' ? allowsLocal(settings) : settings.oidc?.issuer === issuer;
}

function personPrincipal(person: Person, settings: SignInSettings): Principal {
  return {
    id: `person:${person.id}`,
    kind: 'person',
    name: person.name,
    ...(person.email !== undefined && { email: person.email }),
    grants: grantsOf(person, settings),
  };
}

/** What a person may do: local accounts what they were given, others what their groups give now. */
export function grantsOf(person: Person, settings: SignInSettings): Principal['grants'] {
  return person.issuer === '' ? readGrants(person.grants) : grantsOfGroups(person.groups, settings);
}

function lags(at: string | undefined, now: Date): boolean {
  return at === undefined || now.getTime() - Date.parse(at) >= lagMilliseconds;
}
