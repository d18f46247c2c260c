import { createLimiters, systemClock } from '@leeway/connector-kit';
import {
  type FileTree,
  indexKinds,
  type Kind,
  type KindIndex,
  listNames,
  type Plane,
  type Problem,
  problem,
} from '@leeway/core';
import type { Environment, Source, SourcePlane } from '@leeway/estate';
import type { ScanOptions } from './options.ts';
import { type PlaneReading, type ReadJob, readPlane, reportProgress } from './read-plane.ts';

/** Every reading of a scan. */
export interface EstateReading {
  readonly readings: readonly PlaneReading[];
  readonly kinds: KindIndex;
  readonly problems: readonly Problem[];
}

/** Reads every plane of every source in scope, a bounded number at a time; one dead source never stops the others. */
export async function readEstate(
  options: ScanOptions,
  mirrors: 'with-mirrors' | 'only-named' = 'with-mirrors',
): Promise<EstateReading> {
  const { jobs, problems } = await planReads(options, mirrors);
  const kinds = indexKinds(await declaredKinds(jobs, options), { strict: options.strict === true });
  const run = { options, kinds, limiters: createLimiters(systemClock) };
  for (const job of jobs) reportProgress(job, options, 'waiting', 0);
  const readings = await runBounded(jobs, concurrencyOf(options), (job) => readPlane(job, run));
  // What was cancelled is neither judged nor recorded: it would look like systems that do not answer.
  options.signal?.throwIfAborted();
  const nothing = jobs.length === 0 && problems.length === 0 ? [nothingToRead(options)] : [];
  return { readings, kinds, problems: [...problems, ...nothing, ...readings.flatMap((reading) => reading.problems)] };
}

/** How many readings run at the same time. */
export function concurrencyOf({ concurrency, estate }: Pick<ScanOptions, 'concurrency' | 'estate'>): number {
  return concurrency ?? estate.concurrency ?? 8;
}

/** A scan of nothing must not look clean. */
function nothingToRead(options: ScanOptions): Problem {
  return problem('LW3021', { environments: listNames(inScope(options).environments.map(({ name }) => name)) });
}

/** Just the environments named. */
function named(options: ScanOptions): ReturnType<typeof inScope> {
  const scope = inScope(options);
  return { ...scope, environments: scope.environments.filter(({ name }) => options.environments?.includes(name)) };
}

/** Environments and sources in scope. */
export function inScope(options: Pick<ScanOptions, 'estate' | 'environments' | 'sources'>): {
  readonly environments: readonly Environment[];
  readonly sources: readonly Source[];
} {
  const { estate, environments, sources } = options;
  const wanted = new Set(environments ?? estate.environments.map(({ name }) => name));
  // What an environment mirrors is read with it: without its reference there is nothing to hold it against.
  for (const { name, mirrors } of estate.environments) if (mirrors && wanted.has(name)) wanted.add(mirrors);
  return {
    environments: estate.environments.filter(({ name }) => wanted.has(name)),
    sources: estate.sources.filter(({ id }) => !sources || sources.includes(id)),
  };
}

interface ReadPlan {
  readonly jobs: readonly ReadJob[];
  readonly problems: readonly Problem[];
}

/** Every reading in scope, not done yet. */
export async function planReads(
  options: ScanOptions,
  mirrors: 'with-mirrors' | 'only-named' = 'with-mirrors',
): Promise<ReadPlan> {
  const scope = mirrors === 'with-mirrors' ? inScope(options) : named(options);
  const pairs = scope.environments.flatMap((environment) =>
    scope.sources
      .filter((source) => source.environments.includes(environment.name))
      .map((source) => ({ environment, source })),
  );
  const plans = await Promise.all(pairs.map(({ environment, source }) => planSource(environment, source, options)));
  return { jobs: plans.flatMap(({ jobs }) => jobs), problems: plans.flatMap(({ problems }) => problems) };
}

async function planSource(environment: Environment, source: Source, options: ScanOptions): Promise<ReadPlan> {
  const { declared, working } = options.files;
  const job = (
    plane: Plane,
    settings: SourcePlane | undefined,
    files: FileTree,
    revision?: string,
  ): readonly ReadJob[] =>
    settings ? [{ environment, source, plane, settings, files, ...(revision && { revision }) }] : [];
  const deployed = source.applied ? undefined : await deployedTree(environment, source, options);
  return {
    jobs: [
      ...job('declared', source.declared, declared, declared.revision),
      ...job('observed', source.observed, working),
      ...job('applied', source.applied, working),
      ...(deployed && 'files' in deployed ? job('applied', source.declared, deployed.files, deployed.revision) : []),
    ],
    problems: deployed && 'problems' in deployed ? deployed.problems : [],
  };
}

/** The declaration at the revision `leeway applied` recorded last: what was last deployed. */
async function deployedTree(environment: Environment, source: Source, options: ScanOptions) {
  if (!source.declared || !options.files.at) return undefined;
  const record = await options.store.deployments.latest(options.estate.name, environment.name, source.id);
  if (!record) return undefined;
  const tree = await options.files.at(record.revision);
  return tree.ok ? { files: tree.value, revision: record.revision } : { problems: tree.problems };
}

async function declaredKinds(jobs: readonly ReadJob[], options: ScanOptions): Promise<readonly Kind[]> {
  const ids = [...new Set(jobs.map((job) => job.settings.connector))].sort();
  const connectors = await Promise.all(ids.map((id) => options.connectors.load(id)));
  return connectors.flatMap((connector) => connector?.kinds ?? []);
}

/** Runs `work` on every item, at most `limit` at a time; results in the order of the items. */
export async function runBounded<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  const worker = async () => {
    for (let at = next++; at < items.length; at = next++) results[at] = await work(items[at] as T);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return results;
}
