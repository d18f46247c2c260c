const hour = 3_600_000;

/** Names of distances between backups, each with its longest. */
const rhythms: readonly (readonly [name: string, longest: number])[] = [
  ['hourly', 3 * hour],
  ['several a day', 16 * hour],
  ['daily', 40 * hour],
  ['every few days', 120 * hour],
  ['weekly', 240 * hour],
  ['monthly', 960 * hour],
];

/**
 * How often backups are made, told by the middle distance between the newest ten: coarse, so that it stays the same from day
 * to day. Undefined for fewer than three.
 */
export function rhythmOf(times: readonly string[]): string | undefined {
  const newest = times
    .map((time) => Date.parse(time))
    .filter((time) => !Number.isNaN(time))
    .sort((a, b) => b - a)
    .slice(0, 10);
  if (newest.length < 3) return undefined;
  const gaps = newest
    .slice(1)
    .map((time, index) => (newest[index] ?? time) - time)
    .sort((a, b) => a - b);
  const middle = gaps[Math.floor(gaps.length / 2)] ?? 0;
  return rhythms.find(([, longest]) => middle <= longest)?.[0] ?? 'rarely';
}
