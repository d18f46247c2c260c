import { digestHex, type Finding, type FindingHistory } from '@leeway/core';
import type { ScanRecord } from '@leeway/engine';
import { sql } from 'kysely';
import {
  absentFindings,
  byFingerprint,
  headlineOf,
  type KnownFinding,
  type NewEvent,
  type OpenDelta,
  partSilenced,
  planRecording,
  type Recording,
} from './record.ts';
import { recordSilenced } from './silenced.ts';
import type { Db } from './sql/database.ts';
import { lockFor } from './sql/lock.ts';
import type { Row } from './sql/tables.ts';
import { runsOf, textValue, timeValue } from './sql/values.ts';

/** Rows of one INSERT: PostgreSQL takes 65,535 parameters. */
const insertRows = 1000;

/** Records a scan within a transaction; returns the history of every open finding given. */
export async function recordScan(
  trx: Db,
  scan: ScanRecord,
  findings: readonly Finding[],
  unchecked: (finding: Finding) => boolean,
): Promise<ReadonlyMap<string, FindingHistory>> {
  await lockFor(trx, 'findings', scan.estate, 'alone');
  const { open, silenced } = partSilenced(findings);
  const given = byFingerprint(open);
  const known = await readKnown(trx, scan.estate, [...given.keys()]);
  const candidates = absentFindings(scan, known.values(), given);
  const bodies = await readBodies(trx, scan.estate, candidates);
  const absent = candidates.filter((before) => {
    const body = bodies.get(before.fingerprint);
    return body !== undefined && !unchecked(body);
  });
  const recording = planRecording(scan, known, given, absent);
  const change = await nextChange(trx, scan.estate);
  await writeRecording(trx, scan, recording, change);
  await recordSilenced(trx, scan, byFingerprint(silenced), unchecked, change);
  return recording.histories;
}

/** The number under which a reader finds what this scan moved. The lock makes commits come in its order. */
async function nextChange(trx: Db, estate: string): Promise<number> {
  const row = await trx
    .insertInto('leeway.finding_version')
    .values({ estate, change: 1 })
    .onConflict((conflict) =>
      conflict.column('estate').doUpdateSet({ change: sql<number>`leeway.finding_version.change + 1` }),
    )
    .returning('change')
    .executeTakeFirstOrThrow();
  return row.change;
}

/** All open findings, and the given ones whatever their state. */
async function readKnown(
  trx: Db,
  estate: string,
  fingerprints: readonly string[],
): Promise<ReadonlyMap<string, KnownFinding>> {
  const { rows } = await sql<KnownRow>`
    SELECT fingerprint, environment, source, layer, workload, verdict, severity, headline, first_seen, last_seen,
      resolved_at, reopened
    FROM leeway.finding JOIN leeway.finding_state USING (estate, fingerprint)
    WHERE estate = ${estate} AND (resolved_at IS NULL OR fingerprint = ANY (${fingerprints}::text[]))`.execute(trx);
  return new Map(rows.map((row) => [row.fingerprint, knownOf(row)]));
}

export function knownOf(row: KnownRow): KnownFinding {
  const { fingerprint, environment, source, layer, verdict, severity, headline, reopened } = row;
  const place = { environment, source, layer, ...(row.workload !== null && { workload: row.workload }) };
  const resolved = row.resolved_at === null ? {} : { resolvedAt: row.resolved_at };
  const times = { firstSeen: row.first_seen, lastSeen: row.last_seen, ...resolved };
  return { fingerprint, ...place, verdict, severity, headline, reopened, ...times };
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

async function writeRecording(trx: Db, scan: ScanRecord, recording: Recording, change: number): Promise<void> {
  const { estate } = scan;
  const at = timeValue(scan.at);
  const { opened, seen, reopened, resolved, events } = recording;
  await insertScan(trx, scan);
  const rewritten = await writeFindings(trx, estate, [...opened, ...seen, ...reopened]);
  for (const run of runsOf(opened, insertRows)) {
    const rows = run.map(({ fingerprint }) => ({
      estate,
      fingerprint,
      first_seen: at,
      last_seen: at,
      resolved_at: null,
      reopened: 0,
      change,
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
  const moved = [...rewritten, ...reopened.map((one) => one.fingerprint), ...resolved];
  if (moved.length > 0) await update(moved).set({ change }).execute();
  await insertEvents(trx, estate, events);
  await insertDeltas(trx, scan, recording.deltas, change);
}

async function insertScan(trx: Db, scan: ScanRecord): Promise<void> {
  const { id, estate, revision, exitCode } = scan;
  const lists = { environments: JSON.stringify(scan.environments), sources: JSON.stringify(scan.sources) };
  const row = { id, estate, revision, exit_code: exitCode, at: timeValue(scan.at), ...lists };
  await trx.insertInto('leeway.scan').values(row).execute();
}

/** Writes the findings whose content is not already there: an unchanged estate rewrites none. Returns those written. */
async function writeFindings(trx: Db, estate: string, findings: readonly Finding[]): Promise<readonly string[]> {
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
          layer: expression.ref('excluded.layer'),
          workload: expression.ref('excluded.workload'),
          digest: expression.ref('excluded.digest'),
          body: expression.ref('excluded.body'),
        })),
      )
      .execute();
  }
  return changed.map((row) => row.fingerprint);
}

function findingRow(estate: string, finding: Finding) {
  const { fingerprint, cause, environment, source, verdict, severity, layer, workload = null } = finding;
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
    layer,
    workload,
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

async function insertDeltas(
  trx: Db,
  { estate, at }: ScanRecord,
  deltas: readonly OpenDelta[],
  change: number,
): Promise<void> {
  for (const run of runsOf(deltas, insertRows)) {
    const rows = run.map(({ workload = null, ...rest }) => ({ estate, change, at: timeValue(at), workload, ...rest }));
    await trx.insertInto('leeway.open_delta').values(rows).execute();
  }
}

export type KnownRow = Row<'leeway.finding'> & Row<'leeway.finding_state'>;
