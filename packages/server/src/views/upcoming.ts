import { matchesWildcard } from '@leeway/core';
import type { JobRecord, ScheduleState } from '@leeway/store';
import type { SchedulesSettings } from '../jobs/settings.ts';
import type { SourceReading } from './readings.ts';

interface Planned {
  readonly schedules: SchedulesSettings;
  readonly states: readonly ScheduleState[];
  /** Jobs that run now. */
  readonly jobs: readonly Pick<JobRecord, 'id' | 'kind' | 'environments' | 'sources'>[];
}

/** When a source is read next in an environment, by the schedule that comes first, and which job reads it now. */
export function upcomingOf(
  { source, environment }: Pick<SourceReading, 'source' | 'environment'>,
  { schedules, states, jobs }: Planned,
): Pick<SourceReading, 'schedule' | 'nextRun' | 'running'> {
  const takes = (names: readonly string[], name: string) =>
    names.length === 0 || names.some((pattern) => matchesWildcard(pattern, name));
  const [next] = states
    .flatMap(({ name, nextRun }) => {
      const settings = Object.hasOwn(schedules, name) ? schedules[name] : undefined;
      const isMeant = settings && takes(settings.environments, environment) && takes(settings.sources, source);
      return isMeant ? [{ schedule: `${settings.cron} ${settings.zone}`, nextRun }] : [];
    })
    .toSorted((left, right) => Date.parse(left.nextRun) - Date.parse(right.nextRun));
  const isRead = (names: readonly string[], name: string) => names.length === 0 || names.includes(name);
  const running = jobs.find(
    (job) => job.kind === 'scan' && isRead(job.environments, environment) && isRead(job.sources, source),
  );
  return {
    ...(next && { schedule: next.schedule, nextRun: new Date(next.nextRun).toISOString() }),
    ...(running && { running: running.id }),
  };
}
