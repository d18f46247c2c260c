import { pick } from '../../api/search-params.ts';

export interface TimelineSearch {
  readonly from?: string;
  readonly to?: string;
  readonly environment?: string;
  readonly layer?: string;
  readonly by?: 'layer';
}

export function parseTimelineSearch(search: Record<string, unknown>): TimelineSearch {
  const { from, to, ...rest } = pick(search, ['from', 'to', 'environment', 'layer']);
  return {
    ...rest,
    ...(isInstant(from) && { from }),
    ...(isInstant(to) && { to }),
    ...(search['by'] === 'layer' && { by: 'layer' }),
  };
}

function isInstant(text: string | undefined): text is string {
  return text !== undefined && !Number.isNaN(Date.parse(text));
}

const hour = 3_600_000;

/** Ranges people ask for, in hours. */
export const spans = [
  { label: '1 day', hours: 24 },
  { label: '1 week', hours: 24 * 7 },
  { label: '30 days', hours: 24 * 30 },
  { label: '1 year', hours: 24 * 365 },
] as const;

/** The part of a range between two points of its width, 0 to 1; never less than an hour. */
export function zoomed(
  from: string,
  to: string,
  start: number,
  end: number,
): { readonly from: string; readonly to: string } {
  const [begin, width] = [Date.parse(from), Date.parse(to) - Date.parse(from)];
  const [low, high] = [Math.min(start, end), Math.max(start, end)];
  const middle = begin + ((low + high) / 2) * width;
  const half = Math.max(hour / 2, ((high - low) * width) / 2);
  return { from: new Date(middle - half).toISOString(), to: new Date(middle + half).toISOString() };
}

/** Round times within a range for its axis: about six, with what is said at each. */
export function ticksOf(from: string, to: string): readonly { readonly at: number; readonly label: string }[] {
  const [begin, end] = [Date.parse(from), Date.parse(to)];
  const steps = [1, 2, 3, 6, 12, 24, 48, 24 * 7, 24 * 14, 24 * 30, 24 * 61, 24 * 122].map((hours) => hours * hour);
  const step = steps.find((one) => (end - begin) / one <= 7) ?? 24 * 365 * hour;
  const ticks: { at: number; label: string }[] = [];
  for (let time = Math.ceil(begin / step) * step; time <= end && ticks.length < 12; time += step) {
    ticks.push({ at: (time - begin) / (end - begin), label: tickLabel(time, step) });
  }
  return ticks;
}

function tickLabel(time: number, step: number): string {
  const date = new Date(time);
  const day = date.toLocaleDateString('en-CA', { timeZone: 'UTC' });
  return step >= 24 * hour ? day : `${day.slice(5)} ${date.toISOString().slice(11, 16)}`;
}
