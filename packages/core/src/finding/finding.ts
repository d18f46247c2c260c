import type { Json } from '../json/value.ts';
import type { ApprovedCategory } from '../judge/approved.ts';
import type { Axis, Verdict } from '../judge/verdict.ts';
import type { Problem } from '../problem/problem.ts';
import type { Severity } from '../resource/kind.ts';
import type { Layer, Plane } from '../resource/resource.ts';

/** One side of a finding. `value` is absent when `present` is false. Secrets are digests. */
export interface Side {
  /** `declared`, `applied`, `observed`, or the name of the reference environment. */
  readonly from: Plane | string;
  readonly present: boolean;
  readonly value?: Json;
  /** File and line, URL or object, where known. */
  readonly place?: string;
}

/** A piece of a headline: plain text, or text that a screen may link or highlight. */
export interface HeadlinePart {
  readonly text: string;
  readonly role?: 'resource' | 'environment' | 'value' | 'actor' | 'time' | 'place' | 'policy';
}

/** Who changed it, when and how; `unknown` in words where an audit trail does not tell. */
export interface Attribution {
  readonly actor?: string;
  readonly at?: string;
  readonly via?: string;
}

/** How an approved difference bears on a finding. */
export interface Approval {
  readonly id: string;
  /** `holds`: silenced. `broken`: the value left the constraint. `expired`: no longer in force. */
  readonly state: 'holds' | 'broken' | 'expired';
  /** Set on `holds` when less than the warning time is left. */
  readonly expiring?: boolean;
  readonly category: ApprovedCategory;
  readonly reason: string;
  readonly owner: string;
  readonly approver: string;
  readonly ticket?: string;
  readonly expires: string;
  /** The constraint in words: `at most the reference`. */
  readonly constraint: string;
}

/** A difference with its verdict, severity, owner and attribution. */
export interface Finding {
  /** Stable across scans: digest of estate, environment, axis, source, kind, neutral key, path and policy. 16 hex digits. */
  readonly fingerprint: string;
  /** Fingerprint of the cause: the same change at the same path elsewhere has the same one. 16 hex digits. */
  readonly cause: string;
  /** Fingerprint of the finding about the resource this one is a part of, which explains it: an index of a missing table. */
  readonly partOf?: string;
  readonly axis: Axis;
  readonly verdict: Verdict;
  readonly severity: Severity;
  readonly environment: string;
  /** For parity: the environment it was held against. */
  readonly reference?: string;
  readonly source: string;
  readonly layer: Layer;
  readonly kind: string;
  /** Environment-neutral key. */
  readonly key: string;
  /** The resource's full name in this environment. */
  readonly name: string;
  /** Pointer with item selectors; '' for the resource as a whole. */
  readonly path: string;
  readonly workload?: string;
  readonly owner?: string;
  readonly expected: Side;
  readonly actual: Side;
  readonly attribution: Attribution;
  readonly headline: readonly HeadlinePart[];
  /** What to do next, one sentence. */
  readonly advice: string;
  readonly approval?: Approval;
  readonly policy?: string;
  readonly problem?: Problem;
  /** Why this verdict and severity, rule by rule; `explain` prints it. */
  readonly trace: readonly string[];
}

/** What the store knows of a fingerprint over time. Times are ISO 8601 UTC. */
export interface FindingHistory {
  readonly fingerprint: string;
  readonly firstSeen: string;
  readonly lastSeen: string;
  readonly resolvedAt?: string;
  /** How many times it came back after being resolved. */
  readonly reopened: number;
  /** True when this scan is the first to see it, or the first after it was resolved. */
  readonly isNew: boolean;
}

/** Findings with one cause: one row with its blast radius. */
export interface FindingGroup {
  readonly cause: string;
  readonly verdict: Verdict;
  readonly severity: Severity;
  readonly headline: readonly HeadlinePart[];
  /** Findings in this group: the one that explains the others, then worst first. */
  readonly findings: readonly Finding[];
  readonly environments: readonly string[];
  readonly resources: number;
}

export function headlineText(parts: readonly HeadlinePart[]): string {
  return parts.map((part) => part.text).join('');
}
