import { kindMatches, type ReadContext } from '@leeway/connector-kit';
import { ok, type Problem, type Result } from '@leeway/core';
import { findCredentials, type SignedIn, signIn, wantedAccounts } from './client/credentials.ts';
import { openRegion, type Region } from './client/request.ts';
import type { Reader } from './reader.ts';
import { readers } from './readers/index.ts';
import type { AwsSettings } from './settings.ts';

/** One reader in one account and region. */
export interface Job {
  readonly reader: Reader;
  readonly aws: Region;
  /** `shared/eu-west-1/`: stands before keys where there are several accounts or regions. */
  readonly prefix: string;
}

/** Accounts that could be signed in to, with their regions; and what went wrong with the others. */
export interface Opened {
  readonly accounts: readonly (SignedIn & { readonly regions: readonly Region[] })[];
  readonly problems: readonly Problem[];
}

/** Signs in to every account the settings name. Failed when there is nothing to begin with. */
export async function openAccounts(settings: AwsSettings, context: ReadContext): Promise<Result<Opened>> {
  const base = await findCredentials(settings, context);
  if (!base.ok) return base;
  const results = await Promise.all(
    wantedAccounts(settings).map((wanted) => signIn(wanted, base.value, settings, context)),
  );
  const { endpoint, regions } = settings;
  return ok({
    accounts: results.flatMap((result) => {
      if (!result.ok) return [];
      const { account, credentials } = result.value;
      const open = (region: string) => openRegion({ context, region, account, credentials, endpoint });
      return [{ ...result.value, regions: [...new Set(regions)].map(open) }];
    }),
    problems: results.flatMap((result) => (result.ok ? [] : result.problems)),
  });
}

/** Readers of the kinds that are wanted. */
export function wantedReaders(settings: AwsSettings): readonly Reader[] {
  return readers.filter((reader) => wantedKinds(reader, settings).length > 0);
}

/** What the settings want of the kinds one reader reads. */
export function wantedKinds({ kinds }: Reader, { kinds: only = ['*'], skip = [] }: AwsSettings): readonly string[] {
  const fits = (kind: string, patterns: readonly string[]) => patterns.some((pattern) => kindMatches(pattern, kind));
  return kinds.filter((kind) => fits(kind, only) && !fits(kind, skip));
}

export function planJobs({ accounts }: Opened, settings: AwsSettings): readonly Job[] {
  const hasAccounts = (settings.accounts?.length ?? 1) > 1;
  return accounts.flatMap(({ name, regions }) =>
    wantedReaders(settings).flatMap((reader) =>
      (reader.isGlobal ? regions.slice(0, 1) : regions).map((aws) => {
        const steps = [
          hasAccounts ? name : undefined,
          reader.isGlobal || regions.length === 1 ? undefined : aws.region,
        ];
        return { reader, aws, prefix: steps.map((step) => (step === undefined ? '' : `${step}/`)).join('') };
      }),
    ),
  );
}
