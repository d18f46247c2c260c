import { sql } from 'kysely';
import type { Database } from '../sql/database.ts';

/** Open findings of one kind, counted. */
export interface FindingCount {
  readonly environment: string;
  readonly layer: string;
  readonly verdict: string;
  readonly severity: string;
  readonly count: number;
}

/** The newest reading of one plane of a source in an environment. */
export interface ReadingAge {
  readonly environment: string;
  readonly source: string;
  readonly plane: string;
  /** ISO 8601. */
  readonly takenAt: string;
  /** False where some kind was not read whole. */
  readonly complete: boolean;
}

/** What is measured of an estate for those who watch the server itself. */
export interface GaugeStore {
  openFindings(estate: string): Promise<readonly FindingCount[]>;
  newestReadings(estate: string): Promise<readonly ReadingAge[]>;
  /** Throws where the database does not answer. */
  ping(): Promise<void>;
}

export function gaugeStore({ db }: Database): GaugeStore {
  return {
    async openFindings(estate) {
      const { rows } = await sql<FindingCount>`
        SELECT finding.environment, coalesce(body->>'layer', '') AS layer, verdict, severity, count(*) AS count
        FROM leeway.finding JOIN leeway.finding_state USING (estate, fingerprint)
        WHERE estate = ${estate} AND resolved_at IS NULL
        GROUP BY 1, 2, 3, 4`.execute(db);
      return rows;
    },
    async newestReadings(estate) {
      const { rows } = await sql<ReadingAge>`
        SELECT environment, source, plane, taken_at AS "takenAt",
          NOT EXISTS (SELECT FROM json_array_elements(header->'completeness') AS kind WHERE kind->>'state' <> 'complete')
            AS complete
        FROM (
          SELECT DISTINCT ON (environment, source, plane) environment, source, plane, taken_at, header
          FROM leeway.snapshot WHERE estate = ${estate}
          ORDER BY environment, source, plane, taken_at DESC, seq DESC
        ) AS newest`.execute(db);
      return rows;
    },
    async ping() {
      await sql`SELECT 1`.execute(db);
    },
  };
}
