import { failed, ok, problem, type Result } from '@leeway/core';
import { z } from 'zod';
import type { ReadContext } from './connector.ts';

/** Settings for signing in over HTTP, to be spread into a connector's own: the credential is named, never written. */
export const signInSettings = {
  tokenFrom: z.string().min(1).optional().describe('Environment variable with a bearer token.'),
  username: z.string().min(1).optional().describe('User name for basic authentication.'),
  passwordFrom: z.string().min(1).optional().describe('Environment variable with the password of "username".'),
};

/** What {@link signInSettings} parse to. */
export interface SignIn {
  readonly tokenFrom?: string | undefined;
  readonly username?: string | undefined;
  readonly passwordFrom?: string | undefined;
}

/** What is wrong with a combination of the sign-in settings, in words; undefined when it holds. */
export function signInFault({ tokenFrom, username, passwordFrom }: SignIn): string | undefined {
  if ((username === undefined) !== (passwordFrom === undefined)) return '"username" and "passwordFrom" belong together';
  return tokenFrom !== undefined && username !== undefined ? 'Give either "tokenFrom" or "username"' : undefined;
}

/** Address of an HTTP API, with its prefix; credentials in it are refused. */
export const httpAddress = z
  .url({ protocol: /^https?$/ })
  .refine((text) => !URL.canParse(text) || new URL(text).username === '', {
    error: 'Name credentials with tokenFrom or passwordFrom, not in the URL',
  });

/** Header for signing in; none where the settings name no credential. LW3055 where a named variable is not set. */
export function authorizationOf(
  context: ReadContext,
  { tokenFrom, username, passwordFrom }: SignIn,
  system: string,
): Result<Readonly<Record<string, string>>> {
  const variable = tokenFrom ?? passwordFrom;
  if (variable === undefined) return ok({});
  const secret = context.variable(variable);
  if (!secret) return failed(problem('LW3055', { system, variable }));
  if (tokenFrom !== undefined) return ok({ authorization: `Bearer ${secret}` });
  return ok({ authorization: `Basic ${Buffer.from(`${username}:${secret}`).toString('base64')}` });
}
