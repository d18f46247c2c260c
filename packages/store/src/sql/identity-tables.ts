import type { JsonColumn, Time } from './tables.ts';

export interface PersonTable {
  readonly estate: string;
  readonly id: string;
  readonly issuer: string;
  readonly subject: string;
  readonly name: string;
  readonly email: string | null;
  readonly password: string | null;
  readonly groups: JsonColumn<readonly string[]>;
  readonly grants: JsonColumn<unknown>;
  readonly created_at: Time;
  readonly last_seen_at: Time | null;
  readonly disabled_at: Time | null;
}

export interface SessionTable {
  readonly estate: string;
  readonly hash: string;
  readonly person: string;
  readonly created_at: Time;
  readonly used_at: Time;
  readonly expires_at: Time;
}

export interface TokenTable {
  readonly estate: string;
  readonly id: string;
  readonly hash: string;
  readonly prefix: string;
  readonly kind: 'personal' | 'machine';
  readonly owner: string;
  readonly name: string;
  readonly permissions: JsonColumn<readonly string[]>;
  readonly environments: JsonColumn<readonly string[]>;
  readonly grants: JsonColumn<unknown>;
  readonly created_at: Time;
  readonly expires_at: Time;
  readonly used_at: Time | null;
  readonly revoked_at: Time | null;
}

export interface AuditTable {
  readonly estate: string;
  readonly seq: number;
  readonly at: Time;
  readonly actor: string;
  readonly actor_kind: 'person' | 'machine' | 'system' | 'nobody';
  readonly action: string;
  readonly subject: string | null;
  readonly outcome: 'begun' | 'done' | 'refused' | 'failed';
  readonly detail: JsonColumn<unknown>;
  readonly address: string | null;
  readonly request_id: string | null;
  readonly previous: string;
  readonly hash: string;
}

/** Tables of migrations/0003_identity.sql. */
export interface IdentityTables {
  readonly 'leeway.person': PersonTable;
  readonly 'leeway.session': SessionTable;
  readonly 'leeway.token': TokenTable;
  readonly 'leeway.set_up_link': { readonly estate: string; readonly hash: string; readonly expires_at: Time };
  readonly 'leeway.audit': AuditTable;
}
