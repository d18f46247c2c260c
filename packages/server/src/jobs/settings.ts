import { z } from 'zod';
import { duration, patterns, settingName, timeZone } from '../settings/values.ts';
import { isCron } from './cron.ts';

/** `schedules:` of server.yaml: when which sources are read without being asked. */
export const scheduleSettings = z.strictObject({
  cron: z
    .string()
    .refine((text) => isCron(text))
    .meta({ title: 'a cron expression of five fields', examples: ['"*/15 6-20 * * 1-5"'] }),
  zone: timeZone
    .default('UTC')
    .describe(
      'Where the clock hangs. An hour that a change of daylight saving leaves out is made up for, one it repeats runs once.',
    ),
  environments: patterns.default([]).describe('All where none are named.'),
  sources: patterns.default([]).describe('All where none are named.'),
  jitter: duration
    .default('1m')
    .describe('Runs begin up to so much later, so that systems are not asked by everybody on the hour.'),
});
export type ScheduleSettings = z.output<typeof scheduleSettings>;

export const schedulesSettings = z.record(settingName, scheduleSettings);
export type SchedulesSettings = z.output<typeof schedulesSettings>;
