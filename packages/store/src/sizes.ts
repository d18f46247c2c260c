import { sql } from 'kysely';
import type { Database } from './sql/database.ts';
import type { StorePart, StoreSizes } from './store.ts';

const tablesOf: Readonly<Record<StorePart, readonly string[]>> = {
  chunks: ['chunk'],
  packs: ['pack'],
  snapshots: ['snapshot'],
  findings: ['finding', 'finding_state', 'finding_event', 'finding_version', 'silenced_finding', 'open_delta'],
  policyResults: ['policy_result'],
  other: ['scan', 'deployment', 'doomed', 'migration', 'person', 'session', 'token', 'set_up_link', 'audit'],
};

/** Exact rows, and bytes of tables with indexes and out-of-line values; the write-ahead log is not in it. */
export async function measureSizes({ db }: Database): Promise<StoreSizes> {
  const sizes: Partial<Record<StorePart, { rows: number; bytes: number }>> = {};
  for (const [part, tables] of Object.entries(tablesOf)) {
    const size = { rows: 0, bytes: 0 };
    for (const table of tables) {
      const name = sql.id('leeway', table);
      const { rows } = await sql<{ rows: number; bytes: number }>`
        SELECT count(*) AS rows, pg_total_relation_size(${`leeway.${table}`}::regclass) AS bytes FROM ${name}`.execute(
        db,
      );
      size.rows += rows[0]?.rows ?? 0;
      size.bytes += rows[0]?.bytes ?? 0;
    }
    sizes[part as StorePart] = size;
  }
  return sizes as StoreSizes;
}
