import type { Finding, FindingHistory } from '@leeway/core';
import type { FindingEvent, FindingStore, ScanRecord } from '@leeway/engine';
import { sql } from 'kysely';
import { partSilenced, shortestPrefix, shownCandidates, storedHistory } from './record.ts';
import { type KnownRow, knownOf, recordScan } from './record-scan.ts';
import type { Database, Db } from './sql/database.ts';
import type { Row } from './sql/tables.ts';
import { textValue, timeValue } from './sql/values.ts';

/** What else belongs into the transaction that records a scan; it gets the open findings. */
export type AlsoRecorded = (
  trx: Db,
  scan: ScanRecord,
  findings: readonly Finding[],
  histories: ReadonlyMap<string, FindingHistory>,
) => Promise<void>;

/** Findings over time: what is open, since when, and everything that happened to it. */
export function findingStore({ db }: Database, also?: AlsoRecorded): FindingStore {
  return {
    record: (scan, findings, unchecked) =>
      db.transaction().execute(async (trx) => {
        const histories = await recordScan(trx, scan, findings, unchecked);
        await also?.(trx, scan, partSilenced(findings).open, histories);
        return histories;
      }),
    async open(estate) {
      const rows = await db
        .selectFrom('leeway.finding as finding')
        .innerJoin('leeway.finding_state as state', (join) =>
          join.onRef('state.estate', '=', 'finding.estate').onRef('state.fingerprint', '=', 'finding.fingerprint'),
        )
        .select('finding.body')
        .where('finding.estate', '=', estate)
        .where('state.resolved_at', 'is', null)
        .orderBy('finding.fingerprint')
        .execute();
      return rows.map((row) => row.body as Finding);
    },
    find: (estate, prefix) => find(db, estate, prefix.toLowerCase()),
    async scans(estate, limit) {
      const query = db.selectFrom('leeway.scan').selectAll().where('estate', '=', estate);
      const rows = await query.orderBy('at', 'desc').orderBy('seq', 'desc').limit(limit).execute();
      return rows.map(scanOf);
    },
    async events(estate, { environment, since }, limit) {
      let query = db.selectFrom('leeway.finding_event').selectAll().where('estate', '=', estate);
      if (environment !== undefined) query = query.where('environment', '=', environment);
      if (since !== undefined) query = query.where('at', '>=', timeValue(since));
      const rows = await query.orderBy('at', 'desc').orderBy('seq', 'desc').limit(limit).execute();
      return rows.map((row) => ({ ...eventOf(row), fingerprint: row.fingerprint, environment: row.environment }));
    },
  };
}

async function find(db: Database['db'], estate: string, prefix: string): ReturnType<FindingStore['find']> {
  const candidates = await findCandidates(db, estate, prefix);
  const [first, ...others] = candidates;
  if (first === undefined) return { state: 'none' };
  if (others.length > 0 && first !== prefix) return { state: 'ambiguous', candidates };
  const row = await readFinding(db, estate, first);
  const query = db.selectFrom('leeway.finding_event').selectAll().where('estate', '=', estate);
  const events = (await query.where('fingerprint', '=', first).orderBy('seq').execute()).map(eventOf);
  return { state: 'found', finding: row.body as Finding, history: storedHistory(knownOf(row), events), events };
}

/** In order, so that a whole fingerprint that is also the beginning of another one comes first. */
async function findCandidates(db: Db, estate: string, prefix: string): Promise<readonly string[]> {
  if (prefix.length < shortestPrefix) return [];
  const query = db.selectFrom('leeway.finding').select('fingerprint').where('estate', '=', estate);
  const rows = await query
    .where('fingerprint', '>=', textValue(prefix))
    .where(sql<boolean>`starts_with(fingerprint, ${textValue(prefix)})`)
    .orderBy('fingerprint')
    .limit(shownCandidates)
    .execute();
  return rows.map((row) => row.fingerprint);
}

async function readFinding(db: Db, estate: string, fingerprint: string): Promise<KnownRow> {
  const { rows } = await sql<KnownRow>`
    SELECT * FROM leeway.finding JOIN leeway.finding_state USING (estate, fingerprint)
    WHERE estate = ${estate} AND fingerprint = ${fingerprint}`.execute(db);
  const row = rows[0];
  if (!row) throw new Error(`The finding ${fingerprint} has no state`);
  return row;
}

function eventOf(row: Row<'leeway.finding_event'>): FindingEvent {
  const { at, scan, verdict, severity, headline } = row;
  return { at, scan, event: row.event as FindingEvent['event'], verdict, severity, headline };
}

function scanOf(row: Row<'leeway.scan'>): ScanRecord {
  const { id, estate, at, revision, environments, sources } = row;
  return { id, estate, at, revision, environments, sources, exitCode: row.exit_code };
}
