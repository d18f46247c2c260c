import { createHmac, createPrivateKey, type KeyObject, randomBytes, sign } from 'node:crypto';
import type { ReadContext } from '@leeway/connector-kit';
import { requestShape } from '@leeway/connector-kit/request-shape.ts';
import { failed, ok, problem, type Result } from '@leeway/core';
import { z } from 'zod';
import type { NetSuiteSettings } from './settings.ts';

/** The `authorization` header of a request. */
export type Authorize = (method: string, url: string) => string;

export function systemOf({ account }: Pick<NetSuiteSettings, 'account'>): string {
  return `NetSuite ${account}`;
}

/** Addresses carry the account in lower case with a dash for the sandbox: `1234567_SB1` is `1234567-sb1`. */
export function rootOf({ account, url }: NetSuiteSettings): string {
  const host = account.toLowerCase().replaceAll('_', '-');
  return (url ?? `https://${host}.suitetalk.api.netsuite.com`).replace(/\/+$/, '');
}

export function signIn(settings: NetSuiteSettings, context: ReadContext): Promise<Result<Authorize>> {
  return settings.oauth2
    ? signInWithCertificate(settings, settings.oauth2, context)
    : signInWithToken(settings, context);
}

const Token = z.looseObject({ access_token: z.string().min(1) });

/** OAuth 2.0 client credentials: a statement signed with the certificate's key is traded for a token (RFC 7523). */
async function signInWithCertificate(
  settings: NetSuiteSettings,
  { clientId, certificateId, privateKeyFrom }: NonNullable<NetSuiteSettings['oauth2']>,
  context: ReadContext,
): Promise<Result<Authorize>> {
  const system = systemOf(settings);
  const pem = context.variable(privateKeyFrom);
  if (!pem) return failed(problem('LW3055', { system, variable: privateKeyFrom }));
  const key = parseKey(pem);
  if (!key) return failed(problem('LW3166', { system, variable: privateKeyFrom }));
  const url = `${rootOf(settings)}/services/rest/auth/oauth2/v1/token`;
  const issued = Math.floor(context.now().getTime() / 1000);
  const claims = {
    iss: clientId,
    scope: settings.preferences ? 'restlets,rest_webservices' : 'rest_webservices',
    aud: url,
    iat: issued,
    exp: issued + 600,
  };
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: signJwt(key, certificateId, claims),
  });
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: body.toString(),
  };
  const answer = await requestShape(context, { url, system, what: 'a token', init }, Token);
  if (answer.ok) return ok(() => `Bearer ${answer.value.access_token}`);
  // A certificate that is not mapped, or expired, is answered with 400 invalid_request or invalid_client.
  const isRefused = answer.problems.some(({ code, message }) => code === 'LW3007' && / 400 /.test(message));
  return isRefused ? failed(problem('LW3002', { system })) : answer;
}

/** Keys the way variables hold them: with line ends written as `\n` too. Undefined where NetSuite takes none of that kind. */
export function parseKey(pem: string): KeyObject | undefined {
  try {
    const key = createPrivateKey(pem.replaceAll('\\n', '\n'));
    return key.asymmetricKeyType === 'rsa' || algorithmOf(key) !== undefined ? key : undefined;
  } catch {
    return undefined;
  }
}

const curves: Readonly<Record<string, { readonly alg: string; readonly hash: string }>> = {
  prime256v1: { alg: 'ES256', hash: 'sha256' },
  secp384r1: { alg: 'ES384', hash: 'sha384' },
  secp521r1: { alg: 'ES512', hash: 'sha512' },
};

function algorithmOf(key: KeyObject) {
  return curves[key.asymmetricKeyDetails?.namedCurve ?? ''];
}

/** PS256 for RSA keys, ES256 to ES512 for keys on a curve (RFC 7518). */
export function signJwt(key: KeyObject, kid: string, claims: Readonly<Record<string, string | number>>): string {
  const { alg, hash } = algorithmOf(key) ?? { alg: 'PS256', hash: 'sha256' };
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${encode({ typ: 'JWT', alg, kid })}.${encode(claims)}`;
  // RSASSA-PSS: padding 6, salt as long as the digest.
  const options = alg === 'PS256' ? { key, padding: 6, saltLength: 32 } : { key, dsaEncoding: 'ieee-p1363' as const };
  return `${text}.${sign(hash, Buffer.from(text), options).toString('base64url')}`;
}

async function signInWithToken(settings: NetSuiteSettings, context: ReadContext): Promise<Result<Authorize>> {
  const { tba } = settings;
  const system = systemOf(settings);
  const names = tba ? [tba.consumerKeyFrom, tba.consumerSecretFrom, tba.tokenFrom, tba.tokenSecretFrom] : [];
  const missing = names.find((name) => !context.variable(name));
  if (missing !== undefined) return failed(problem('LW3055', { system, variable: missing }));
  const [consumerKey = '', consumerSecret = '', token = '', tokenSecret = ''] = names.map(
    (name) => context.variable(name) ?? '',
  );
  const secrets = { realm: settings.account.toUpperCase(), consumerKey, consumerSecret, token, tokenSecret };
  return ok((method, url) => {
    const timestamp = Math.floor(context.now().getTime() / 1000);
    return signRequest(secrets, { method, url, timestamp, nonce: randomBytes(16).toString('hex') });
  });
}

export interface TbaSecrets {
  readonly realm: string;
  readonly consumerKey: string;
  readonly consumerSecret: string;
  readonly token: string;
  readonly tokenSecret: string;
}

export interface SignedRequest {
  readonly method: string;
  readonly url: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
  readonly nonce: string;
}

/** RFC 5849 with HMAC-SHA256, as NetSuite's token-based authentication wants it. */
export function signRequest(secrets: TbaSecrets, { method, url, timestamp, nonce }: SignedRequest): string {
  const parameters = {
    oauth_consumer_key: secrets.consumerKey,
    oauth_nonce: nonce,
    oauth_signature_method: 'HMAC-SHA256',
    oauth_timestamp: String(timestamp),
    oauth_token: secrets.token,
    oauth_version: '1.0',
  };
  const { origin, pathname, searchParams } = new URL(url);
  const pairs = [...searchParams, ...Object.entries(parameters)].map(
    ([name, value]) => [encode(name), encode(value)] as const,
  );
  const sorted = pairs
    .toSorted(([a, x], [b, y]) => compareText(a, b) || compareText(x, y))
    .map((pair) => pair.join('='));
  const base = [method.toUpperCase(), origin + pathname, sorted.join('&')].map(encode).join('&');
  const key = `${encode(secrets.consumerSecret)}&${encode(secrets.tokenSecret)}`;
  const signature = createHmac('sha256', key).update(base).digest('base64');
  const fields = { realm: secrets.realm, ...parameters, oauth_signature: signature };
  return `OAuth ${Object.entries(fields)
    .map(([name, value]) => `${name}="${encode(value)}"`)
    .join(', ')}`;
}

/** RFC 3986: more than `encodeURIComponent` does. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (found) => `%${found.charCodeAt(0).toString(16).toUpperCase()}`);
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
