import type { Seal } from '@leeway/connector-kit';
import { isJsonObject, type Json, type JsonObject } from '@leeway/core';
import { without } from './kinds/edit.ts';

/**
 * A Secret with every value sealed. `data` is decoded first, so that a manifest's `stringData` and the server's `data`
 * give the same digest; where both name a key, `stringData` wins, as in the API server.
 */
export function sealSecret(secret: JsonObject, seal: Seal): JsonObject {
  const { data, stringData } = secret;
  const sealed: Record<string, Json> = Object.create(null);
  for (const [key, value] of entriesOf(data)) sealed[key] = seal(decode(textOf(value)));
  for (const [key, value] of entriesOf(stringData)) sealed[key] = seal(textOf(value));
  return { ...without(secret, 'data', 'stringData'), ...(Object.keys(sealed).length && { data: { ...sealed } }) };
}

function entriesOf(map: Json | undefined): readonly (readonly [string, Json])[] {
  return isJsonObject(map) ? Object.entries(map) : [];
}

function textOf(value: Json): string {
  if (typeof value === 'string') return value;
  return value === null ? '' : JSON.stringify(value);
}

/** Text where the bytes are text, else their base64 in one spelling. What is not base64 stands for itself. */
function decode(base64: string): string {
  const compact = base64.replace(/\s/g, '');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) return base64;
  const bytes = Buffer.from(compact, 'base64');
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) ? text : bytes.toString('base64');
}

/** True for a manifest whose values are encrypted in the file (SOPS). */
export function isEncrypted(secret: JsonObject): boolean {
  if (isJsonObject(secret['sops'])) return true;
  return ['data', 'stringData'].some((field) =>
    entriesOf(secret[field]).some(([, value]) => typeof value === 'string' && value.startsWith('ENC[')),
  );
}
