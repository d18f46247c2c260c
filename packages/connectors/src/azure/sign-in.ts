import type { JsonRequest, ReadContext } from '@leeway/connector-kit';
import { ProblemError, problem } from '@leeway/core';
import { askToken } from '../shared/cloud/ask.ts';
import { type AzureSettings, clouds } from './settings.ts';

const system = 'Azure';

/** A bearer token for the resource manager. Throws the problem where none is to be had. */
export async function signInToAzure(settings: AzureSettings, context: ReadContext): Promise<string> {
  const { tokenFrom } = settings;
  if (tokenFrom !== undefined) return secretOf(tokenFrom, context);
  const request = settings.managedIdentity ? askMachine(settings, context) : askTenant(settings, context);
  return askToken(context, request);
}

function secretOf(variable: string, context: ReadContext): string {
  const secret = context.variable(variable);
  if (secret) return secret;
  throw new ProblemError(problem('LW3055', { system, variable }));
}

/** https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow */
function askTenant(
  { tenant = '', client = '', clientSecretFrom = '', cloud }: AzureSettings,
  context: ReadContext,
): JsonRequest {
  const { login, management } = clouds[cloud];
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: client,
    client_secret: secretOf(clientSecretFrom, context),
    scope: `${management}/.default`,
  });
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return {
    system,
    what: 'a token of Entra ID',
    url: `${login}/${encodeURIComponent(tenant)}/oauth2/v2.0/token`,
    init: { method: 'POST', headers, body: body.toString() },
  };
}

/** https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token; App Service tells its own address. */
function askMachine({ client, cloud }: AzureSettings, context: ReadContext): JsonRequest {
  const endpoint = context.variable('IDENTITY_ENDPOINT');
  const header = context.variable('IDENTITY_HEADER');
  const isService = endpoint !== undefined && header !== undefined;
  const url = new URL(isService ? endpoint : 'http://169.254.169.254/metadata/identity/oauth2/token');
  url.searchParams.set('api-version', isService ? '2019-08-01' : '2018-02-01');
  url.searchParams.set('resource', clouds[cloud].management);
  if (client !== undefined) url.searchParams.set('client_id', client);
  const headers: Record<string, string> = isService ? { 'x-identity-header': header } : { metadata: 'true' };
  return { system, what: "a token of this machine's identity", url, init: { headers } };
}
