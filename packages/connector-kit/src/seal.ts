import { createHmac } from 'node:crypto';
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
  return (secret) => ({
    $secret:
      secret === '' ? emptySecret : createHmac('sha256', key).update(domain).update(secret).digest('hex').slice(0, 16),
  });
}
