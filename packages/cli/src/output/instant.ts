import { parseInstant as parseZoned } from '@leeway/estate/text/instant.ts';

/** Milliseconds since the epoch of an instant with its offset or IANA zone; undefined when it is none. */
export function parseInstant(text: string): number | undefined {
  const instant = parseZoned(text);
  return instant.ok ? instant.value : undefined;
}

/** `2026-11-23 14:32 UTC`; text that is no instant stays as it is. */
export function formatInstant(text: string): string {
  const instant = parseInstant(text);
  if (instant === undefined) return text;
  const iso = new Date(instant).toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

const day = 86_400_000;

/** `in 6 days`, `today`, `3 days ago`, counted in whole days from `now`. */
export function describeDistance(now: string, then: string): string {
  const from = parseInstant(now);
  const to = parseInstant(then);
  if (from === undefined || to === undefined) return '';
  const days = Math.trunc((to - from) / day);
  if (days === 0) return to < from ? 'today, already past' : 'within a day';
  const count = Math.abs(days) === 1 ? '1 day' : `${Math.abs(days)} days`;
  return days > 0 ? `in ${count}` : `${count} ago`;
}
