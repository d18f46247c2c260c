/** Units of relative time, seconds each, largest first. */
const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['week', 7 * 86_400],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** "3 hours ago", "yesterday", "in 2 weeks"; "just now" within a minute. The text itself where it is no time. */
export function relativeTime(instant: string, now: number): string {
  const time = Date.parse(instant);
  if (Number.isNaN(time)) return instant;
  const seconds = (time - now) / 1000;
  for (const [unit, length] of units) {
    if (Math.abs(seconds) >= length) return relative.format(Math.trunc(seconds / length), unit);
  }
  return seconds > 0 ? 'in a moment' : 'just now';
}

/** "3 h", "2 d": how long ago, for narrow columns. */
export function shortAge(instant: string, now: number): string {
  const seconds = Math.max(0, (now - Date.parse(instant)) / 1000);
  if (Number.isNaN(seconds)) return '';
  if (seconds < 60) return 'now';
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h`;
  if (seconds < 60 * 86_400) return `${Math.floor(seconds / 86_400)} d`;
  return `${Math.floor(seconds / (30 * 86_400))} mo`;
}

/** "2026-11-22 22:14:05 Europe/Amsterdam (UTC+1)": exact, with its zone. */
export function exactTime(instant: string, zone = Intl.DateTimeFormat().resolvedOptions().timeZone): string {
  const time = Date.parse(instant);
  if (Number.isNaN(time)) return instant;
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'shortOffset',
  }).formatToParts(time);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? '';
  const day = `${part('year')}-${part('month')}-${part('day')}`;
  const offset = part('timeZoneName').replace('GMT', 'UTC');
  return `${day} ${part('hour')}:${part('minute')}:${part('second')} ${zone === 'UTC' ? 'UTC' : `${zone} (${offset})`}`;
}

/** "14:32", for what is known to be of today; the day too where it is not. */
export function clockTime(instant: string, now: number): string {
  const time = new Date(instant);
  const clock = time.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  if (new Date(now).toDateString() === time.toDateString()) return clock;
  return `${time.toLocaleDateString('en-CA')} ${clock}`;
}

/** Whole days from now until a time, at least 0. */
export function daysUntil(instant: string, now: number): number {
  return Math.max(0, Math.ceil((Date.parse(instant) - now) / 86_400_000));
}
