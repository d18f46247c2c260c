import type { ChunkStore, Finding, FindingHistory, Plane, Snapshot, SnapshotHeader, Violation } from '@leeway/core';

/** Which reading is meant. */
export interface SnapshotSlot {
  readonly estate: string;
  readonly environment: string;
  readonly source: string;
  readonly plane: Plane;
}

export interface SnapshotStore {
  /** Saves a snapshot whose chunks and packs are already put. Acknowledged means durable. */
  save(snapshot: Snapshot): Promise<void>;
  latest(slot: SnapshotSlot): Promise<Snapshot | undefined>;
  get(id: string): Promise<Snapshot | undefined>;
  /**
   * The newest header of each source and plane of an environment, as of a moment (ISO 8601) where one is given. Costs the
   * slots asked for, however long their history is.
   */
  heads(
    estate: string,
    environment: string,
    slots: readonly Pick<SnapshotSlot, 'source' | 'plane'>[],
    before?: string,
  ): Promise<readonly SnapshotHeader[]>;
  /** Newest first. */
  list(slot: Partial<SnapshotSlot> & { readonly estate: string }, limit: number): Promise<readonly SnapshotHeader[]>;
}

/** One evaluation of the whole estate (or part of it). */
export interface ScanRecord {
  readonly id: string;
  readonly estate: string;
  readonly at: string;
  readonly revision: string;
  /** Environments and sources looked at; findings elsewhere are neither resolved nor touched. */
  readonly environments: readonly string[];
  readonly sources: readonly string[];
  readonly exitCode: number;
}

export interface FindingEvent {
  readonly at: string;
  readonly scan: string;
  readonly event: 'seen' | 'changed' | 'resolved' | 'reopened';
  readonly verdict: string;
  readonly severity: string;
  readonly headline: string;
}

export interface FindingStore {
  /**
   * Records a scan: new findings open, known ones stay, absent ones within the scan's scope resolve, unless their
   * kind was not checked (`unchecked` holds their fingerprints). One transaction. Returns the history of every open
   * finding given. Those that an approved difference silences are kept apart, for who asks what it silences: they are not
   * open, and becoming silent resolves a finding.
   */
  record(
    scan: ScanRecord,
    findings: readonly Finding[],
    unchecked: (finding: Finding) => boolean,
  ): Promise<ReadonlyMap<string, FindingHistory>>;
  /** Open findings as last recorded. */
  open(estate: string): Promise<readonly Finding[]>;
  /** By full fingerprint or a unique prefix of at least 4 characters; `ambiguous` lists candidates. */
  find(
    estate: string,
    prefix: string,
  ): Promise<
    | {
        readonly state: 'found';
        readonly finding: Finding;
        readonly history: FindingHistory;
        readonly events: readonly FindingEvent[];
      }
    | { readonly state: 'ambiguous'; readonly candidates: readonly string[] }
    | { readonly state: 'none' }
  >;
  scans(estate: string, limit: number): Promise<readonly ScanRecord[]>;
  events(
    estate: string,
    filter: { readonly environment?: string; readonly since?: string },
    limit: number,
  ): Promise<readonly (FindingEvent & { readonly fingerprint: string; readonly environment: string })[]>;
}

/** Results of policies, kept by content: an unchanged chunk under unchanged policies is not evaluated again. */
export interface PolicyResultStore {
  /** Violations by resource key hash (hex), or undefined where this pair was never evaluated. */
  get(
    policies: string,
    chunkIds: readonly string[],
  ): Promise<ReadonlyMap<string, Readonly<Record<string, readonly Violation[]>>>>;
  put(policies: string, results: ReadonlyMap<string, Readonly<Record<string, readonly Violation[]>>>): Promise<void>;
}

/** What `leeway applied` recorded: a deployment of a revision. */
export interface DeploymentRecord {
  readonly estate: string;
  readonly environment: string;
  readonly source: string;
  readonly revision: string;
  readonly at: string;
  readonly actor?: string;
}

export interface DeploymentStore {
  record(deployment: DeploymentRecord): Promise<void>;
  latest(estate: string, environment: string, source: string): Promise<DeploymentRecord | undefined>;
}

/** Everything the engine keeps. Implemented once, in `packages/store`, over PGlite and PostgreSQL alike. */
export interface Store {
  readonly chunks: ChunkStore;
  readonly snapshots: SnapshotStore;
  readonly findings: FindingStore;
  readonly policyResults: PolicyResultStore;
  readonly deployments: DeploymentStore;
  close(): Promise<void>;
}
