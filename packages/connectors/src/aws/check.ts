import type { CheckLine, ReadContext } from '@leeway/connector-kit';
import { type Problem, ProblemError } from '@leeway/core';
import { readAddresses } from '../cloud-addresses.ts';
import { mapParallel } from '../cloud-parallel.ts';
import { type Job, type Opened, openAccounts, planJobs } from './jobs.ts';
import type { AwsSettings } from './settings.ts';
import { readTrail } from './trail.ts';

/** One line for each account and each thing read in each region: whether its first items can be had. */
export async function checkAws(settings: AwsSettings, context: ReadContext): Promise<readonly CheckLine[]> {
  const opened = await openAccounts(settings, context);
  if (!opened.ok) return opened.problems.map((problem) => toLine('credentials', problem));
  const lines: CheckLine[] = opened.value.problems.map((problem) => toLine('role', problem));
  for (const account of opened.value.accounts) lines.push(...(await checkAccount(account, settings, context)));
  const addresses = settings.addresses && (await readAddresses(settings.addresses, context));
  if (addresses && !addresses.ok) lines.push(...addresses.problems.map((problem) => toLine('addresses', problem)));
  for await (const line of mapParallel(asStream(planJobs(opened.value, settings)), settings.concurrency, checkJob))
    lines.push(line);
  return lines;
}

async function checkAccount(
  { name, regions }: Opened['accounts'][number],
  settings: AwsSettings,
  context: ReadContext,
): Promise<readonly CheckLine[]> {
  const prefix = name === '' ? '' : `${name}: `;
  const trails = (settings.attribution > 0 ? regions : []).map((aws) =>
    attemptLine(`${prefix}who changed what in ${aws.region}`, () => readTrail(aws, settings.attribution, context, 1)),
  );
  return [{ what: `${prefix}credentials`, ok: true }, ...(await Promise.all(trails))];
}

async function* asStream<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

function checkJob({ reader, aws, prefix }: Job): Promise<CheckLine> {
  const what = `${prefix}${reader.title}${reader.isGlobal ? '' : ` in ${aws.region}`}`;
  return attemptLine(what, async () => {
    for await (const _ of reader.read(aws)) break;
  });
}

async function attemptLine(what: string, work: () => Promise<unknown>): Promise<CheckLine> {
  try {
    await work();
    return { what, ok: true };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return toLine(what, error.problem);
  }
}

function toLine(what: string, problem: Problem): CheckLine {
  return { what, ok: false, problem };
}
