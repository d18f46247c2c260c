import type { CheckLine, ReadContext, Reading } from '@leeway/connector-kit';
import type { Problem } from '@leeway/core';
import type { TerraformSettings } from '../../terraform/settings.ts';
import { readAddresses } from './addresses.ts';
import { checkJobs, failedLine, type Job, runJobs, toNotice } from './jobs.ts';

/** A cloud that one signs in to once and then reads place by place. */
export interface CloudReading {
  readonly system: string;
  readonly context: ReadContext;
  readonly concurrency: number;
  readonly addresses?: TerraformSettings | undefined;
  /** What there is to read, or why one cannot sign in. */
  plan(): Promise<readonly Job[] | Problem>;
}

export async function* readCloud(reading: CloudReading): AsyncIterable<Reading> {
  const { system, context, concurrency } = reading;
  const jobs = await reading.plan();
  if ('code' in jobs) return yield toNotice(jobs);
  const addresses = reading.addresses && (await readAddresses(reading.addresses, context));
  // Under other names everything would look unmanaged, and everything declared gone.
  if (addresses && !addresses.ok) return yield* addresses.problems.map((problem) => toNotice(problem));
  yield* runJobs(jobs, { system, context, concurrency, addresses: addresses?.value });
}

export async function checkCloud(reading: CloudReading): Promise<readonly CheckLine[]> {
  const jobs = await reading.plan();
  if ('code' in jobs) return [failedLine('sign-in', jobs)];
  const addresses = reading.addresses && (await readAddresses(reading.addresses, reading.context));
  return [
    ...(addresses && !addresses.ok ? addresses.problems.map((problem) => failedLine('addresses', problem)) : []),
    ...(await checkJobs(jobs, reading.concurrency)),
  ];
}
