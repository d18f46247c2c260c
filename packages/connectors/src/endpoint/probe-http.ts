import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import type { JsonObject } from '@leeway/core';
import type { Around, Probe } from './probe.ts';
import { describeTls } from './probe-tls.ts';
import type { Endpoint } from './settings.ts';

/** Headers that decide what browsers and partners may do; all others are traffic. */
const keptHeaders = [
  'access-control-allow-credentials',
  'access-control-allow-methods',
  'access-control-allow-origin',
  'as2-version',
  'content-security-policy',
  'content-security-policy-report-only',
  'cross-origin-embedder-policy',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'ediint-features',
  'permissions-policy',
  'referrer-policy',
  'server',
  'strict-transport-security',
  'x-content-type-options',
  'x-frame-options',
  'x-powered-by',
  'x-robots-tag',
];

/**
 * Asks once, follows nothing, reads no body. The answer of an endpoint with a bad certificate is read as well: no
 * credential is sent, and the certificate is told.
 */
export const probeHttp: Probe = async (endpoint, around) => {
  const tls = endpoint.scheme === 'https' ? await describeTls(endpoint, around) : undefined;
  const answer = await ask(endpoint, around);
  const { headers } = answer;
  const authentication = schemesOf(headers['www-authenticate']);
  const allow = endpoint.method === 'OPTIONS' ? listOf(headers.allow) : [];
  return {
    method: endpoint.method,
    status: answer.statusCode ?? 0,
    ...(headers.location !== undefined && { location: withoutQuery(headers.location) }),
    headers: Object.fromEntries(keptHeaders.flatMap((name) => headerOf(name, headers[name]))),
    ...(authentication.length > 0 && { authentication }),
    ...(allow.length > 0 && { allow }),
    cookies: (headers['set-cookie'] ?? []).map(describeCookie).sort(byName),
    ...(tls && { tls }),
  };
};

function ask({ scheme, host, port, path, method, servername }: Endpoint, { signal }: Around): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const options = {
      host,
      port,
      path,
      method,
      signal,
      agent: false,
      maxHeaderSize: 64 * 1024,
      headers: { accept: '*/*', 'user-agent': 'leeway', ...(host !== servername && { host: servername }) },
    };
    const asked =
      scheme === 'https'
        ? requestHttps({ ...options, rejectUnauthorized: false, ...(isIP(servername) === 0 && { servername }) })
        : requestHttp(options);
    asked.on('error', (error) => reject(signal.aborted ? signal.reason : error));
    asked.on('response', (answer) => {
      resolve(answer);
      // The body is not of interest, however long it is.
      asked.on('error', () => undefined).destroy();
    });
    asked.end();
  });
}

function headerOf(name: string, value: string | readonly string[] | undefined): readonly (readonly [string, string])[] {
  if (value === undefined) return [];
  const text = typeof value === 'string' ? value : value.join(', ');
  // A nonce is new in every answer.
  return [[name, text.replace(/'nonce-[^']*'/g, "'nonce'").slice(0, 4000)]];
}

function schemesOf(header: string | undefined): readonly string[] {
  const found = header?.match(/(?:^|,\s*)([A-Za-z][\w-]*)(?=\s+[\w-]+=|\s*$|\s*,)/g) ?? [];
  return [...new Set(found.map((each) => each.replace(/^,\s*/, '').toLowerCase()))].sort();
}

function listOf(header: string | undefined): readonly string[] {
  return (header ?? '')
    .split(',')
    .flatMap((each) => each.trim() || [])
    .sort();
}

/** Queries carry states and tokens of single requests. */
function withoutQuery(location: string): string {
  return location.replace(/[?#].*$/s, '');
}

/** Name and flags; the value is somebody's session. */
function describeCookie(cookie: string): JsonObject & { readonly name: string } {
  const [pair = '', ...parts] = cookie.split(';').map((part) => part.trim());
  const flags = new Map(parts.map((part) => [part.split('=', 1)[0]?.toLowerCase(), part.split('=')[1] ?? ''] as const));
  return {
    name: pair.split('=', 1)[0] ?? '',
    secure: flags.has('secure'),
    httpOnly: flags.has('httponly'),
    sameSite: (flags.get('samesite') ?? 'unset').toLowerCase(),
  };
}

function byName(left: { readonly name: string }, right: { readonly name: string }): number {
  return left.name < right.name ? -1 : 1;
}
