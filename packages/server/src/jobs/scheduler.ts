import { digestHex } from '@leeway/core';
import type { Estate } from '@leeway/estate';
import { durationSeconds } from '@leeway/estate/text/duration.ts';
import type { ScheduleState } from '@leeway/store';
import type { ServerContext } from '../context.ts';
import { jitterOf, nextRun } from './cron.ts';
import type { JobQueue } from './queue.ts';
import type { ScheduleSettings, SchedulesSettings } from './settings.ts';

export type SchedulerContext = Pick<ServerContext, 'estate' | 'store' | 'now' | 'log' | 'settings'>;

/** Makes jobs of schedules. Any number of processes may: each run is made once. */
export interface Scheduler {
  /** Makes the jobs that are due and keeps the schedules as they are declared. */
  tick(): Promise<void>;
  close(): Promise<void>;
}

/** How often schedules are looked at. */
const tickMilliseconds = 5000;

export function startScheduler(context: SchedulerContext, queue: JobQueue): Scheduler {
  let running: Promise<void> = Promise.resolve();
  const tick = () => {
    running = running.then(() => tickOnce(context, queue));
    return running;
  };
  const quietly = () =>
    // The database may be away: the next look makes up for what was due meanwhile.
    void tick().catch((error: unknown) => {
      running = Promise.resolve();
      context.log.warn({ err: error }, 'schedules could not be looked at');
    });
  const timer = setInterval(quietly, tickMilliseconds);
  quietly();
  return {
    tick,
    async close() {
      clearInterval(timer);
      await running.catch(() => undefined);
    },
  };
}

async function tickOnce(context: SchedulerContext, queue: JobQueue): Promise<void> {
  const { store, estate, now } = context;
  const { estate: current } = estate.current();
  const { schedules } = context.settings.current();
  const moment = now();
  const known = await store.schedules.list(current.name);
  if (!isKept(known, schedules)) await store.schedules.keep(current.name, statesOf(schedules, moment));
  for (const state of await store.schedules.list(current.name)) {
    const settings = Object.hasOwn(schedules, state.name) ? schedules[state.name] : undefined;
    if (!settings || Date.parse(state.nextRun) > moment.getTime()) continue;
    await runDue(state, settings, current, moment, queue, context);
  }
}

/**
 * The job first, then the next run: killed in between, the job is asked for again and is there already. What was missed
 * while nobody looked runs once.
 */
async function runDue(
  state: ScheduleState,
  settings: ScheduleSettings,
  estate: Estate,
  moment: Date,
  queue: JobQueue,
  { store, log }: SchedulerContext,
): Promise<void> {
  const environments = matching(
    estate.environments.map(({ name }) => name),
    settings.environments,
  );
  const sources = matching(
    estate.sources.map(({ id }) => id),
    settings.sources,
  );
  if (environments && sources) {
    const once = `schedule ${state.name} ${state.nextRun}`;
    await queue.add({ kind: 'scan', cause: 'schedule', environments, sources, once });
  } else log.warn({ schedule: state.name }, 'a schedule names nothing that is in the estate');
  const next = plannedRun(state.name, settings, moment).toISOString();
  await store.schedules.advance(estate.name, state.name, state.nextRun, next);
}

/** Names that patterns take: none where all are meant, undefined where nothing is. */
function matching(names: readonly string[], patterns: readonly string[]): readonly string[] | undefined {
  if (patterns.length === 0) return [];
  const found = names.filter((name) => patterns.some((pattern) => matchesPattern(pattern, name)));
  return found.length === 0 ? undefined : found;
}

export function matchesPattern(pattern: string, name: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(name);
}

function plannedRun(name: string, { cron, zone, jitter }: ScheduleSettings, after: Date): Date {
  const run = nextRun(cron, zone, after);
  return new Date(run.getTime() + jitterOf(name, run, durationSeconds(jitter)));
}

function digestOf({ cron, zone, jitter }: ScheduleSettings): string {
  return digestHex(JSON.stringify([cron, zone, jitter]), 16);
}

function statesOf(schedules: SchedulesSettings, after: Date): readonly ScheduleState[] {
  return Object.entries(schedules).map(([name, settings]) => ({
    name,
    digest: digestOf(settings),
    nextRun: plannedRun(name, settings, after).toISOString(),
  }));
}

function isKept(known: readonly ScheduleState[], schedules: SchedulesSettings): boolean {
  const digests = new Map(known.map(({ name, digest }) => [name, digest] as const));
  const declared = Object.entries(schedules);
  return declared.length === known.length && declared.every(([name, each]) => digests.get(name) === digestOf(each));
}
