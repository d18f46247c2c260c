import { createSign } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { JsonRequest, ReadContext } from '@leeway/connector-kit';
import { ProblemError, problem } from '@leeway/core';
import { z } from 'zod';
import { askToken } from '../shared/cloud/ask.ts';
import type { GcpSettings } from './settings.ts';

const system = 'Google Cloud';
const readOnly = 'https://www.googleapis.com/auth/cloud-platform.read-only';

/** A bearer token that may read. Throws the problem where none is to be had. */
export async function signInToGoogle(settings: GcpSettings, context: ReadContext): Promise<string> {
  const { tokenFrom, keyFrom } = settings;
  if (tokenFrom !== undefined) return secretOf(tokenFrom, context);
  if (keyFrom === undefined) return askToken(context, askMachine());
  return askToken(context, askByKey(await readKey(secretOf(keyFrom, context)), context));
}

function secretOf(variable: string, context: ReadContext): string {
  const secret = context.variable(variable);
  if (secret) return secret;
  throw new ProblemError(problem('LW3055', { system, variable }));
}

/** https://cloud.google.com/compute/docs/access/authenticate-workloads */
function askMachine(): JsonRequest {
  const url = 'http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/token';
  return {
    system,
    what: "a token of this machine's service account",
    url,
    init: { headers: { 'metadata-flavor': 'Google' } },
  };
}

const Key = z.looseObject({
  type: z.literal('service_account'),
  client_email: z.string().min(1),
  private_key: z.string().min(1),
  private_key_id: z.string().optional(),
  token_uri: z
    .url({ protocol: /^https$/, hostname: /(?:^|\.)googleapis\.com$/ })
    .default('https://oauth2.googleapis.com/token'),
});
type Key = z.infer<typeof Key>;

/** The variable holds the key itself, or where it lies. */
async function readKey(value: string): Promise<Key> {
  try {
    const text = value.trimStart().startsWith('{') ? value : await readFile(value, 'utf8');
    return Key.parse(JSON.parse(text));
  } catch {
    // Parsers quote what they read.
    throw new ProblemError(problem('LW3061', { system, reason: 'what keyFrom names is no key of a service account' }));
  }
}

/** https://developers.google.com/identity/protocols/oauth2/service-account#httprest */
function askByKey(
  { client_email: issuer, private_key: key, private_key_id: id, token_uri: url }: Key,
  { now }: ReadContext,
): JsonRequest {
  const at = Math.floor(now().getTime() / 1000);
  const parts = [
    { alg: 'RS256', typ: 'JWT', ...(id !== undefined && { kid: id }) },
    { iss: issuer, scope: readOnly, aud: url, iat: at, exp: at + 3600 },
  ];
  const content = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  const assertion = `${content}.${sign(content, key)}`;
  const body = new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return { system, what: 'a token', url, init: { method: 'POST', headers, body: body.toString() } };
}

function sign(content: string, key: string): string {
  try {
    return createSign('RSA-SHA256').update(content).sign(key, 'base64url');
  } catch {
    throw new ProblemError(problem('LW3061', { system, reason: 'the private key cannot be read' }));
  }
}
