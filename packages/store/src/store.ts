import type { FindingStore, Store } from '@leeway/engine';
import type { ApprovalRequestStore } from './approval-requests.ts';
import type { AuditStore } from './audit/audit.ts';
import type { HandlingStore } from './handling.ts';
import type { IdentityStore } from './identity/identity.ts';
import type { Claim, ClaimStore } from './jobs/claims.ts';
import type { GaugeStore } from './jobs/gauges.ts';
import type { JobStore } from './jobs/jobs.ts';
import type { NewsStore } from './jobs/news.ts';
import type { ScheduleStore } from './jobs/schedules.ts';
import type { Signals } from './signals/signals.ts';
import type { Statements } from './sql/statements.ts';
import type { ViewStore } from './views/views.ts';

/** Which snapshots of an estate stay: the newest of every slot, and everything younger. */
export interface Retention {
  /** ISO 8601: snapshots taken before may go. */
  readonly before: string;
  /** Snapshots of every slot that stay however old they are; at least 1. */
  readonly newest: number;
  /**
   * Seconds something must have been without use before it is removed. It protects what a scan that is still running
   * has put and not yet referred to; a day where not given.
   */
  readonly grace?: number;
}

/** What a pruning removed. */
export interface Pruned {
  readonly snapshots: number;
  readonly chunks: number;
  readonly packs: number;
  readonly policyResults: number;
}

/** Rows and bytes of a part of the store, with its indexes. */
export interface PartSize {
  readonly rows: number;
  readonly bytes: number;
}

export const storeParts = ['chunks', 'packs', 'snapshots', 'findings', 'policyResults', 'other'] as const;
export type StorePart = (typeof storeParts)[number];
export type StoreSizes = Readonly<Record<StorePart, PartSize>>;

/** The engine's store, and what keeping one needs. */
export interface LeewayStore extends Store {
  /** How people know it: `the store in .leeway`. Never contains a password. */
  readonly label: string;
  /**
   * Removes old snapshots of an estate, and what no snapshot of any estate uses any more. What falls out of use is only
   * marked; a later pruning removes it. Safe beside scans that run.
   */
  prune(estate: string, keep: Retention): Promise<Pruned>;
  sizes(): Promise<StoreSizes>;
}

/** What a server keeps besides: it lies in a database, so there is none in memory. */
export interface ServerStore extends LeewayStore {
  /** True for the store of one process, which nobody else can open. */
  readonly embedded: boolean;
  readonly identity: IdentityStore;
  readonly views: ViewStore;
  readonly audit: AuditStore;
  readonly signals: Signals;
  readonly statements: Statements;
  readonly jobs: JobStore;
  readonly claims: ClaimStore;
  readonly schedules: ScheduleStore;
  readonly gauges: GaugeStore;
  readonly news: NewsStore;
  /** Findings whose recording ends the job that found them. */
  recordingFor(claim: Claim, at: () => string): FindingStore;
  readonly handling: HandlingStore;
  readonly approvalRequests: ApprovalRequestStore;
}
