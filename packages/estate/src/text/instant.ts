import { failed, ok, type Problem, problem, type Result } from '@leeway/core';

const pattern =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?)?(Z|z|[+-]\d{2}(?::?\d{2})?)?(?:\[([A-Za-z0-9_+/-]+)\])?$/;

/**
 * Milliseconds since the epoch of an instant written with an offset (RFC 3339), with an IANA zone in brackets, or with
 * both (RFC 9557; they must agree). A local time that a clock change skips counts as the moment after the gap, one that
 * occurs twice as the first of both, as Temporal's "compatible" does.
 * Problems: LW1010 (no time of day or no zone), LW1011 (no such moment or zone).
 */
export function parseInstant(text: string): Result<number> {
  const match = pattern.exec(text.trim());
  if (!match) return failed(refuse(text, 'it is not written as date, time and zone'));
  const [, year, month, day, hour, minute, second, offset, zone] = match;
  if (hour === undefined || (offset === undefined && zone === undefined)) return failed(refusePlain(text, match));
  const local = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second ?? 0),
  );
  if (
    new Date(local).toISOString().slice(0, 16) !== `${year}-${month}-${day}T${hour}:${minute}` ||
    Number(second ?? 0) > 59
  ) {
    return failed(refuse(text, 'the calendar has no such day or time'));
  }
  const byOffset = offset === undefined ? undefined : local - offsetMilliseconds(offset);
  if (zone === undefined) return ok(byOffset ?? local);
  if (!isZone(zone)) return failed(refuse(text, `there is no time zone "${zone}"`));
  if (byOffset === undefined) return ok(instantInZone(local, zone));
  const agrees = byOffset + zoneOffset(byOffset, zone) === local;
  return agrees ? ok(byOffset) : failed(refuse(text, `${zone} does not have the offset ${offset} then`));
}

function refuse(text: string, reason: string): Problem {
  return problem('LW1011', { text, reason });
}

function refusePlain(text: string, match: RegExpExecArray): Problem {
  const date = `${match[1]}-${match[2]}-${match[3]}`;
  const time = match[4] === undefined ? '23:59' : `${match[4]}:${match[5]}`;
  return problem('LW1010', { text, example: `${date}T${time}[Europe/Brussels]`, withOffset: `${date}T${time}:00Z` });
}

function offsetMilliseconds(offset: string): number {
  if (offset === 'Z' || offset === 'z') return 0;
  const digits = offset.slice(1).replace(':', '').padEnd(4, '0');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return (offset.startsWith('-') ? -minutes : minutes) * 60_000;
}

function isZone(zone: string): boolean {
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    const parts = {
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    } as const;
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', ...parts });
    formats.set(zone, format);
  }
  return format;
}

/** What the zone's clocks are ahead of UTC at an instant, in milliseconds. */
function zoneOffset(instant: number, zone: string): number {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(instant)
      .map((part) => [part.type, part.value]),
  );
  const { year, month, day, hour, minute, second } = parts;
  const local = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  return local - Math.floor(instant / 1000) * 1000;
}

const day = 86_400_000;

/** The instant at which the zone's clocks show a local time (given as if it were UTC). */
function instantInZone(local: number, zone: string): number {
  const before = zoneOffset(local - day, zone);
  const after = zoneOffset(local + day, zone);
  // The earlier of two; in a gap neither fits, and the offset before the change lands behind it.
  for (const offset of [before, after]) if (zoneOffset(local - offset, zone) === offset) return local - offset;
  return local - before;
}
