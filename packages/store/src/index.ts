export type {
  ApprovalDecision,
  ApprovalRequestRow,
  ApprovalRequestStore,
  ApprovalState,
} from './approval-requests.ts';
export type { AuditFilter, AuditStore } from './audit/audit.ts';
export { type AuditDraft, type AuditEntry, type ChainCheck, checkChain } from './audit/chain.ts';
export { buildTemplate, templateName } from './embedded/template.ts';
export type { Handling, HandlingEvent, HandlingStore, HandlingWhat, HandlingWish } from './handling.ts';
export type { IdentityStore } from './identity/identity.ts';
export type { Person } from './identity/people.ts';
export type { Session } from './identity/sessions.ts';
export type { Token } from './identity/tokens.ts';
export type { Cell, Claim, Claiming, ClaimStore, Ending } from './jobs/claims.ts';
export type { JobCause, JobKind, JobOutcome, JobProgress, JobRecord, JobState } from './jobs/job.ts';
export { jobStates } from './jobs/job.ts';
export type { AlsoWithin, JobCounts, JobStore, NewJob } from './jobs/jobs.ts';
export type { DeliveryRecord, NewDelivery, NewsEvent, NewsStore, Settlement } from './jobs/news.ts';
export { LostClaimError } from './jobs/recording.ts';
export type { ScheduleState, ScheduleStore } from './jobs/schedules.ts';
export type { LastingOptions, StoreOptions } from './open.ts';
export { openServerStore, openStore } from './open.ts';
export type { Listen, Received, Signal, Signals, Subscription } from './signals/signals.ts';
export type { RunSql, Statements } from './sql/statements.ts';
export type { LeewayStore, PartSize, Pruned, Retention, ServerStore, StorePart, StoreSizes } from './store.ts';
export { storeParts } from './store.ts';
export type { FindingChange, ResolvedFinding, ViewVersion } from './views/changes.ts';
export type { Before, FindingHappened, HappenedFilter } from './views/happened.ts';
export type { CountedBy, DayDelta, MomentDelta, NumberedScan } from './views/past.ts';
export type { ViewStore } from './views/views.ts';
