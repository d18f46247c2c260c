import type { CheckLine, ReadContext, Reading } from '@leeway/connector-kit';
import { readAddresses } from '../shared/cloud/addresses.ts';
import { checkJobs, failedLine, runJobs, toNotice } from '../shared/cloud/jobs.ts';
import { planJobs } from './jobs.ts';
import type { AwsSettings } from './settings.ts';

/** Reads every account and region. A kind is complete when each of them told all of it. */
export async function* readAws(settings: AwsSettings, context: ReadContext): AsyncIterable<Reading> {
  const planned = await planJobs(settings, context);
  if (!planned.ok) return yield* planned.problems.map((problem) => toNotice(problem));
  const addresses = settings.addresses && (await readAddresses(settings.addresses, context));
  // Under other names everything would look unmanaged, and everything declared gone.
  if (addresses && !addresses.ok) return yield* addresses.problems.map((problem) => toNotice(problem));
  const { jobs, problems } = planned.value;
  const { concurrency } = settings;
  yield* runJobs(jobs, { system: 'AWS', context, concurrency, addresses: addresses?.value, problems });
}

/** One line for each account that fails, each trail, and each thing read in each region. */
export async function checkAws(settings: AwsSettings, context: ReadContext): Promise<readonly CheckLine[]> {
  const planned = await planJobs(settings, context);
  if (!planned.ok) return planned.problems.map((problem) => failedLine('credentials', problem));
  const addresses = settings.addresses && (await readAddresses(settings.addresses, context));
  return [
    ...planned.value.problems.map((problem) => failedLine('role', problem)),
    ...(addresses && !addresses.ok ? addresses.problems.map((problem) => failedLine('addresses', problem)) : []),
    ...(await checkJobs(planned.value.jobs, settings.concurrency)),
  ];
}
