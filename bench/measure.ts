/** One line of the benchmark: a ratio against something measured in the same run. */
export interface Measurement {
  readonly name: string;
  /** What was measured, in `unit`. */
  readonly measured: number;
  readonly unit: string;
  /** measured / the peer's or the limit's measure; absent where the peer is not installed. */
  readonly ratio?: number;
  readonly against: string;
  /** The ratio must be at most this, or at least where `atLeast` is set. Absent: told for information. */
  readonly limit?: number;
  readonly atLeast?: boolean;
  /** Whether the limit holds; absent when there was nothing to hold it against. */
  readonly holds?: boolean;
  readonly note?: string;
}

export interface BenchOptions {
  /** Smaller sizes under the same limits. */
  readonly quick: boolean;
  /** Folder to work in, outside the repository; removed afterwards. */
  readonly scratch: string;
}

/** A group of measurements; each runs in a process of its own. */
export interface Measure {
  readonly name: string;
  run(options: BenchOptions): Promise<readonly Measurement[]>;
}

/** A measurement held to a limit. */
export function hold(
  measurement: Omit<Measurement, 'holds'> & { readonly ratio: number; readonly limit: number },
): Measurement {
  const { ratio, limit, atLeast } = measurement;
  return { ...measurement, holds: atLeast ? ratio >= limit : ratio <= limit };
}

/** A peer that is not installed: listed, neither passed nor failed. */
export function notMeasured(name: string, against: string, note: string): Measurement {
  return { name, measured: Number.NaN, unit: '', against, note };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  const [low = Number.NaN, high = Number.NaN] = [sorted[middle - 1], sorted[middle]];
  return sorted.length % 2 ? high : (low + high) / 2;
}
