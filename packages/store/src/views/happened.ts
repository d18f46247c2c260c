import type { HeadlinePart } from '@leeway/core';
import type { DeploymentRecord } from '@leeway/engine';
import { sql } from 'kysely';
import type { Database } from '../sql/database.ts';
import type { Row, Time } from '../sql/tables.ts';
import { timeValue } from '../sql/values.ts';

/** Where a page of what happened goes on: before this moment, and within it before this number. */
export interface Before {
  readonly at: string;
  readonly seq: number;
}

/** Which events are meant; an absent part takes everything. */
export interface HappenedFilter {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly layers?: readonly string[] | undefined;
  readonly events?: readonly string[] | undefined;
  readonly before?: Before | undefined;
  /** Where the one who asks may see: in one of these. `workloads` are patterns of LIKE. */
  readonly sights: readonly { readonly environments: readonly string[]; readonly workloads?: readonly string[] }[];
}

/** Something a scan saw happen to a finding. */
export interface FindingHappened {
  readonly seq: number;
  readonly at: Time;
  readonly event: 'seen' | 'changed' | 'resolved' | 'reopened';
  readonly fingerprint: string;
  readonly environment: string;
  readonly layer: string;
  readonly workload: string | null;
  readonly verdict: string;
  readonly severity: string;
  /** As it was then. */
  readonly headline: string;
  /** As it is now, in parts. */
  readonly parts: readonly HeadlinePart[];
}

/** Newest first. */
export async function findingsHappened(
  { db }: Database,
  estate: string,
  filter: HappenedFilter,
  limit: number,
): Promise<readonly FindingHappened[]> {
  if (filter.sights.length === 0) return [];
  const { from, to, layers, events, before } = filter;
  const conditions = [
    sql`event.estate = ${estate}`,
    ...(from === undefined ? [] : [sql`event.at >= ${timeValue(from)}`]),
    ...(to === undefined ? [] : [sql`event.at <= ${timeValue(to)}`]),
    ...(events === undefined ? [] : [sql`event.event = ANY (${events}::text[])`]),
    ...(layers === undefined ? [] : [sql`finding.layer = ANY (${layers}::text[])`]),
    ...(before === undefined
      ? []
      : [sql`(event.at, event.seq) < (${timeValue(before.at)}::timestamptz, ${before.seq})`]),
    sql`(${sql.join(filter.sights.map(seen), sql` OR `)})`,
  ];
  const { rows } = await sql<FindingHappened>`
    SELECT event.seq, event.at, event.event, event.fingerprint, event.environment, finding.layer, finding.workload,
      event.verdict, event.severity, event.headline, finding.body -> 'headline' AS parts
    FROM leeway.finding_event AS event JOIN leeway.finding USING (estate, fingerprint)
    WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY event.at DESC, event.seq DESC LIMIT ${limit}`.execute(db);
  return rows;
}

function seen({ environments, workloads }: HappenedFilter['sights'][number]) {
  const here = sql`event.environment = ANY (${environments}::text[])`;
  return workloads === undefined ? here : sql`(${here} AND finding.workload LIKE ANY (${workloads}::text[]))`;
}

/** Deployments between two moments, newest first. */
export async function deploymentsBetween(
  { db }: Database,
  estate: string,
  range: { readonly from?: string | undefined; readonly to?: string | undefined },
  limit: number,
): Promise<readonly DeploymentRecord[]> {
  let query = db.selectFrom('leeway.deployment').selectAll().where('estate', '=', estate);
  if (range.from !== undefined) query = query.where('at', '>=', timeValue(range.from));
  if (range.to !== undefined) query = query.where('at', '<=', timeValue(range.to));
  const rows = await query.orderBy('at', 'desc').orderBy('seq', 'desc').limit(limit).execute();
  return rows.map(({ environment, source, revision, at, actor }) => ({
    ...{ estate, environment, source, revision, at },
    ...(actor !== null && { actor }),
  }));
}

/** What people did with a finding, newest first. */
export function handledEvents(
  { db }: Database,
  estate: string,
  fingerprint: string,
): Promise<readonly Row<'leeway.handling_event'>[]> {
  const query = db.selectFrom('leeway.handling_event').selectAll().where('estate', '=', estate);
  return query.where('fingerprint', '=', fingerprint).orderBy('seq', 'desc').limit(500).execute();
}

/** Requests for approval that wait for a decision, with what they ask about. */
export async function openRequests(
  { db }: Database,
  estate: string,
): Promise<readonly Pick<Row<'leeway.approval_request'>, 'id' | 'fingerprint' | 'requester_id'>[]> {
  const query = db.selectFrom('leeway.approval_request').select(['id', 'fingerprint', 'requester_id']);
  return query.where('estate', '=', estate).where('state', '=', 'open').orderBy('seq', 'desc').execute();
}
