import { describe, expect, it } from 'vitest';
import { schedulesSettings } from '../jobs/settings.ts';
import { upcomingOf } from './upcoming.ts';

const schedules = schedulesSettings.parse({
  nightly: { cron: '0 2 * * *', zone: 'Europe/Amsterdam' },
  hourly: { cron: '0 * * * *', environments: ['production-*'], sources: ['erp'] },
});
const states = [
  { name: 'nightly', digest: 'a', nextRun: '2026-12-01T01:00:00.000Z' },
  { name: 'hourly', digest: 'b', nextRun: '2026-11-30T13:00:00.000Z' },
];
const planned = { schedules, states, jobs: [] };

describe('what comes next for a source', () => {
  it('is told by the schedule that runs first of those that take it', () => {
    expect(upcomingOf({ source: 'erp', environment: 'production-eu' }, planned)).toEqual({
      schedule: '0 * * * * UTC',
      nextRun: '2026-11-30T13:00:00.000Z',
    });
    const nightly = { schedule: '0 2 * * * Europe/Amsterdam', nextRun: '2026-12-01T01:00:00.000Z' };
    expect(upcomingOf({ source: 'wms', environment: 'production-eu' }, planned)).toEqual(nightly);
    expect(upcomingOf({ source: 'erp', environment: 'test' }, planned)).toEqual(nightly);
  });

  it('is nothing where no declared schedule takes it', () => {
    expect(upcomingOf({ source: 'erp', environment: 'test' }, { schedules: {}, states, jobs: [] })).toEqual({});
  });

  it('names the job that reads it now', () => {
    const jobs = [{ id: 'j1', kind: 'scan' as const, environments: ['test'], sources: [] }];
    const at = (environment: string) => upcomingOf({ source: 'erp', environment }, { schedules: {}, states: [], jobs });
    expect(at('test')).toEqual({ running: 'j1' });
    expect(at('production-eu')).toEqual({});
  });
});
