import { ProblemError } from '@leeway/core';
import type { FindingStore } from '@leeway/engine';
import { sql } from 'kysely';
import { approvalRequestStore } from './approval-requests.ts';
import { auditStore } from './audit/audit.ts';
import { chunkStore } from './chunks.ts';
import { deploymentStore } from './deployments.ts';
import { findingStore } from './findings.ts';
import { handlingStore } from './handling.ts';
import { identityStore } from './identity/identity.ts';
import { claimStore } from './jobs/claims.ts';
import { gaugeStore } from './jobs/gauges.ts';
import { jobStore } from './jobs/jobs.ts';
import { newsStore } from './jobs/news.ts';
import { recordingStore } from './jobs/recording.ts';
import { scheduleStore } from './jobs/schedules.ts';
import { policyResultStore } from './policy-results.ts';
import { prune } from './prune.ts';
import { measureSizes } from './sizes.ts';
import { snapshotStore } from './snapshots.ts';
import type { Database } from './sql/database.ts';
import { statementsOf } from './sql/statements.ts';
import type { ServerStore } from './store.ts';
import { viewStore } from './views/views.ts';

/** Recorded scans between two vacuums of the embedded database, which has no autovacuum. */
const scansBetweenVacuums = 25;

/** The store over a migrated database. */
export function sqlStore(database: Database): ServerStore {
  return {
    label: database.label,
    embedded: database.embedded,
    signals: database.signals,
    statements: statementsOf(database),
    jobs: jobStore(database),
    claims: claimStore(database),
    schedules: scheduleStore(database),
    gauges: gaugeStore(database),
    news: newsStore(database),
    recordingFor: (claim, at) => vacuuming(database, recordingStore(database, claim, at)),
    chunks: chunkStore(database),
    snapshots: snapshotStore(database),
    policyResults: policyResultStore(database),
    deployments: deploymentStore(database),
    identity: identityStore(database),
    audit: auditStore(database),
    handling: handlingStore(database),
    approvalRequests: approvalRequestStore(database),
    views: viewStore(database),
    findings: vacuuming(database, findingStore(database)),
    async prune(estate, keep) {
      const pruned = await prune(database, estate, keep);
      if (database.embedded) await vacuum(database);
      return pruned;
    },
    sizes: () => measureSizes(database),
    close: () => database.db.destroy(),
  };
}

/** Findings after whose recording the embedded database is vacuumed now and then. */
function vacuuming(database: Database, findings: FindingStore): FindingStore {
  if (!database.embedded) return findings;
  return {
    ...findings,
    async record(scan, given, unchecked) {
      const histories = await findings.record(scan, given, unchecked);
      if (await isVacuumDue(database)) await vacuum(database);
      return histories;
    },
  };
}

/** Counted in the database: a command line records one scan a process. */
async function isVacuumDue({ db }: Database): Promise<boolean> {
  const { scans } = await db
    .selectFrom('leeway.scan')
    .select((expression) => expression.fn.countAll<number>().as('scans'))
    .executeTakeFirstOrThrow();
  return scans % scansBetweenVacuums === 0;
}

/** Housekeeping after something was acknowledged: that it cannot be done now (a full disk) must not take that back. */
async function vacuum({ db }: Database): Promise<void> {
  try {
    await sql`VACUUM (ANALYZE)`.execute(db);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
  }
}
