import type { Json } from '../json/value.ts';
import type { Place } from '../problem/problem.ts';
import type { Verdict } from './verdict.ts';

export const approvedCategories = ['sizing', 'masking', 'endpoint', 'test-tooling', 'regional', 'other'] as const;
export type ApprovedCategory = (typeof approvedCategories)[number];

/** Selector of an approved difference. Every field given must match; text fields take `*` as wildcard. */
export interface ApprovedMatch {
  /** Names of environments, or `*` patterns. Absent: every environment. */
  readonly environments?: readonly string[];
  readonly workload?: string;
  readonly source?: string;
  readonly kind: string;
  /** Environment-neutral or full key, `*` as wildcard. */
  readonly key: string;
  /** Pointer with item selectors and wildcards; absent or '' for the resource as a whole (missing, unmanaged). */
  readonly path?: string;
  /** Only findings of these verdicts; absent: drift, conflict, missing, unmanaged, parity and policy. */
  readonly verdicts?: readonly Verdict[];
  /** For policy exceptions: the policy's code. */
  readonly policy?: string;
}

/** What the accepted side must look like for the record to hold. Exactly one. */
export type Constraint =
  /** The actual value is exactly this: the pinned value. */
  | { readonly equals: Json }
  | { readonly oneOf: readonly Json[] }
  /** Number or quantity at most / at least the reference's (or declared) value, or a given one. */
  | { readonly atMost: 'reference' | number | string }
  | { readonly atLeast: 'reference' | number | string }
  /** RE2 regular expression over the text form of the value; anchored at both ends. */
  | { readonly matches: string }
  /** actual / expected lies between the two, inclusive. */
  | { readonly ratio: { readonly min?: number; readonly max?: number } }
  /** The resource or field is absent on the actual side. */
  | { readonly absent: true }
  /** The resource is present on the actual side with this digest of its attributes (printed by `leeway approve`). */
  | { readonly digest: string };

/** A record that allows one difference and nothing more. */
export interface ApprovedDifference {
  readonly id: string;
  readonly match: ApprovedMatch;
  readonly allow: Constraint;
  readonly category: ApprovedCategory;
  readonly reason: string;
  readonly owner: string;
  readonly approver: string;
  readonly ticket?: string;
  /** Instant after which the record no longer holds, ISO 8601 with offset or IANA zone; a plain date is refused. */
  readonly expires: string;
  /** `expires` as milliseconds since the epoch. */
  readonly expiresAt: number;
  /** Where it stands in the estate. */
  readonly place: Place;
}
