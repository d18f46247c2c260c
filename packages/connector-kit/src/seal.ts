import { hash } from 'node:crypto';
import type { Seal } from './connector.ts';

/** Keeps these digests apart from any other use of the same key. */
const domain = 'leeway.seal.v1\0';
/** An empty secret is a finding of its own (no password set), so it stays recognisable. No digest looks like this. */
const emptySecret = 'empty';

/**
 * Replaces secrets by a keyed digest: `{ "$secret": "<first 16 hex digits of HMAC-SHA-256>" }`. Equal secrets give equal
 * digests in every environment that is read with the same key; nothing else about the secret can be told.
 * `key`: at least 16 bytes, secret itself, kept by the estate.
 */
export function sealWith(key: string | Uint8Array): Seal {
  if (key.length < 16) throw new RangeError('A sealing key needs at least 16 bytes');
  const authenticate = hmacWith(typeof key === 'string' ? Buffer.from(key) : key);
  return (secret) => ({ $secret: secret === '' ? emptySecret : authenticate(secret).slice(0, 16) });
}

const blockBytes = 64;
const digestBytes = 32;
const longestInPlace = 256;

/**
 * HMAC-SHA-256 (RFC 2104) of the domain and a text, in hexadecimal. Written out because two one-shot hashes cost a
 * fifth of what setting up `createHmac` for each of a million short secrets does; a test holds it equal to that.
 */
function hmacWith(key: Uint8Array): (text: string) => string {
  const block = Buffer.alloc(blockBytes);
  block.set(key.length > blockBytes ? hash('sha256', key, 'buffer') : key);
  const before = Buffer.concat([block.map((byte) => byte ^ 0x36), Buffer.from(domain)]);
  const inner = Buffer.concat([before, Buffer.alloc(longestInPlace)]);
  const outer = Buffer.concat([block.map((byte) => byte ^ 0x5c), Buffer.alloc(digestBytes)]);
  return (text) => {
    // Most secrets are short: they are written behind the key where it stands, and wiped.
    const isShort = 3 * text.length <= longestInPlace;
    const end = before.length + (isShort ? inner.write(text, before.length, 'utf8') : 0);
    const message = isShort ? inner.subarray(0, end) : Buffer.concat([before, Buffer.from(text)]);
    outer.write(hash('sha256', message, 'binary'), blockBytes, 'latin1');
    inner.fill(0, before.length, end);
    return hash('sha256', outer);
  };
}
