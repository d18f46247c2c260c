import type { HeadlinePart, Layer, Plane, Severity, Verdict } from '@leeway/core';
import type { NotChecked } from './not-checked.ts';

/** One resource that differs. */
export interface ComparedRow {
  readonly source: string;
  readonly kind: string;
  /** Environment-neutral key. */
  readonly key: string;
  /** Full name in the environment that is held against the other. */
  readonly name: string;
  readonly layer: Layer;
  readonly workload?: string;
  readonly change: 'changed' | 'only-left' | 'only-right';
  /** Of its worst difference that is not approved, else of its worst. */
  readonly severity: Severity;
  readonly verdict: Verdict;
  readonly differences: number;
  readonly approved: number;
  readonly headline: readonly HeadlinePart[];
}

/** A side as it was compared. */
export interface ComparedSide {
  readonly side: string;
  readonly environment: string;
  readonly plane: Plane;
  /** When its newest reading was taken; ISO 8601 in UTC. */
  readonly at?: string;
  /** Revision of what is declared. */
  readonly revision?: string;
}

/** What differs between two sides; nothing in it changes any more. */
export interface Comparison {
  readonly left: ComparedSide;
  readonly right: ComparedSide;
  readonly sentence: readonly HeadlinePart[];
  /** Resources that differ and are not wholly approved. */
  readonly differing: number;
  /** Resources whose every difference is approved. */
  readonly approved: number;
  readonly equal: number;
  readonly notChecked: readonly NotChecked[];
  /** Every resource that differs: not approved ones first, worst first. */
  readonly rows: readonly ComparedRow[];
}

/** Whether an approved difference holds for every difference of a resource. */
export function isWhollyApproved({ differences, approved }: ComparedRow): boolean {
  return differences === approved;
}
