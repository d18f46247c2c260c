import type { Finding } from '@leeway/core';
import { sql } from 'kysely';
import type { Database } from '../sql/database.ts';
import type { Row, Time } from '../sql/tables.ts';
import { runsOf } from '../sql/values.ts';

/** How far each part of an estate has come; every number only rises. Equal ones mean that nothing was written between. */
export interface ViewVersion {
  readonly findings: number;
  readonly handling: number;
  readonly handlingEvents: number;
  readonly scans: number;
  readonly deployments: number;
}

/** A finding as a reader keeps it. `finding` is absent where it is no longer open, or no longer silenced. */
export interface FindingChange {
  readonly fingerprint: string;
  readonly finding?: Finding;
  /** ISO 8601 UTC; of a silenced one since when it is silenced. */
  readonly firstSeen: Time;
}

export interface ResolvedFinding {
  readonly finding: Finding;
  readonly firstSeen: Time;
  readonly resolvedAt: Time;
}

/** Bodies asked for at once: a reader that begins takes up all of them. */
const bodiesAtOnce = 5000;

export async function readVersion({ db }: Database, estate: string): Promise<ViewVersion> {
  const { rows } = await sql<ViewVersion>`SELECT
    coalesce((SELECT change FROM leeway.finding_version WHERE estate = ${estate}), 0) AS findings,
    coalesce((SELECT max(change) FROM leeway.handling WHERE estate = ${estate}), 0) AS handling,
    coalesce((SELECT max(seq) FROM leeway.handling_event WHERE estate = ${estate}), 0) AS "handlingEvents",
    coalesce((SELECT max(seq) FROM leeway.scan WHERE estate = ${estate}), 0) AS scans,
    coalesce((SELECT max(seq) FROM leeway.deployment WHERE estate = ${estate}), 0) AS deployments`.execute(db);
  return rows[0] as ViewVersion;
}

/** Open findings that moved after `change`, and those that are open no more; from 0 on all that are open. */
export async function openChanges({ db }: Database, estate: string, change: number): Promise<readonly FindingChange[]> {
  let query = db
    .selectFrom('leeway.finding_state')
    .select(['fingerprint', 'first_seen', 'resolved_at'])
    .where('estate', '=', estate);
  query = change === 0 ? query.where('resolved_at', 'is', null) : query.where('change', '>', change);
  const rows = await query.execute();
  const open = rows.filter((row) => row.resolved_at === null).map((row) => row.fingerprint);
  const bodies = await readFindings({ db }, estate, open);
  return rows.map(({ fingerprint, first_seen }) => {
    const finding = bodies.get(fingerprint);
    return { fingerprint, firstSeen: first_seen, ...(finding && { finding }) };
  });
}

/** The same of findings that an approved difference silences. */
export async function silencedChanges(
  { db }: Database,
  estate: string,
  change: number,
): Promise<readonly FindingChange[]> {
  let query = db
    .selectFrom('leeway.silenced_finding')
    .select(['fingerprint', 'body', 'since', 'ended_at'])
    .where('estate', '=', estate);
  query = change === 0 ? query.where('ended_at', 'is', null) : query.where('change', '>', change);
  const rows = await query.execute();
  return rows.map(({ fingerprint, body, since, ended_at }) => ({
    fingerprint,
    firstSeen: since,
    ...(ended_at === null && { finding: body as Finding }),
  }));
}

/** What people decided about findings, written after `change`. */
export function handlingChanges(
  { db }: Database,
  estate: string,
  change: number,
): Promise<readonly Row<'leeway.handling'>[]> {
  const query = db.selectFrom('leeway.handling').selectAll().where('estate', '=', estate);
  return query.where('change', '>', change).execute();
}

/** Findings as last reported, by fingerprint, open or not. */
export async function readFindings(
  { db }: Pick<Database, 'db'>,
  estate: string,
  fingerprints: readonly string[],
): Promise<ReadonlyMap<string, Finding>> {
  const bodies = new Map<string, Finding>();
  for (const run of runsOf(fingerprints, bodiesAtOnce)) {
    const query = db.selectFrom('leeway.finding').select(['fingerprint', 'body']).where('estate', '=', estate);
    const rows = await query.where(sql<boolean>`fingerprint = ANY (${run}::text[])`).execute();
    for (const row of rows) bodies.set(row.fingerprint, row.body as Finding);
  }
  return bodies;
}

/** Of those an approved difference silences, the bodies. */
export async function readSilenced(
  { db }: Database,
  estate: string,
  fingerprints: readonly string[],
): Promise<ReadonlyMap<string, Finding>> {
  const query = db.selectFrom('leeway.silenced_finding').select(['fingerprint', 'body']).where('estate', '=', estate);
  const rows = await query.where(sql<boolean>`fingerprint = ANY (${fingerprints}::text[])`).execute();
  return new Map(rows.map((row) => [row.fingerprint, row.body as Finding]));
}

/** The findings that ended last, newest first. */
export async function readResolved(
  { db }: Database,
  estate: string,
  limit: number,
): Promise<readonly ResolvedFinding[]> {
  const rows = await db
    .selectFrom('leeway.finding_state as state')
    .innerJoin('leeway.finding as finding', (join) =>
      join.onRef('finding.estate', '=', 'state.estate').onRef('finding.fingerprint', '=', 'state.fingerprint'),
    )
    .select(['finding.body', 'state.first_seen', 'state.resolved_at'])
    .where('state.estate', '=', estate)
    .where('state.resolved_at', 'is not', null)
    .orderBy('state.resolved_at', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ body, first_seen, resolved_at }) => ({
    finding: body as Finding,
    firstSeen: first_seen,
    resolvedAt: resolved_at ?? first_seen,
  }));
}
