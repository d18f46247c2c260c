const units: readonly (readonly [string, bigint])[] = [
  ['h', 3_600_000_000_000n],
  ['m', 60_000_000_000n],
  ['s', 1_000_000_000n],
  ['ms', 1_000_000n],
  ['µs', 1000n],
  ['ns', 1n],
];

/** Nanoseconds, as the API has them, in Go's words: `24h`, `1m30s`, `250ms`. */
export function formatNanoseconds(nanoseconds: number): string {
  if (nanoseconds === 0) return '0s';
  let rest = BigInt(Math.round(nanoseconds));
  const parts = units.map(([unit, size]) => {
    const count = rest / size;
    rest %= size;
    return count === 0n ? '' : `${count}${unit}`;
  });
  return parts.join('');
}
