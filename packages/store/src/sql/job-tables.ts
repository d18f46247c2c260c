import type { ColumnType, Generated } from 'kysely';
import type { JsonColumn, Time } from './tables.ts';

type GeneratedAlways = ColumnType<number, never, never>;

export interface JobTable {
  readonly estate: string;
  readonly id: string;
  readonly seq: GeneratedAlways;
  readonly kind: string;
  readonly state: string;
  readonly cause: string;
  readonly requested_by: string | null;
  readonly environments: JsonColumn<readonly string[]>;
  readonly sources: JsonColumn<readonly string[]>;
  readonly scope: string;
  readonly once: string | null;
  readonly attempts: Generated<number>;
  readonly worker: Generated<string | null>;
  readonly held_until: Generated<Time | null>;
  readonly is_cancel_requested: Generated<boolean>;
  readonly created_at: Time;
  readonly started_at: Generated<Time | null>;
  readonly ended_at: Generated<Time | null>;
  readonly progress: ColumnType<unknown, string | undefined, string | null>;
  readonly outcome: ColumnType<unknown, string | undefined, string | null>;
  readonly problem: ColumnType<unknown, string | undefined, string | null>;
}

export interface DeliveryTable {
  readonly estate: string;
  readonly id: string;
  readonly seq: GeneratedAlways;
  readonly channel: string;
  readonly state: string;
  readonly created_at: Time;
  readonly due_at: Time;
  readonly held_until: Generated<Time | null>;
  readonly ended_at: Generated<Time | null>;
  readonly attempts: Generated<number>;
  readonly summary: string;
  readonly findings: number;
  readonly message: JsonColumn<unknown>;
  readonly error: Generated<string | null>;
}

/** Jobs, schedules, hooks and deliveries, as in migrations/0004_jobs.sql. */
export interface JobTables {
  readonly 'leeway.job': JobTable;
  readonly 'leeway.scan_lease': {
    readonly estate: string;
    readonly environment: string;
    readonly source: string;
    readonly job: string;
    readonly until: Time;
  };
  readonly 'leeway.schedule': {
    readonly estate: string;
    readonly name: string;
    readonly digest: string;
    readonly next_run: Time;
    readonly last_run: Time | null;
  };
  readonly 'leeway.notified': { readonly estate: string; readonly seq: number };
  readonly 'leeway.delivery': DeliveryTable;
}
