import type { ColumnType, Generated, Insertable, Selectable } from 'kysely';
import type { IdentityTables } from './identity-tables.ts';
import type { JobTables } from './job-tables.ts';

/** ISO 8601 in UTC with milliseconds, both ways (see parsers.ts). */
export type Time = string;
/** Written as JSON text, read as the value. */
export type JsonColumn<T> = ColumnType<T, string, string>;
type GeneratedAlways = ColumnType<number, never, never>;

export interface SnapshotTable {
  readonly estate: string;
  readonly id: string;
  readonly environment: string;
  readonly source: string;
  readonly plane: string;
  readonly taken_at: Time;
  readonly seq: GeneratedAlways;
  readonly header: JsonColumn<unknown>;
  readonly bits: number;
  readonly base: string | null;
  readonly depth: number;
  readonly buckets: Uint8Array;
}

export interface ScanTable {
  readonly estate: string;
  readonly id: string;
  readonly at: Time;
  readonly seq: GeneratedAlways;
  readonly revision: string;
  readonly environments: JsonColumn<readonly string[]>;
  readonly sources: JsonColumn<readonly string[]>;
  readonly exit_code: number;
}

export interface FindingTable {
  readonly estate: string;
  readonly fingerprint: string;
  readonly cause: string;
  readonly environment: string;
  readonly source: string;
  readonly kind: string;
  readonly verdict: string;
  readonly severity: string;
  readonly headline: string;
  readonly layer: string;
  readonly workload: string | null;
  readonly digest: string;
  readonly body: JsonColumn<unknown>;
}

export interface FindingStateTable {
  readonly estate: string;
  readonly fingerprint: string;
  readonly first_seen: Time;
  readonly last_seen: Time;
  readonly resolved_at: Time | null;
  readonly reopened: number;
  readonly change: number;
}

export interface SilencedFindingTable {
  readonly estate: string;
  readonly fingerprint: string;
  readonly environment: string;
  readonly source: string;
  readonly digest: string;
  readonly body: JsonColumn<unknown>;
  readonly since: Time;
  readonly ended_at: Time | null;
  readonly change: number;
}

export interface OpenDeltaTable {
  readonly estate: string;
  readonly seq: GeneratedAlways;
  readonly change: number;
  readonly at: Time;
  readonly environment: string;
  readonly layer: string;
  readonly workload: string | null;
  readonly verdict: string;
  readonly severity: string;
  readonly delta: number;
}

export interface FindingEventTable {
  readonly estate: string;
  readonly seq: GeneratedAlways;
  readonly fingerprint: string;
  readonly environment: string;
  readonly at: Time;
  readonly scan: string;
  readonly event: string;
  readonly verdict: string;
  readonly severity: string;
  readonly headline: string;
}

export interface DeploymentTable {
  readonly estate: string;
  readonly environment: string;
  readonly source: string;
  readonly seq: GeneratedAlways;
  readonly at: Time;
  readonly revision: string;
  readonly actor: string | null;
}

export interface HandlingTable {
  readonly estate: string;
  readonly fingerprint: string;
  readonly assignee: string | null;
  readonly snoozed_until: Time | null;
  readonly snooze_reason: string | null;
  readonly snoozed_by: string | null;
  readonly change: number;
}

export interface HandlingEventTable {
  readonly estate: string;
  readonly seq: GeneratedAlways;
  readonly fingerprint: string;
  readonly at: Time;
  readonly what: string;
  readonly text: string;
  readonly actor: string;
}

export interface ApprovalRequestTable {
  readonly estate: string;
  readonly id: string;
  readonly seq: GeneratedAlways;
  readonly state: 'open' | 'approved' | 'declined' | 'withdrawn';
  readonly fingerprint: string;
  readonly record_id: string;
  readonly requester: string;
  readonly requester_id: string;
  readonly requested_at: Time;
  readonly decided_by: string | null;
  readonly decided_at: Time | null;
  readonly decision_reason: string | null;
  readonly branch: string;
  readonly commit: string;
  readonly pushed: boolean;
  readonly pull_request: string | null;
  readonly body: JsonColumn<unknown>;
}

/** The tables as Kysely sees them; migrations/*.sql says the same to the server. */
export interface Tables extends IdentityTables, JobTables {
  readonly 'leeway.migration': {
    readonly version: number;
    readonly name: string;
    readonly checksum: string;
    readonly applied_at: Generated<Time>;
  };
  readonly 'leeway.chunk': { readonly id: Uint8Array; readonly entries: Uint8Array };
  readonly 'leeway.pack': { readonly id: Uint8Array; readonly count: number; readonly bytes: Uint8Array };
  readonly 'leeway.doomed': {
    readonly what: 'chunk' | 'pack';
    readonly id: Uint8Array;
    readonly since: Generated<Time>;
  };
  readonly 'leeway.snapshot': SnapshotTable;
  readonly 'leeway.scan': ScanTable;
  readonly 'leeway.finding': FindingTable;
  readonly 'leeway.finding_state': FindingStateTable;
  readonly 'leeway.finding_event': FindingEventTable;
  readonly 'leeway.finding_version': { readonly estate: string; readonly change: number };
  readonly 'leeway.silenced_finding': SilencedFindingTable;
  readonly 'leeway.open_delta': OpenDeltaTable;
  readonly 'leeway.policy_result': {
    readonly policies: string;
    readonly chunk_id: Uint8Array;
    readonly violations: JsonColumn<unknown>;
    readonly put_at: Generated<Time>;
  };
  readonly 'leeway.deployment': DeploymentTable;
  readonly 'leeway.handling': HandlingTable;
  readonly 'leeway.handling_event': HandlingEventTable;
  readonly 'leeway.approval_request': ApprovalRequestTable;
}

export type Row<T extends keyof Tables> = Selectable<Tables[T]>;
export type NewRow<T extends keyof Tables> = Insertable<Tables[T]>;
