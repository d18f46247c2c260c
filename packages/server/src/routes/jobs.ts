import { type Problem, ProblemError, problem } from '@leeway/core';
import type { JobRecord, Received } from '@leeway/store';
import type { z } from 'zod';
import type { ServerContext } from '../context.ts';
import type { job, jobContracts } from '../contract/jobs.ts';
import { eventText, lifeSign, streamMilliseconds, streamStart } from '../events/stream.ts';
import type { HandlersOf } from '../http/call.ts';
import { decodeCursor, encodeCursor } from '../http/sequence-cursor.ts';
import { may, type Principal } from '../identity/principal.ts';
import { unknownNames } from '../jobs/scan-job.ts';
import { ProblemsError } from '../plugins/errors.ts';

type JobDocument = z.output<typeof job>;

/** A job as the API shows it, to somebody: names of environments they may not see are left out. */
export function jobDocument(record: JobRecord, principal: Principal): JobDocument {
  const { seq: _seq, isCancelRequested: _requested, environments, sources, problem: found, ...rest } = record;
  return {
    ...rest,
    environments: environments.filter((environment) => may(principal, 'findings:read', { environment })),
    sources: [...sources],
    ...(found && { problem: found }),
  };
}

function isSeen({ environments }: JobRecord, principal: Principal): boolean {
  return (
    environments.length === 0 || environments.some((environment) => may(principal, 'findings:read', { environment }))
  );
}

async function seenJob(id: string, principal: Principal, { store, estate }: ServerContext): Promise<JobRecord> {
  const found = await store.jobs.get(estate.current().estate.name, id);
  if (!found || !isSeen(found, principal)) throw new ProblemError(problem('LW8003', { what: 'job', id }));
  return found;
}

/** The environments of a scan that somebody asks for, all of which they may scan. Nobody scans more than they see. */
function allowedEnvironments(
  asked: readonly string[],
  principal: Principal,
  context: ServerContext,
): readonly string[] {
  const { environments } = context.estate.current().estate;
  const mayScan = (environment: string) => may(principal, 'scans:run', { environment });
  const refused = asked.find((environment) => !mayScan(environment));
  if (refused !== undefined) throw notAllowed(principal, 'scans:run', refused);
  if (asked.length > 0) return asked;
  const allowed = environments.map(({ name }) => name).filter(mayScan);
  if (allowed.length === 0) throw notAllowed(principal, 'scans:run', 'the estate');
  return allowed.length === environments.length ? [] : allowed;
}

function notAllowed(principal: Principal, permission: string, where: string): ProblemError {
  return new ProblemError(problem('LW8002', { name: principal.name, permission, scope: ` in ${where}` }));
}

function requireAll(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new ProblemsError(problems);
}

/** Somebody who manages jobs does so where the job reads. */
function requireManaged({ environments }: JobRecord, principal: Principal): void {
  const refused = environments.find((environment) => !may(principal, 'jobs:manage', { environment }));
  if (refused !== undefined) throw notAllowed(principal, 'jobs:manage', refused);
}

const ended: ReadonlySet<string> = new Set(['done', 'failed', 'cancelled', 'dead']);

/** Handlers of jobs. */
export const jobHandlers: HandlersOf<typeof jobContracts> = {
  async startScan({ body, principal }, context) {
    requireAll(unknownNames(context.estate.current().estate, body));
    const environments = allowedEnvironments(body.environments, principal, context);
    const request = { environments, sources: body.sources, requestedBy: principal.name };
    const added = await context.queue.add({ kind: 'scan', cause: 'request', ...request });
    return jobDocument(added, principal);
  },
  async listJobs({ query, principal }, { store, estate }) {
    const before = decodeCursor(query.cursor, 'jobs');
    const page = { ...(query.state && { states: query.state }), ...(before !== undefined && { before }) };
    const jobs = await store.jobs.list(estate.current().estate.name, { ...page, limit: query.limit + 1 });
    const shown = jobs.slice(0, query.limit);
    const last = jobs.length > query.limit ? shown.at(-1) : undefined;
    const items = shown.filter((each) => isSeen(each, principal)).map((each) => jobDocument(each, principal));
    return { items, ...(last && { next: encodeCursor('jobs', last.seq) }) };
  },
  async getJob({ params, principal }, context) {
    return jobDocument(await seenJob(params.id, principal, context), principal);
  },
  async cancelJob({ params, principal }, context) {
    const found = await seenJob(params.id, principal, context);
    requireManaged(found, principal);
    const cancelled = await context.queue.cancel(params.id);
    if (!cancelled) throw new ProblemError(problem('LW8201', { state: found.state, what: 'cancelled' }));
    return jobDocument(cancelled, principal);
  },
  async replayJob({ params, principal }, context) {
    const found = await seenJob(params.id, principal, context);
    requireManaged(found, principal);
    const replayed = await context.queue.replay(params.id);
    if (!replayed) throw new ProblemError(problem('LW8201', { state: found.state, what: 'run again' }));
    return jobDocument(replayed, principal);
  },
  async followJob({ params, principal, signal }, context) {
    const found = await seenJob(params.id, principal, context);
    return jobEvents(found, principal, signal, context);
  },
  async followEstate({ signal }, context) {
    return estateEvents(signal, context);
  },
};

async function* jobEvents(
  { id }: JobRecord,
  principal: Principal,
  signal: AbortSignal,
  context: ServerContext,
): AsyncGenerator<string> {
  const concerns = (received: Received) => (received === 'missed' || received.id === id ? 'job' : undefined);
  const until = AbortSignal.any([signal, AbortSignal.timeout(streamMilliseconds)]);
  yield streamStart;
  let shown = '';
  for await (const wake of context.events.follow(concerns, until)) {
    const record = await seenJob(id, principal, context);
    const text = eventText('job', jobDocument(record, principal));
    if (wake === 'still-here' || text === shown) yield lifeSign;
    if (text !== shown) yield text;
    shown = text;
    if (ended.has(record.state)) return;
  }
}

/** Names under which screens listen; jobs are many and told as one. */
const eventNames = {
  job: 'jobs',
  findings: 'findings',
  estate: 'estate',
  requests: 'requests',
  deliveries: 'deliveries',
};

async function* estateEvents(signal: AbortSignal, { events, estate }: ServerContext): AsyncGenerator<string> {
  const { name } = estate.current().estate;
  const all = Object.values(eventNames);
  const concerns = (received: Received) => {
    if (received === 'missed') return 'missed';
    return received.estate === name ? eventNames[received.topic] : undefined;
  };
  const until = AbortSignal.any([signal, AbortSignal.timeout(streamMilliseconds)]);
  yield streamStart;
  for await (const wake of events.follow(concerns, until)) {
    if (wake === 'still-here') yield lifeSign;
    else for (const topic of wake.includes('missed') ? all : wake) yield eventText(topic, { estate: name });
  }
}
