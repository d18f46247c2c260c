import { loadOptional, type ReadContext } from '@leeway/connector-kit';
import { failed, ok, ProblemError, problem, type Result } from '@leeway/core';
import { textAt } from '../../shared/cloud/shape.ts';
import type { AwsSettings } from '../settings.ts';
import { openRegion } from './request.ts';
import type { Credentials } from './sign.ts';

/** An account to be read, with the credentials to read it. */
export interface SignedIn {
  /** Stands before the keys where there are several accounts. */
  readonly name: string;
  /** Whose quota requests count against. */
  readonly account: string;
  readonly credentials: Credentials;
}

/** Whom the settings want to be in one account. */
export interface Wanted {
  readonly name: string;
  readonly role?: string | undefined;
  readonly externalIdFrom?: string | undefined;
}

export function wantedAccounts({ accounts, role, externalIdFrom }: AwsSettings): readonly Wanted[] {
  return accounts ?? [{ name: '', role, externalIdFrom }];
}

/** Credentials to begin with: what the settings name, else the usual variables, else what the official chain finds. */
export async function findCredentials(settings: AwsSettings, context: ReadContext): Promise<Result<Credentials>> {
  const { accessKeyFrom, secretKeyFrom, sessionTokenFrom, profile } = settings;
  if (profile === undefined) {
    const names = [accessKeyFrom ?? 'AWS_ACCESS_KEY_ID', secretKeyFrom ?? 'AWS_SECRET_ACCESS_KEY'] as const;
    const [accessKeyId, secretAccessKey] = names.map((name) => context.variable(name));
    const token = accessKeyFrom === undefined ? 'AWS_SESSION_TOKEN' : sessionTokenFrom;
    const sessionToken = token && context.variable(token);
    if (accessKeyId && secretAccessKey)
      return ok({ accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) });
    const missing = accessKeyId ? names[1] : names[0];
    if (accessKeyFrom !== undefined) return failed(problem('LW3055', { system: 'AWS', variable: missing }));
  }
  return askChain(profile);
}

const chainPackage = '@aws-sdk/credential-provider-node';

/** Configuration files, SSO, a process, a web identity, a container's or a machine's own role: AWS's own library knows them all. */
async function askChain(profile: string | undefined): Promise<Result<Credentials>> {
  const loaded = await loadOptional(
    'AWS by a profile or the role of a machine',
    chainPackage,
    () => import('@aws-sdk/credential-provider-node'),
  );
  if (!loaded.ok) return loaded;
  try {
    const { accessKeyId, secretAccessKey, sessionToken } = await loaded.value.defaultProvider(
      profile === undefined ? {} : { profile },
    )();
    return ok({ accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) });
  } catch {
    // The library's own words may quote configuration files.
    const where =
      profile === undefined
        ? 'neither variables, nor files, nor this machine have any'
        : `the profile ${JSON.stringify(profile)} gives none`;
    return failed(problem('LW3061', { system: 'AWS', reason: where }));
  }
}

/** Takes on the role wanted in one account; the credentials at hand where none is. */
export async function signIn(
  { name, role, externalIdFrom }: Wanted,
  base: Credentials,
  settings: AwsSettings,
  context: ReadContext,
): Promise<Result<SignedIn>> {
  if (role === undefined) return ok({ name, account: `key ${base.accessKeyId}`, credentials: base });
  const externalId = externalIdFrom && context.variable(externalIdFrom);
  if (externalIdFrom !== undefined && !externalId)
    return failed(problem('LW3055', { system: 'AWS', variable: externalIdFrom }));
  const [region = ''] = settings.regions;
  const account = role.split(':')[4] ?? '';
  const aws = openRegion({
    context,
    region,
    account: `key ${base.accessKeyId}`,
    credentials: base,
    endpoint: settings.endpoint,
  });
  const parameters = { RoleArn: role, RoleSessionName: 'leeway', ...(externalId && { ExternalId: externalId }) };
  try {
    const answer = await aws.send({
      service: 'sts',
      action: 'AssumeRole',
      parameters,
      permission: `sts:AssumeRole on ${role}`,
    });
    const given = ['AccessKeyId', 'SecretAccessKey', 'SessionToken'].map((field) =>
      textAt(answer, `Credentials.${field}`),
    );
    const [accessKeyId, secretAccessKey, sessionToken] = given;
    if (!accessKeyId || !secretAccessKey || !sessionToken) {
      return failed(problem('LW3006', { system: 'AWS STS', what: 'AssumeRole', reason: 'it holds no credentials' }));
    }
    return ok({ name, account, credentials: { accessKeyId, secretAccessKey, sessionToken } });
  } catch (error) {
    if (error instanceof ProblemError) return failed(error.problem);
    throw error;
  }
}
