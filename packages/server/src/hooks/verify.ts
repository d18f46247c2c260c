import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { HookKind } from './settings.ts';

/** A call of a webhook as it came. */
export interface HookCall {
  readonly headers: IncomingHttpHeaders;
  /** The bytes that were signed: never what a parser made of them. */
  readonly body: Buffer;
}

/** Whether a call was made by whoever knows the secret. Compared in constant time, whatever is wrong with it. */
export function isVerified(kind: HookKind, { headers, body }: HookCall, secret: string): boolean {
  switch (kind) {
    case 'github':
      return isSignature(text(headers['x-hub-signature-256']), body, secret);
    case 'gitlab':
      return isEqual(text(headers['x-gitlab-token']), secret);
    case 'flux':
      return isSignature(text(headers['x-signature']), body, secret);
    case 'cloudevents':
      return isSignature(text(headers['x-signature']), body, secret) || isBearer(headers, secret);
    default:
      return isBearer(headers, secret);
  }
}

/** `sha256=<hex HMAC-SHA256 of the body>`, as GitHub and Flux write it. */
function isSignature(given: string, body: Buffer, secret: string): boolean {
  return isEqual(given, `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`);
}

function isBearer(headers: IncomingHttpHeaders, secret: string): boolean {
  return isEqual(text(headers.authorization), `Bearer ${secret}`);
}

function isEqual(given: string, expected: string): boolean {
  const digest = (value: string) => createHash('sha256').update(value).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

function text(header: string | readonly string[] | undefined): string {
  return typeof header === 'string' ? header : '';
}
