import { ProblemError, problem } from '@leeway/core';
import type { Person } from '@leeway/store';
import * as client from 'openid-client';
import type { OidcSettings } from './settings.ts';

/** What a browser carries between leaving for the identity provider and coming back: its own secrets, in its own cookie. */
export interface Departure {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** Path of this server to go back to. */
  readonly back: string;
}

type Variable = (name: string) => string | undefined;

const providers = new Map<string, Promise<client.Configuration>>();

/** The provider as its discovery document says; asked once, and again after a failure. Problem LW8114. */
async function discover(settings: OidcSettings, variable: Variable): Promise<client.Configuration> {
  const key = JSON.stringify([settings.issuer, settings.clientId, settings.clientSecret]);
  const known = providers.get(key) ?? ask(settings, variable);
  providers.set(key, known);
  try {
    return await known;
  } catch (error) {
    providers.delete(key);
    throw providerProblem(settings, error);
  }
}

function ask({ issuer, clientId, clientSecret }: OidcSettings, variable: Variable): Promise<client.Configuration> {
  const url = new URL(issuer);
  const secret = clientSecret === undefined ? undefined : variable(clientSecret);
  if (clientSecret !== undefined && !secret)
    return Promise.reject(new Error(`the variable ${clientSecret} is not set`));
  const authentication = secret === undefined ? client.None() : client.ClientSecretBasic(secret);
  // Only a provider on this machine may do without https.
  const isLocal = url.protocol === 'http:' && /^(?:127\.|localhost$|\[::1\]$)/.test(url.hostname);
  const execute = isLocal ? [client.allowInsecureRequests] : [];
  return client.discovery(url, clientId, undefined, authentication, { execute, timeout: 10 });
}

/** Where to send a browser that wants to sign in, and what it has to bring back. */
export async function depart(
  settings: OidcSettings,
  variable: Variable,
  callback: URL,
  back: string,
): Promise<{ readonly url: URL; readonly departure: Departure }> {
  const provider = await discover(settings, variable);
  const verifier = client.randomPKCECodeVerifier();
  const departure = { state: client.randomState(), nonce: client.randomNonce(), verifier, back };
  const url = client.buildAuthorizationUrl(provider, {
    redirect_uri: callback.href,
    scope: settings.scopes.join(' '),
    state: departure.state,
    nonce: departure.nonce,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
  return { url, departure };
}

/** Who came back: subject, name and groups as the provider signed them. Problem LW8115 where that does not hold. */
export async function arrive(
  settings: OidcSettings,
  variable: Variable,
  arrival: URL,
  { state, nonce, verifier }: Departure,
): Promise<Pick<Person, 'issuer' | 'subject' | 'name' | 'email' | 'groups'>> {
  const provider = await discover(settings, variable);
  try {
    const tokens = await client.authorizationCodeGrant(provider, arrival, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    });
    const signed = tokens.claims();
    if (!signed) throw new Error('no identity came along');
    // Many providers keep the ID token small and tell groups only when asked.
    const asked =
      settings.groupsClaim in signed ? {} : await client.fetchUserInfo(provider, tokens.access_token, signed.sub);
    const claims: Readonly<Record<string, unknown>> = { ...asked, ...signed };
    return {
      issuer: settings.issuer,
      subject: signed.sub,
      name: textOf(claims[settings.nameClaim]) ?? textOf(claims['preferred_username']) ?? signed.sub,
      ...(textOf(claims['email']) !== undefined && { email: textOf(claims['email']) as string }),
      groups: listOf(claims[settings.groupsClaim]),
    };
  } catch (error) {
    throw new ProblemError(problem('LW8115', { title: settings.title, reason: reasonOf(error) }));
  }
}

/** Where the provider ends its own session; undefined where it offers no such place. */
export async function farewell(settings: OidcSettings, variable: Variable, home: URL): Promise<string | undefined> {
  const provider = await discover(settings, variable);
  if (provider.serverMetadata().end_session_endpoint === undefined) return undefined;
  const parameters = { post_logout_redirect_uri: home.href, client_id: settings.clientId };
  return client.buildEndSessionUrl(provider, parameters).href;
}

function providerProblem({ title }: OidcSettings, error: unknown): ProblemError {
  return new ProblemError(problem('LW8114', { title, reason: reasonOf(error) }));
}

function reasonOf(error: unknown): string {
  return (
    (error instanceof Error ? error.message : String(error)).split('\n', 1)[0]?.replace(/\.$/, '').slice(0, 200) ?? ''
  );
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, 300) : undefined;
}

const mostGroups = 2_000;

function listOf(value: unknown): readonly string[] {
  const given = Array.isArray(value) ? value : [value];
  return given.filter((each) => typeof each === 'string').slice(0, mostGroups);
}
