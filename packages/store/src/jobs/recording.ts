import type { FindingStore } from '@leeway/engine';
import { findingStore } from '../findings.ts';
import type { Database } from '../sql/database.ts';
import { type Claim, endWithin } from './claims.ts';

/** Another worker has the job by now: what this one found is not recorded. */
export class LostClaimError extends Error {
  constructor() {
    super('The job is held by another worker');
    this.name = 'LostClaimError';
  }
}

/**
 * The findings as a job records them: the transaction that records them also ends the job, so that a worker killed at any
 * moment has done both or neither, and one that lost its job changes nothing.
 */
export function recordingStore(database: Database, held: Claim, at: () => string): FindingStore {
  return findingStore(database, async (trx, scan, findings, histories) => {
    const isNew = [...histories.values()].filter((history) => history.isNew).length;
    const outcome = { exitCode: scan.exitCode, findings: findings.length, isNew };
    if (!(await endWithin(database, trx, held, { state: 'done', outcome }, at()))) throw new LostClaimError();
    await database.signals.publish({ estate: held.estate, topic: 'findings' }, trx);
  });
}
