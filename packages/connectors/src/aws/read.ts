import type { ReadContext, Reading } from '@leeway/connector-kit';
import { cancelled } from '@leeway/connector-kit';
import { type Problem, ProblemError, type Resource } from '@leeway/core';
import { type Addresses, readAddresses } from '../cloud-addresses.ts';
import { mergeStreams } from '../cloud-parallel.ts';
import { type AuditTrail, findLastChange } from '../terraform/audit.ts';
import type { Region } from './client/request.ts';
import { type Job, openAccounts, planJobs, wantedKinds, wantedReaders } from './jobs.ts';
import type { Draft } from './reader.ts';
import type { AwsSettings } from './settings.ts';
import { readTrail } from './trail.ts';

/** What trouble with CloudTrail leaves unchecked: who changed things, not the things. */
const trailKind = 'cloudtrail.event';

/** What all jobs of one reading share. */
interface Run {
  readonly settings: AwsSettings;
  readonly context: ReadContext;
  readonly addresses: Addresses | undefined;
  readonly trails: Map<Region, Promise<AuditTrail | Problem>>;
  readonly told: Set<Problem>;
  /** Kinds that could not be read everywhere. */
  readonly spoilt: Set<string>;
}

/** Reads every account and region. A kind is complete when each of them told all of it. */
export async function* readAws(settings: AwsSettings, context: ReadContext): AsyncIterable<Reading> {
  const opened = await openAccounts(settings, context);
  if (!opened.ok) return yield* opened.problems.map(toNotice);
  const addresses = settings.addresses && (await readAddresses(settings.addresses, context));
  // Under other names everything would look unmanaged, and everything declared gone.
  if (addresses && !addresses.ok) return yield* addresses.problems.map(toNotice);
  yield* opened.value.problems.map(toNotice);
  const run: Run = {
    settings,
    context,
    addresses: addresses?.value,
    trails: new Map(),
    told: new Set(),
    spoilt: new Set(),
  };
  const jobs = planJobs(opened.value, settings);
  yield* mergeStreams(
    jobs.map((job) => () => readJob(job, run)),
    settings.concurrency,
  );
  const stop = cancelled(context.signal, 'AWS');
  if (stop) return yield toNotice(stop);
  if (opened.value.problems.length > 0) return;
  const kinds = wantedReaders(settings).flatMap((reader) => wantedKinds(reader, settings));
  for (const kind of kinds) if (!run.spoilt.has(kind)) yield { type: 'complete', kind };
}

const toNotice = (problem: Problem): Reading => ({ type: 'notice', problem });

async function* readJob(job: Job, run: Run): AsyncGenerator<Reading> {
  const { reader, aws } = job;
  const { settings, context, spoilt } = run;
  const kinds = wantedKinds(reader, settings);
  try {
    const trail = await findTrail(aws, run);
    yield* tellTrail(trail, run);
    for await (const draft of reader.read(aws)) {
      const resource = kinds.includes(draft.kind) ? toResource(draft, job, run) : undefined;
      if (resource) yield { type: 'resource', resource: attribute(resource, trail) };
    }
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    for (const kind of kinds) spoilt.add(kind);
    // One word about the end of everything is enough.
    if (!context.signal.aborted)
      yield* kinds.map((kind): Reading => ({ type: 'notice', problem: error.problem, kind }));
  }
}

/** Trouble with a trail, once. */
function* tellTrail(trail: AuditTrail | Problem | undefined, { told }: Run): Generator<Reading> {
  if (!trail || !('code' in trail) || told.has(trail)) return;
  told.add(trail);
  yield { type: 'notice', problem: trail, kind: trailKind };
}

/** The trail of a region, asked for once; the problem where it cannot be had. */
async function findTrail(aws: Region, { settings, context, trails }: Run): Promise<AuditTrail | Problem | undefined> {
  if (settings.attribution === 0) return undefined;
  const known =
    trails.get(aws) ??
    readTrail(aws, settings.attribution, context).catch((error: unknown) => {
      if (error instanceof ProblemError) return error.problem;
      throw error;
    });
  trails.set(aws, known);
  return known;
}

function attribute(resource: Resource, trail: AuditTrail | Problem | undefined): Resource {
  if (!trail || 'code' in trail) return resource;
  return { ...resource, origin: { ...resource.origin, ...findLastChange(trail, resource.attributes) } };
}

/** The resource under its final name; undefined for what AWS made and nobody declares. */
function toResource(
  { kind, name, attributes, ids, isGiven }: Draft,
  { prefix }: Job,
  { addresses }: Run,
): Resource | undefined {
  const address = addresses?.find(kind, ids);
  if (address === undefined && addresses && isGiven) return undefined;
  const [id] = ids;
  return { kind, key: address ?? prefix + name, attributes, ...(id !== undefined && { origin: { id } }) };
}
