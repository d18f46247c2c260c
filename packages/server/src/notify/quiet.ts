import { type Severity, severities } from '@leeway/core';
import type { ChannelSettings } from './settings.ts';

type Quiet = NonNullable<ChannelSettings['quiet']>;

const minute = 60_000;
const dayMinutes = 24 * 60;

/**
 * When a message may be sent: now, or at the end of the quiet hours that now lies in. The wall clock of their zone counts,
 * so that they end at seven also on days that have 23 or 25 hours.
 */
export function sendableAt(now: Date, quiet: Quiet | undefined, worst: Severity | undefined): Date {
  if (!quiet || !isQuiet(now, quiet) || breaksThrough(quiet, worst)) return now;
  // Looked for minute by minute: a computed offset would be wrong across a change of the clock.
  const first = Math.ceil(now.getTime() / minute) * minute;
  for (let ahead = 0; ahead <= dayMinutes + 120; ahead++) {
    const candidate = new Date(first + ahead * minute);
    if (!isQuiet(candidate, quiet)) return candidate;
  }
  return now;
}

function isQuiet(moment: Date, { from, to, zone }: Quiet): boolean {
  const time = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(moment);
  return from <= to ? from <= time && time < to : time >= from || time < to;
}

function breaksThrough({ except }: Quiet, worst: Severity | undefined): boolean {
  if (except === 'nothing' || worst === undefined) return false;
  return severities.indexOf(worst) >= severities.indexOf(except);
}
