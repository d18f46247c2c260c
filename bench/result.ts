/** One line of the benchmark. */
export interface Result {
  readonly name: string;
  /** What Leeway took, in `unit`; null where nothing could be measured. */
  readonly measured: number | null;
  readonly unit: string;
  /** Leeway's share of the other side, or how many times the other side took, as `limit` reads; null without another side. */
  readonly ratio: number | null;
  /** What it is held against, with its own figure, or why that could not be measured. */
  readonly against: string;
  /** What the ratio (or, without one, the measured value) has to be; empty for information. */
  readonly limit: string;
  /** Null where there is no limit or nothing was measured. */
  readonly holds: boolean | null;
}

export interface Limit {
  readonly atMost?: number;
  readonly atLeast?: number;
}

/** A figure held to a limit by its ratio. */
export function held(
  name: string,
  measured: number,
  unit: string,
  ratio: number,
  against: string,
  limit: Limit,
): Result {
  return { name, measured, unit, ratio, against, limit: limitText(limit), holds: isWithin(ratio, limit) };
}

/** A figure held to a limit by itself. */
export function heldItself(name: string, measured: number, unit: string, limit: Limit, against = ''): Result {
  return { name, measured, unit, ratio: null, against, limit: limitText(limit), holds: isWithin(measured, limit) };
}

export function information(name: string, measured: number, unit: string, against = ''): Result {
  return { name, measured, unit, ratio: null, against, limit: '', holds: null };
}

/** A limit that could not be looked at: the peer is not installed, or the machine lacks something. */
export function notMeasured(name: string, why: string, limit: Limit): Result {
  return { name, measured: null, unit: '', ratio: null, against: why, limit: limitText(limit), holds: null };
}

function isWithin(value: number, { atMost, atLeast }: Limit): boolean {
  return (atMost === undefined || value <= atMost) && (atLeast === undefined || value >= atLeast);
}

function limitText({ atMost, atLeast }: Limit): string {
  return atMost !== undefined ? `≤ ${atMost}` : `≥ ${atLeast}`;
}

/** The middle of several measurements: the machine does other things as well. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

const heads = ['what', 'measured', 'ratio', 'limit', 'holds', 'against'] as const;

/** The results as a table for people. */
export function formatTable(results: readonly Result[]): string {
  const rows = [heads, ...results.map(cellsOf)];
  const widths = heads.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column < row.length - 1 ? cell.padEnd(widths[column] ?? 0) : cell))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function cellsOf({ name, measured, unit, ratio, against, limit, holds }: Result): readonly string[] {
  return [
    name,
    measured === null ? 'not measured' : `${figure(measured)} ${unit}`.trim(),
    ratio === null ? '' : figure(ratio),
    limit,
    holds === null ? '' : holds ? 'yes' : 'NO',
    against,
  ];
}

/** Three figures are all that such measurements carry. */
export function figure(value: number): string {
  const digits = value === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toLocaleString('en', { minimumFractionDigits: 0, maximumFractionDigits: Math.min(digits, 4) });
}
