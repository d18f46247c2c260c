import { digestHex, type Finding, type FindingHistory } from '@leeway/core';
import type { FindingEvent, FindingStore, ScanRecord } from '@leeway/engine';
import { sql } from 'kysely';
import {
  absentFindings,
  byFingerprint,
  headlineOf,
  type KnownFinding,
  type NewEvent,
  planRecording,
  type Recording,
  shortestPrefix,
  shownCandidates,
  storedHistory,
} from './record.ts';
import type { Database, Db } from './sql/database.ts';
import { lockFor } from './sql/lock.ts';
import type { Row } from './sql/tables.ts';
import { runsOf, textValue, timeValue } from './sql/values.ts';

/** Rows of one INSERT: PostgreSQL takes 65,535 parameters. */
const insertRows = 1000;

/** What else belongs into the transaction that records a scan. */
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
        const histories = await record(trx, scan, findings, unchecked);
        await also?.(trx, scan, findings, histories);
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

async function record(
  trx: Db,
  scan: ScanRecord,
  findings: readonly Finding[],
  unchecked: (finding: Finding) => boolean,
): Promise<ReadonlyMap<string, FindingHistory>> {
  await lockFor(trx, 'findings', scan.estate, 'alone');
  const given = byFingerprint(findings);
  const known = await readKnown(trx, scan.estate, [...given.keys()]);
  const candidates = absentFindings(scan, known.values(), given);
  const bodies = await readBodies(trx, scan.estate, candidates);
  const absent = candidates.filter((before) => {
    const body = bodies.get(before.fingerprint);
    return body !== undefined && !unchecked(body);
  });
  const recording = planRecording(scan, known, given, absent);
  await writeRecording(trx, scan, recording);
  return recording.histories;
}

/** All open findings, and the given ones whatever their state. */
async function readKnown(
  trx: Db,
  estate: string,
  fingerprints: readonly string[],
): Promise<ReadonlyMap<string, KnownFinding>> {
  const { rows } = await sql<KnownRow>`
    SELECT fingerprint, environment, source, verdict, severity, headline, first_seen, last_seen, resolved_at, reopened
    FROM leeway.finding JOIN leeway.finding_state USING (estate, fingerprint)
    WHERE estate = ${estate} AND (resolved_at IS NULL OR fingerprint = ANY (${fingerprints}::text[]))`.execute(trx);
  return new Map(rows.map((row) => [row.fingerprint, knownOf(row)]));
}

function knownOf(row: KnownRow): KnownFinding {
  const { fingerprint, environment, source, verdict, severity, headline, reopened } = row;
  const resolved = row.resolved_at === null ? {} : { resolvedAt: row.resolved_at };
  const times = { firstSeen: row.first_seen, lastSeen: row.last_seen, ...resolved };
  return { fingerprint, environment, source, verdict, severity, headline, reopened, ...times };
}

async function readBodies(
  trx: Db,
  estate: string,
  wanted: readonly KnownFinding[],
): Promise<ReadonlyMap<string, Finding>> {
  const bodies = new Map<string, Finding>();
  for (const run of runsOf(wanted, insertRows)) {
    const fingerprints = run.map((finding) => finding.fingerprint);
    const query = trx.selectFrom('leeway.finding').select(['fingerprint', 'body']).where('estate', '=', estate);
    const rows = await query.where('fingerprint', 'in', fingerprints).execute();
    for (const row of rows) bodies.set(row.fingerprint, row.body as Finding);
  }
  return bodies;
}

async function writeRecording(trx: Db, scan: ScanRecord, recording: Recording): Promise<void> {
  const { estate } = scan;
  const at = timeValue(scan.at);
  const { opened, seen, reopened, resolved, events } = recording;
  await insertScan(trx, scan);
  await writeFindings(trx, estate, [...opened, ...seen, ...reopened]);
  for (const run of runsOf(opened, insertRows)) {
    const rows = run.map(({ fingerprint }) => ({
      estate,
      fingerprint,
      first_seen: at,
      last_seen: at,
      resolved_at: null,
      reopened: 0,
    }));
    await trx.insertInto('leeway.finding_state').values(rows).execute();
  }
  const update = (fingerprints: readonly string[]) =>
    trx
      .updateTable('leeway.finding_state')
      .where('estate', '=', estate)
      .where(sql<boolean>`fingerprint = ANY (${fingerprints}::text[])`);
  if (seen.length > 0)
    await update(seen.map((one) => one.fingerprint))
      .set({ last_seen: at })
      .execute();
  if (reopened.length > 0) {
    const changes = { last_seen: at, resolved_at: null, reopened: sql<number>`reopened + 1` };
    await update(reopened.map((one) => one.fingerprint))
      .set(changes)
      .execute();
  }
  if (resolved.length > 0) await update(resolved).set({ resolved_at: at }).execute();
  await insertEvents(trx, estate, events);
}

async function insertScan(trx: Db, scan: ScanRecord): Promise<void> {
  const { id, estate, revision, exitCode } = scan;
  const lists = { environments: JSON.stringify(scan.environments), sources: JSON.stringify(scan.sources) };
  const row = { id, estate, revision, exit_code: exitCode, at: timeValue(scan.at), ...lists };
  await trx.insertInto('leeway.scan').values(row).execute();
}

/** Writes the findings whose content is not already there: an unchanged estate rewrites none. */
async function writeFindings(trx: Db, estate: string, findings: readonly Finding[]): Promise<void> {
  const stored = new Map<string, string>();
  const fingerprints = findings.map((finding) => finding.fingerprint);
  const query = trx.selectFrom('leeway.finding').select(['fingerprint', 'digest']).where('estate', '=', estate);
  for (const row of await query.where(sql<boolean>`fingerprint = ANY (${fingerprints}::text[])`).execute()) {
    stored.set(row.fingerprint, row.digest);
  }
  const rows = findings.map((finding) => findingRow(estate, finding));
  const changed = rows.filter((row) => stored.get(row.fingerprint) !== row.digest);
  for (const run of runsOf(changed, insertRows)) {
    await trx
      .insertInto('leeway.finding')
      .values(run)
      .onConflict((conflict) =>
        conflict.columns(['estate', 'fingerprint']).doUpdateSet((expression) => ({
          verdict: expression.ref('excluded.verdict'),
          severity: expression.ref('excluded.severity'),
          headline: expression.ref('excluded.headline'),
          digest: expression.ref('excluded.digest'),
          body: expression.ref('excluded.body'),
        })),
      )
      .execute();
  }
}

function findingRow(estate: string, finding: Finding) {
  const { fingerprint, cause, environment, source, verdict, severity } = finding;
  const body = JSON.stringify(finding);
  const texts = { kind: textValue(finding.kind), headline: headlineOf(finding) };
  return {
    estate,
    fingerprint,
    cause,
    environment,
    source,
    verdict,
    severity,
    ...texts,
    digest: digestHex(body, 32),
    body,
  };
}

async function insertEvents(trx: Db, estate: string, events: readonly NewEvent[]): Promise<void> {
  for (const run of runsOf(events, insertRows)) {
    const rows = run.map((event) => ({ estate, ...event }));
    await trx.insertInto('leeway.finding_event').values(rows).execute();
  }
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

type KnownRow = Row<'leeway.finding'> & Row<'leeway.finding_state'>;

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
