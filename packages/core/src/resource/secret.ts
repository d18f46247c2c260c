import { isJsonObject, type Json } from '../json/value.ts';

/**
 * Secrets reach the core sealed: a whole value as `{ "$secret": "<16 hex digits>" }` (`empty` for an empty one), a part of
 * a text as `<secret:16 hex digits>`.
 */
export function isSealed(value: Json): boolean {
  return isJsonObject(value) && typeof value['$secret'] === 'string';
}

const digests = /(?:"\$secret":"|<secret:)([0-9a-f]{16})(?=[">])/g;

/**
 * Text with the digests of secrets taken out. Environments have secrets of their own: that two differ is as it should be,
 * that one is missing or empty is not. Within one environment digests are compared.
 */
export function withoutSecretDigests(text: string): string {
  if (!text.includes('secret')) return text;
  return text.replace(digests, (found: string, digest: string) => `${found.slice(0, -digest.length)}*`);
}
