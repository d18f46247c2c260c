import type { FastifyRequest } from 'fastify';

/** Where people reach the server. */
export interface Site {
  /** As `--public-url` says; absent on loopback without one. */
  readonly publicUrl?: URL;
}

/** Whether cookies may travel over https only. */
export function isSecure({ publicUrl }: Site): boolean {
  return publicUrl?.protocol === 'https:';
}

const loopbackNames: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** Whether a name or address of a URL is this machine. */
export function isLoopback(hostname: string): boolean {
  return loopbackNames.has(hostname) || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/** The origin pages of this server have for whoever calls; undefined where they cannot have come here. */
export function originFor(site: Site, request: FastifyRequest): string | undefined {
  if (site.publicUrl) return site.publicUrl.origin;
  const origin = `http://${request.host}`;
  return URL.canParse(origin) && isLoopback(new URL(origin).hostname) ? new URL(origin).origin : undefined;
}

/**
 * Whether a call that moves something was made by a page of this server. Browsers say where such a call comes from, in
 * either header or both; where neither is there, it is none of ours.
 */
export function isFromHere(site: Site, request: FastifyRequest): boolean {
  const { origin, 'sec-fetch-site': fetchSite } = request.headers;
  if (origin === undefined && fetchSite === undefined) return false;
  return !isForeign(site, request);
}

/** Whether a call says that it comes from a page of another. */
export function isForeign(site: Site, request: FastifyRequest): boolean {
  const { origin, 'sec-fetch-site': fetchSite } = request.headers;
  if (fetchSite !== undefined && fetchSite !== 'same-origin') return true;
  return origin !== undefined && origin !== originFor(site, request);
}
