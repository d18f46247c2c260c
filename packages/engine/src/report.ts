import type {
  Completeness,
  Finding,
  FindingGroup,
  FindingHistory,
  Plane,
  Problem,
  Severity,
  Verdict,
} from '@leeway/core';

/** How one source was read in one environment. */
export interface SourceReport {
  readonly source: string;
  readonly environment: string;
  readonly plane: Plane;
  readonly connector: string;
  readonly takenAt: string;
  readonly count: number;
  readonly completeness: readonly Completeness[];
  readonly milliseconds: number;
}

/** State of one approved difference at the time of the scan. */
export interface ApprovalReport {
  readonly id: string;
  readonly state: 'active' | 'expiring' | 'expired' | 'broken';
  readonly category: string;
  readonly owner: string;
  readonly expires: string;
  /** Findings it silences now. */
  readonly silences: number;
  readonly place: string;
}

export interface Summary {
  readonly resources: number;
  readonly findings: number;
  readonly groups: number;
  readonly isNew: number;
  readonly approved: number;
  readonly byVerdict: Readonly<Partial<Record<Verdict, number>>>;
  readonly bySeverity: Readonly<Partial<Record<Severity, number>>>;
}

/**
 * What a scan or a diff found: the one input of every output format, of the gate and of the API. Deterministic for the
 * same input and clock, apart from `milliseconds`. In a diff the environments are the two sides.
 */
export interface Report {
  readonly schemaVersion: 1;
  readonly mode: 'scan' | 'diff';
  readonly estate: string;
  readonly revision: string;
  /** The instant every verdict was judged at, ISO 8601 UTC. */
  readonly at: string;
  readonly environments: readonly { readonly name: string; readonly mirrors?: string }[];
  readonly sources: readonly SourceReport[];
  /** Open findings, worst first, then by environment, layer, kind, key and path. */
  readonly findings: readonly Finding[];
  /** The same findings by cause, worst first. */
  readonly groups: readonly FindingGroup[];
  /** Findings an approved difference silences; shown on request with their reason. */
  readonly approved: readonly Finding[];
  readonly approvals: readonly ApprovalReport[];
  /** By fingerprint; empty when no store was used. */
  readonly history: Readonly<Record<string, FindingHistory>>;
  /** Errors of use or configuration: exit code 1. */
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
  readonly summary: Summary;
  /** See PRODUCT promises: 0 clean, 1 error, 2 drift at or above the threshold, 3 incomplete. */
  readonly exitCode: 0 | 1 | 2 | 3;
}
