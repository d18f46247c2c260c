import { digestHex } from '@leeway/core';
import { CronExpressionParser } from 'cron-parser';

/** Five fields: minutes, hours, days, months, weekdays. Seconds and nicknames are left out: they say less than they hide. */
const fields = /^\S+(?:\s+\S+){4}$/;

export function isCron(text: string): boolean {
  if (!fields.test(text.trim()) || /[^\d\s*/,\-A-Za-z#?L]/.test(text)) return false;
  try {
    CronExpressionParser.parse(text.trim()).next();
    return true;
  } catch {
    return false;
  }
}

/**
 * The first moment after `after` at which an expression runs. Across a change of daylight saving a time of day that does
 * not exist runs an hour later, one that comes twice runs the first time; what runs every hour runs every hour.
 */
export function nextRun(cron: string, zone: string, after: Date): Date {
  return CronExpressionParser.parse(cron.trim(), { tz: zone, currentDate: after }).next().toDate();
}

/** Delay of one run within the jitter: the same in every process, different for every schedule and run. */
export function jitterOf(name: string, run: Date, seconds: number): number {
  if (seconds <= 0) return 0;
  return (Number.parseInt(digestHex(`${name} ${run.toISOString()}`, 8), 16) % (seconds * 1000)) | 0;
}
