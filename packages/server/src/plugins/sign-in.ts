import { randomUUID } from 'node:crypto';
import { ProblemError, problem } from '@leeway/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ServerContext } from '../context.ts';
import { clearCookie, readCookie, setCookie } from '../identity/cookies.ts';
import { arrive, type Departure, depart } from '../identity/oidc.ts';
import { ownPath } from '../identity/own-path.ts';
import { beginSession } from '../identity/sessions.ts';
import { grantsOfGroups, type OidcSettings } from '../identity/settings.ts';
import { originFor } from '../identity/site.ts';

const departureSeconds = 600;

/** Leaving for the identity provider and coming back: addresses a browser goes to, so they are no operations of the API. */
export function signInByProvider(app: FastifyInstance, context: ServerContext): void {
  const options = { schema: { hide: true }, config: { open: true } } as const;
  app.get('/auth/login', options, (request, reply) => leave(request, reply, context));
  app.get('/auth/callback', options, (request, reply) => comeBack(request, reply, context));
}

async function leave(request: FastifyRequest, reply: FastifyReply, context: ServerContext): Promise<FastifyReply> {
  const { to } = request.query as { readonly to?: unknown };
  const { url, departure } = await depart(
    providerOf(context),
    context.variable,
    new URL('/auth/callback', homeOf(request, context)),
    ownPath(to),
  );
  const carried = Buffer.from(JSON.stringify(departure)).toString('base64url');
  setCookie(context.site, reply, 'sign_in', carried, departureSeconds);
  return reply.header('cache-control', 'no-store').redirect(url.href);
}

async function comeBack(request: FastifyRequest, reply: FastifyReply, context: ServerContext): Promise<FastifyReply> {
  const settings = providerOf(context);
  const departure = readDeparture(readCookie(context.site, request, 'sign_in'));
  clearCookie(context.site, reply, 'sign_in');
  const record = (actor: string, outcome: 'done' | 'refused', detail: { readonly [name: string]: string }) =>
    context.audit.record({
      actor,
      actorKind: 'nobody',
      action: 'signIn',
      outcome,
      detail: { by: settings.issuer, ...detail },
      address: request.ip,
      requestId: request.id,
    });
  // Without what it left with, a browser was sent here by another: nobody is signed in by a link.
  if (!departure) throw new ProblemError(problem('LW8115', { title: settings.title, reason: 'it was not begun here' }));
  const arrival = new URL(request.url, homeOf(request, context));
  const who = await arrive(settings, context.variable, arrival, departure).catch(async (error: unknown) => {
    await record('nobody', 'refused', { problem: error instanceof ProblemError ? error.problem.code : 'LW8008' });
    throw error;
  });
  if (grantsOfGroups(who.groups, context.signIn()).length === 0) {
    await record(who.name, 'refused', { problem: 'LW8116' });
    throw new ProblemError(problem('LW8116', { name: who.name }));
  }
  const at = context.now().toISOString();
  const { name: estate } = context.estate.current().estate;
  const newcomer = { ...who, id: randomUUID(), grants: [], createdAt: at, lastSeenAt: at };
  const person = await context.store.identity.people.signedIn(estate, newcomer);
  if (person.disabledAt !== undefined) {
    await record(person.name, 'refused', { problem: 'LW8103' });
    throw new ProblemError(problem('LW8103'));
  }
  await record(person.name, 'done', { as: `person:${person.id}` });
  await beginSession(context, person, request, reply);
  return reply.header('cache-control', 'no-store').redirect(ownPath(departure.back));
}

function providerOf({ signIn }: ServerContext): OidcSettings {
  const { oidc } = signIn();
  if (!oidc) throw new ProblemError(problem('LW8003', { what: 'way to sign in', id: 'oidc' }));
  return oidc;
}

function homeOf(request: FastifyRequest, { site }: ServerContext): string {
  const origin = originFor(site, request);
  if (origin === undefined) throw new ProblemError(problem('LW8009'));
  return origin;
}

function readDeparture(carried: string | undefined): Departure | undefined {
  try {
    const value = JSON.parse(Buffer.from(carried ?? '', 'base64url').toString()) as Partial<Departure>;
    const { state, nonce, verifier, back } = value;
    return [state, nonce, verifier, back].every((each) => typeof each === 'string') ? (value as Departure) : undefined;
  } catch {
    return undefined;
  }
}
