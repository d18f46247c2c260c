import { attempt, parseShape, type ReadContext } from '@leeway/connector-kit';
import { failed, type Json, ok, problem, type Result } from '@leeway/core';
import type { z } from 'zod';
import { KeyList } from './schema.ts';
import type { VaultSettings } from './settings.ts';

const system = 'Vault';

/** The HTTP API, signed in with a token. */
export interface VaultClient {
  readonly address: string;
  /** What is at a path below `/v1/`; undefined where there is nothing. LW3003 names the path to allow. */
  read<Schema extends z.ZodType>(path: string, schema: Schema): Promise<Result<z.output<Schema> | undefined>>;
  /** The keys below a path, sorted; folders end with `/`. */
  list(path: string): Promise<Result<readonly string[]>>;
}

/** LW3055 where the token's variable is not set. */
export function openClient(settings: VaultSettings, context: ReadContext): Result<VaultClient> {
  const { tokenFrom, namespace } = settings;
  const token = context.variable(tokenFrom);
  if (!token) return failed(problem('LW3055', { system, variable: tokenFrom }));
  const address = settings.url.replace(/\/+$/, '');
  const headers = {
    'x-vault-token': token,
    'x-vault-request': 'true',
    ...(namespace && { 'x-vault-namespace': namespace }),
  };
  const read: VaultClient['read'] = async (path, schema) => {
    const what = path.replace('?list=true', '');
    const permission = `${path.endsWith('?list=true') ? 'list' : 'read'} on ${what}`;
    const answer = await attempt(async (): Promise<Result<Json | undefined>> => {
      const response = await context.fetch(`${address}/v1/${path}`, { headers });
      const text = await response.text();
      if (response.status === 404) return ok(undefined);
      if (!response.ok) return failed(problem('LW3007', { system, what, status: response.status }));
      return parseText(text, what);
    });
    if (answer.ok)
      return answer.value === undefined ? ok(undefined) : parseShape(schema, answer.value, { system, what });
    return failed(
      ...answer.problems.map((one) => (one.code === 'LW3003' ? problem('LW3003', { system, what, permission }) : one)),
    );
  };
  return ok({
    address,
    read,
    async list(path) {
      const keys = await read(`${path}?list=true`, KeyList);
      return keys.ok ? ok((keys.value ?? []).toSorted()) : keys;
    },
  });
}

function parseText(text: string, what: string): Result<Json> {
  try {
    return ok(JSON.parse(text));
  } catch {
    // The parser's own words quote the text, which may hold secrets.
    return failed(problem('LW3006', { system, what, reason: 'it is not valid JSON' }));
  }
}

/** A path with each of its parts encoded. */
export function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
