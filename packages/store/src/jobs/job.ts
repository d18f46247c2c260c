import type { Problem } from '@leeway/core';
import type { Row } from '../sql/tables.ts';

export const jobStates = ['waiting', 'running', 'done', 'failed', 'cancelled', 'dead'] as const;
/** `failed`: trying again would not help. `dead`: no attempt is left. */
export type JobState = (typeof jobStates)[number];
export type JobKind = 'scan' | 'notify' | 'maintenance';
export type JobCause = 'schedule' | 'request' | 'deployment' | 'event' | 'push';

/** Readings of a scan: how many are done, and the resources they yielded so far. */
export interface JobProgress {
  readonly done: number;
  readonly total: number;
  readonly resources: number;
}

export interface JobOutcome {
  readonly exitCode: number;
  readonly findings: number;
  readonly isNew: number;
}

/** A job as people see it. */
export interface JobRecord {
  readonly id: string;
  readonly seq: number;
  readonly kind: JobKind;
  readonly state: JobState;
  readonly cause: JobCause;
  readonly requestedBy?: string;
  /** As asked for; all where empty. */
  readonly environments: readonly string[];
  readonly sources: readonly string[];
  readonly createdAt: string;
  readonly startedAt?: string;
  readonly endedAt?: string;
  readonly attempts: number;
  readonly isCancelRequested: boolean;
  readonly progress?: JobProgress;
  readonly outcome?: JobOutcome;
  readonly problem?: Problem;
}

export function jobOf(row: Row<'leeway.job'>): JobRecord {
  return {
    id: row.id,
    seq: row.seq,
    kind: row.kind as JobKind,
    state: row.state as JobState,
    cause: row.cause as JobCause,
    environments: row.environments,
    sources: row.sources,
    createdAt: row.created_at,
    attempts: row.attempts,
    isCancelRequested: row.is_cancel_requested,
    ...optional('requestedBy', row.requested_by),
    ...optional('startedAt', row.started_at),
    ...optional('endedAt', row.ended_at),
    ...optional('progress', row.progress as JobProgress | null),
    ...optional('outcome', row.outcome as JobOutcome | null),
    ...optional('problem', row.problem as Problem | null),
  };
}

function optional<K extends string, T>(name: K, value: T | null): { readonly [N in K]?: T } {
  return value === null ? {} : ({ [name]: value } as { readonly [N in K]?: T });
}
