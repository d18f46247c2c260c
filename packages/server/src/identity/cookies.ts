import type { FastifyReply, FastifyRequest } from 'fastify';
import { isSecure, type Site } from './site.ts';

type Purpose = 'session' | 'sign_in';

/** `__Host-`: the browser takes it over https only, from this host only, so that no neighbour can put in one of theirs. */
function nameOf(site: Site, purpose: Purpose): string {
  return `${isSecure(site) ? '__Host-' : ''}leeway_${purpose}`;
}

const optionsOf = (site: Site) => ({ path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure(site) }) as const;

export function readCookie(site: Site, request: FastifyRequest, purpose: Purpose): string | undefined {
  return request.cookies[nameOf(site, purpose)];
}

export function setCookie(site: Site, reply: FastifyReply, purpose: Purpose, value: string, seconds: number): void {
  reply.setCookie(nameOf(site, purpose), value, { ...optionsOf(site), maxAge: seconds });
}

export function clearCookie(site: Site, reply: FastifyReply, purpose: Purpose): void {
  reply.clearCookie(nameOf(site, purpose), optionsOf(site));
}
