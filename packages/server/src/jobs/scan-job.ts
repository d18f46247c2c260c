import { listNames, type Problem, problem, suggest } from '@leeway/core';
import type { ScanProgress } from '@leeway/engine/scan/options.ts';
import { inScope } from '@leeway/engine/scan/read-estate.ts';
import { scanEstate } from '@leeway/engine/scan/scan.ts';
import type { Estate } from '@leeway/estate';
import type { Cell, Claim, JobProgress, JobRecord } from '@leeway/store';
import type { ServerContext } from '../context.ts';

/** What a scan job reads, or what is wrong with what it was asked for. */
export type ScanScope =
  | { readonly ok: true; readonly cells: readonly Cell[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Names the estate does not have, as problems: a scan of nothing must not look clean. */
export function unknownNames(
  estate: Estate,
  { environments, sources }: Pick<JobRecord, 'environments' | 'sources'>,
): readonly Problem[] {
  const environmentNames = estate.environments.map(({ name }) => name);
  const sourceIds = estate.sources.map(({ id }) => id);
  const about = (name: string, known: readonly string[]) => ({
    suggestion: suggest(name, known),
    allowed: listNames(known),
  });
  return [
    ...environments
      .filter((name) => !environmentNames.includes(name))
      .map((environment) => problem('LW3018', { environment, ...about(environment, environmentNames) })),
    ...sources
      .filter((id) => !sourceIds.includes(id))
      .map((source) => problem('LW3020', { source, ...about(source, sourceIds) })),
  ];
}

/** Every source of every environment that a scan reads, those that are mirrored included. */
export function scopeOf(estate: Estate, job: Pick<JobRecord, 'environments' | 'sources'>): ScanScope {
  const problems = unknownNames(estate, job);
  if (problems.length > 0) return { ok: false, problems };
  const scope = inScope({ estate, ...scopeNames(job) });
  const cells = scope.sources.flatMap((source) =>
    scope.environments
      .filter(({ name }) => source.environments.includes(name))
      .map(({ name }) => ({ environment: name, source: source.id })),
  );
  return { ok: true, cells };
}

function scopeNames({ environments, sources }: Pick<JobRecord, 'environments' | 'sources'>) {
  return { ...(environments.length > 0 && { environments }), ...(sources.length > 0 && { sources }) };
}

/** Runs a scan; recording what it found also ends the job. Aborting `signal` stops it before anything is recorded. */
export async function runScan(
  job: JobRecord,
  claim: Claim,
  { estate, store, now }: Pick<ServerContext, 'estate' | 'store' | 'now'>,
  { signal, tell }: { readonly signal: AbortSignal; readonly tell: (progress: JobProgress) => void },
): Promise<void> {
  const { options, estate: loaded } = estate.current();
  await scanEstate({
    ...options,
    ...scopeNames(job),
    store: { ...options.store, findings: store.recordingFor(claim, () => now().toISOString()) },
    // An example is frozen at the instant its story takes place.
    now: loaded.asOf === undefined ? now() : options.now,
    failOn: 'low',
    signal,
    progress: countProgress(tell),
  });
}

/** Sums up the progress of single readings. */
export function countProgress(tell: (progress: JobProgress) => void): (event: ScanProgress) => void {
  const readings = new Map<string, ScanProgress>();
  return (event) => {
    readings.set(`${event.environment}\0${event.source}\0${event.plane}`, event);
    const all = [...readings.values()];
    const done = all.filter(({ state }) => state === 'done' || state === 'failed').length;
    tell({ done, total: all.length, resources: all.reduce((sum, { count }) => sum + count, 0) });
  };
}
