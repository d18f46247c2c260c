import { type CheckLine, cancelled, type ReadContext, type Reading } from '@leeway/connector-kit';
import { type JsonObject, matchesWildcard, type Origin, type Problem, ProblemError, type Resource } from '@leeway/core';
import type { Addresses } from './addresses.ts';
import { mapParallel, mergeStreams } from './parallel.ts';

/** One resource as a cloud's reader found it, before it has its final name. */
export interface Draft {
  readonly kind: string;
  /** The name people know it by; two of one kind with the same one are told apart by {@link Draft.detail}. */
  readonly name: string;
  readonly detail?: string;
  /** Terraform's shape. */
  readonly attributes: JsonObject;
  /** Names Terraform may keep it under in a state; the first one is shown. */
  readonly ids: readonly string[];
  /** The cloud made it by itself and nobody changed it: of interest only to whoever declares it. */
  readonly isGiven?: boolean;
}

/** Who changed something last, as far as an audit trail tells. */
export type LastChange = (draft: Draft) => Pick<Origin, 'actor' | 'at' | 'via'>;

/** The audit trail of one place, shared by the jobs that read there. Throws a ProblemError when it cannot be read. */
export interface Trail {
  /** What trouble with it leaves unchecked: `cloudtrail.event`. */
  readonly kind: string;
  readonly title: string;
  read(): Promise<LastChange>;
}

/** One list of one place: an account in a region, a subscription, a project. */
export interface Job {
  /** What is read, for `leeway sources check`. */
  readonly title: string;
  /** Kinds that are wanted of it: others are dropped. */
  readonly kinds: readonly string[];
  /** Stands before keys where there are several places. */
  readonly prefix: string;
  readonly trail?: Trail | undefined;
  /** Throws a ProblemError for every expected failure. */
  read(): AsyncIterable<Draft>;
}

export interface JobsOptions {
  readonly system: string;
  readonly context: ReadContext;
  readonly concurrency: number;
  readonly addresses?: Addresses | undefined;
  /** Places that could not even be opened: nothing is complete then. */
  readonly problems?: readonly Problem[];
}

/** Of a reader's kinds those that settings want. */
export function wantedKinds(
  kinds: readonly string[],
  {
    kinds: only = ['*'],
    skip = [],
  }: { readonly kinds?: readonly string[] | undefined; readonly skip?: readonly string[] | undefined },
): readonly string[] {
  const fits = (kind: string, patterns: readonly string[]) =>
    patterns.some((pattern) => matchesWildcard(pattern, kind));
  return kinds.filter((kind) => fits(kind, only) && !fits(kind, skip));
}

export const toNotice = (problem: Problem, kind?: string): Reading => ({
  type: 'notice',
  problem,
  ...(kind !== undefined && { kind }),
});

/** Runs jobs side by side. A kind is complete when every job that reads some of it told all of its part. */
export async function* runJobs(jobs: readonly Job[], options: JobsOptions): AsyncGenerator<Reading> {
  const { system, context, concurrency, problems = [] } = options;
  yield* problems.map((problem) => toNotice(problem));
  const spoilt = new Set<string>();
  const trails = new Map<Trail, Promise<LastChange | Problem>>();
  const told = new Set<Trail>();
  const streams = jobs.map((job) => () => runJob(job, { options, spoilt, trails, told }));
  yield* mergeStreams(streams, concurrency);
  const stop = cancelled(context.signal, system);
  if (stop) return yield toNotice(stop);
  if (problems.length > 0) return;
  const kinds = new Set(jobs.flatMap((job) => job.kinds));
  for (const kind of kinds) if (!spoilt.has(kind)) yield { type: 'complete', kind };
}

interface Run {
  readonly options: JobsOptions;
  readonly spoilt: Set<string>;
  readonly trails: Map<Trail, Promise<LastChange | Problem>>;
  readonly told: Set<Trail>;
}

async function* runJob(job: Job, run: Run): AsyncGenerator<Reading> {
  const { context } = run.options;
  try {
    const last = await findTrail(job, run);
    if (typeof last === 'object') yield* tellTrail(job, last, run);
    for await (const draft of job.read()) {
      const resource = job.kinds.includes(draft.kind) ? toResource(draft, job, run.options) : undefined;
      if (!resource) continue;
      const change = typeof last === 'function' ? last(draft) : {};
      yield { type: 'resource', resource: { ...resource, origin: { ...resource.origin, ...change } } };
    }
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    for (const kind of job.kinds) run.spoilt.add(kind);
    // One word about the end of everything is enough.
    if (!context.signal.aborted) yield* job.kinds.map((kind) => toNotice(error.problem, kind));
  }
}

/** The trail of a place, asked for once; the problem where it cannot be had. */
function findTrail({ trail }: Job, { trails }: Run): Promise<LastChange | Problem> | undefined {
  if (!trail) return undefined;
  const known =
    trails.get(trail) ??
    trail.read().catch((error: unknown) => {
      if (error instanceof ProblemError) return error.problem;
      throw error;
    });
  trails.set(trail, known);
  return known;
}

/** Trouble with a trail, once: only names are missing, the resources are checked all the same. */
function* tellTrail({ trail }: Job, problem: Problem, { told, options }: Run): Generator<Reading> {
  if (!trail || told.has(trail) || options.context.signal.aborted) return;
  told.add(trail);
  yield toNotice(problem, trail.kind);
}

/** The resource under its final name; undefined for what the cloud made and nobody declares. */
function toResource(draft: Draft, { prefix }: Job, { addresses }: JobsOptions): Resource | undefined {
  const { kind, name, attributes, ids, isGiven } = draft;
  const address = addresses?.find(kind, ids);
  if (address === undefined && addresses && isGiven) return undefined;
  const [id] = ids;
  return { kind, key: address ?? prefix + name, attributes, ...(id !== undefined && { origin: { id } }) };
}

/** One line for each trail and each job: whether its first items can be had. */
export async function checkJobs(jobs: readonly Job[], concurrency: number): Promise<readonly CheckLine[]> {
  const trails = new Set(jobs.flatMap(({ trail }) => trail ?? []));
  const checks = [
    ...[...trails].map((trail) => ({ what: trail.title, work: () => trail.read() })),
    ...jobs.map((job) => ({ what: `${job.prefix}${job.title}`, work: () => readFirst(job) })),
  ];
  const lines: CheckLine[] = [];
  for await (const line of mapParallel(asStream(checks), concurrency, ({ what, work }) => checkOne(what, work)))
    lines.push(line);
  return lines;
}

async function readFirst(job: Job): Promise<void> {
  for await (const _ of job.read()) break;
}

async function checkOne(what: string, work: () => Promise<unknown>): Promise<CheckLine> {
  try {
    await work();
    return { what, ok: true };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return failedLine(what, error.problem);
  }
}

export const failedLine = (what: string, problem: Problem): CheckLine => ({ what, ok: false, problem });

async function* asStream<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

/** Drafts of kinds that quotas keep small, named apart: a name that two of them carry gets what tells them apart. */
export async function* nameApart(drafts: AsyncIterable<Draft>): AsyncGenerator<Draft> {
  const all: Draft[] = [];
  const counts = new Map<string, number>();
  for await (const draft of drafts) {
    all.push(draft);
    const name = `${draft.kind} ${draft.name}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  for (const draft of all) {
    const isShared = (counts.get(`${draft.kind} ${draft.name}`) ?? 0) > 1;
    yield isShared && draft.detail !== undefined ? { ...draft, name: `${draft.name}@${draft.detail}` } : draft;
  }
}
