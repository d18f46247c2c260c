import type { ReadContext } from '@leeway/connector-kit';
import { ok, type Problem, type Result } from '@leeway/core';
import { type Job, type Trail, wantedKinds } from '../shared/cloud/jobs.ts';
import { findCredentials, type SignedIn, signIn, wantedAccounts } from './client/credentials.ts';
import { openRegion, type Region } from './client/request.ts';
import { locate, services } from './client/services.ts';
import { readers } from './readers/index.ts';
import type { AwsSettings } from './settings.ts';
import { openTrail } from './trail.ts';

/** Accounts that could be signed in to, with their regions; and what went wrong with the others. */
interface Opened {
  readonly accounts: readonly (SignedIn & { readonly regions: readonly Region[] })[];
  readonly problems: readonly Problem[];
}

/** Everything to be read: each reader in each account and region; and the accounts that cannot be signed in to. */
export interface Planned {
  readonly jobs: readonly Job[];
  readonly problems: readonly Problem[];
}

/** Signs in to every account the settings name. Failed when there is nothing to begin with. */
export async function planJobs(settings: AwsSettings, context: ReadContext): Promise<Result<Planned>> {
  const base = await findCredentials(settings, context);
  if (!base.ok) return base;
  const wanted = wantedAccounts(settings);
  const results = await Promise.all(wanted.map((account) => signIn(account, base.value, settings, context)));
  const { endpoint, regions } = settings;
  const opened: Opened = {
    accounts: results.flatMap((result) => {
      if (!result.ok) return [];
      const { account, credentials } = result.value;
      const open = (region: string) => openRegion({ context, region, account, credentials, endpoint });
      return [{ ...result.value, regions: [...new Set(regions)].map(open) }];
    }),
    problems: results.flatMap((result) => (result.ok ? [] : result.problems)),
  };
  return ok({ jobs: jobsOf(opened, settings, context), problems: opened.problems });
}

function jobsOf({ accounts }: Opened, settings: AwsSettings, context: ReadContext): readonly Job[] {
  const hasAccounts = (settings.accounts?.length ?? 1) > 1;
  return accounts.flatMap(({ name, account, credentials, regions }) => {
    const prefix = hasAccounts ? `${name}/` : '';
    const trails = new Map<string, Trail>();
    const trailOf = (region: string): Trail | undefined => {
      if (settings.attribution === 0) return undefined;
      const known = trails.get(region);
      if (known) return known;
      const aws = openRegion({ context, region, account, credentials, endpoint: settings.endpoint });
      const trail = openTrail(aws, prefix, settings.attribution, context);
      trails.set(region, trail);
      return trail;
    };
    return regions.flatMap((aws, index) => {
      const place = { prefix, trailOf, isFirst: index === 0, isOnly: regions.length === 1 };
      return regionJobs(aws, place, settings);
    });
  });
}

interface Place {
  readonly prefix: string;
  readonly trailOf: (region: string) => Trail | undefined;
  /** Where what is not of any region is read. */
  readonly isFirst: boolean;
  readonly isOnly: boolean;
}

function regionJobs(aws: Region, place: Place, settings: AwsSettings): readonly Job[] {
  const { prefix, trailOf, isFirst, isOnly } = place;
  return readers.flatMap((reader) => {
    const kinds = wantedKinds(reader.kinds, settings);
    if (kinds.length === 0 || (reader.isGlobal && !isFirst)) return [];
    const read = () => reader.read(aws);
    // CloudTrail keeps what happens to identity where the partition's global services are.
    if (reader.isGlobal) {
      const trail = trailOf(locate(services.iam, aws.region).region);
      return [{ title: reader.title, kinds, prefix, trail, read }];
    }
    const title = `${reader.title} in ${aws.region}`;
    return [{ title, kinds, prefix: prefix + (isOnly ? '' : `${aws.region}/`), trail: trailOf(aws.region), read }];
  });
}
