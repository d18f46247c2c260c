import type { ScanRecord } from '@leeway/engine';
import { sql } from 'kysely';
import type { Database } from '../sql/database.ts';
import type { Time } from '../sql/tables.ts';
import { timeValue } from '../sql/values.ts';

/** What open findings are counted by. */
export interface CountedBy {
  readonly environment: string;
  readonly layer: string;
  readonly workload: string | null;
  readonly verdict: string;
  readonly severity: string;
}

/** By how much the number of open findings moved on a day (`2026-11-30`, UTC). */
export interface DayDelta extends CountedBy {
  readonly day: string;
  readonly delta: number;
}

/** By how much it moved with a scan. */
export interface MomentDelta extends CountedBy {
  readonly at: Time;
  readonly delta: number;
}

/** A scan, and its number in the order of recording. */
export interface NumberedScan extends ScanRecord {
  readonly seq: number;
}

/** Everything that scans recorded after `change` moved, summed up by day. */
export async function dayDeltas({ db }: Database, estate: string, change: number): Promise<readonly DayDelta[]> {
  const { rows } = await sql<DayDelta>`
    SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, environment, layer, workload, verdict, severity,
      sum(delta)::int AS delta
    FROM leeway.open_delta WHERE estate = ${estate} AND change > ${change}
    GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(delta) <> 0`.execute(db);
  return rows;
}

/** What moved between two moments, the first one excluded, oldest first. */
export function momentDeltas(
  { db }: Database,
  estate: string,
  from: string,
  to: string,
): Promise<readonly MomentDelta[]> {
  return db
    .selectFrom('leeway.open_delta')
    .select(['at', 'environment', 'layer', 'workload', 'verdict', 'severity', 'delta'])
    .where('estate', '=', estate)
    .where('at', '>', timeValue(from))
    .where('at', '<=', timeValue(to))
    .orderBy('at')
    .orderBy('seq')
    .execute();
}

/** Scans recorded after the one with number `seq`, in the order of recording. */
export async function scansAfter({ db }: Database, estate: string, seq: number): Promise<readonly NumberedScan[]> {
  const query = db.selectFrom('leeway.scan').selectAll().where('estate', '=', estate).where('seq', '>', seq);
  const rows = await query.orderBy('seq').execute();
  return rows.map(({ exit_code, ...scan }) => ({ ...scan, exitCode: exit_code }));
}
