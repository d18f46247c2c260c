import type { Finding, SnapshotHeader } from '@leeway/core';
import type { DeploymentRecord, SnapshotSlot } from '@leeway/engine';
import { sql } from 'kysely';
import type { Database } from '../sql/database.ts';
import type { Row } from '../sql/tables.ts';
import {
  type FindingChange,
  handlingChanges,
  openChanges,
  type ResolvedFinding,
  readFindings,
  readResolved,
  readSilenced,
  readVersion,
  silencedChanges,
  type ViewVersion,
} from './changes.ts';
import {
  deploymentsBetween,
  type FindingHappened,
  findingsHappened,
  type HappenedFilter,
  handledEvents,
  openRequests,
} from './happened.ts';
import { type DayDelta, dayDeltas, type MomentDelta, momentDeltas, type NumberedScan, scansAfter } from './past.ts';

type Slot = Pick<SnapshotSlot, 'environment' | 'source' | 'plane'>;

/** What the screens of a server read. Each is one statement that an index answers. */
export interface ViewStore {
  version(estate: string): Promise<ViewVersion>;
  openChanges(estate: string, change: number): Promise<readonly FindingChange[]>;
  silencedChanges(estate: string, change: number): Promise<readonly FindingChange[]>;
  handlingChanges(estate: string, change: number): Promise<readonly Row<'leeway.handling'>[]>;
  findings(estate: string, fingerprints: readonly string[]): Promise<ReadonlyMap<string, Finding>>;
  silenced(estate: string, fingerprints: readonly string[]): Promise<ReadonlyMap<string, Finding>>;
  resolved(estate: string, limit: number): Promise<readonly ResolvedFinding[]>;
  dayDeltas(estate: string, change: number): Promise<readonly DayDelta[]>;
  momentDeltas(estate: string, from: string, to: string): Promise<readonly MomentDelta[]>;
  scansAfter(estate: string, seq: number): Promise<readonly NumberedScan[]>;
  happened(estate: string, filter: HappenedFilter, limit: number): Promise<readonly FindingHappened[]>;
  deployments(
    estate: string,
    range: { readonly from?: string | undefined; readonly to?: string | undefined },
    limit: number,
  ): Promise<readonly DeploymentRecord[]>;
  handled(estate: string, fingerprint: string): Promise<readonly Row<'leeway.handling_event'>[]>;
  openRequests(
    estate: string,
  ): Promise<readonly Pick<Row<'leeway.approval_request'>, 'id' | 'fingerprint' | 'requester_id'>[]>;
  /** The newest header of every slot that was ever read. */
  headers(estate: string, slots: readonly Slot[]): Promise<readonly SnapshotHeader[]>;
}

export function viewStore(database: Database): ViewStore {
  return {
    version: (estate) => readVersion(database, estate),
    openChanges: (estate, change) => openChanges(database, estate, change),
    silencedChanges: (estate, change) => silencedChanges(database, estate, change),
    handlingChanges: (estate, change) => handlingChanges(database, estate, change),
    findings: (estate, fingerprints) => readFindings(database, estate, fingerprints),
    silenced: (estate, fingerprints) => readSilenced(database, estate, fingerprints),
    resolved: (estate, limit) => readResolved(database, estate, limit),
    dayDeltas: (estate, change) => dayDeltas(database, estate, change),
    momentDeltas: (estate, from, to) => momentDeltas(database, estate, from, to),
    scansAfter: (estate, seq) => scansAfter(database, estate, seq),
    happened: (estate, filter, limit) => findingsHappened(database, estate, filter, limit),
    deployments: (estate, range, limit) => deploymentsBetween(database, estate, range, limit),
    handled: (estate, fingerprint) => handledEvents(database, estate, fingerprint),
    openRequests: (estate) => openRequests(database, estate),
    headers: (estate, slots) => newestHeaders(database, estate, slots),
  };
}

async function newestHeaders(
  { db }: Database,
  estate: string,
  slots: readonly Slot[],
): Promise<readonly SnapshotHeader[]> {
  const environments = slots.map(({ environment }) => environment);
  const sources = slots.map(({ source }) => source);
  const planes = slots.map(({ plane }) => plane);
  const { rows } = await sql<{ header: SnapshotHeader }>`
    SELECT head.header FROM unnest(${environments}::text[], ${sources}::text[], ${planes}::text[])
      AS slot(environment, source, plane)
    CROSS JOIN LATERAL (
      SELECT header FROM leeway.snapshot
      WHERE estate = ${estate} AND environment = slot.environment AND source = slot.source AND plane = slot.plane
      ORDER BY taken_at DESC, seq DESC LIMIT 1
    ) AS head`.execute(db);
  return rows.map((row) => row.header);
}
