import type { Policy, Violation } from '../policy/policy.ts';
import type { KindIndex } from '../resource/kind-index.ts';
import type { Neutralizer } from '../resource/neutral.ts';
import type { Layer, Plane, Resource } from '../resource/resource.ts';
import type { Completeness } from '../snapshot/snapshot.ts';
import type { ApprovedDifference } from './approved.ts';
import type { PatternMatcher } from './constraint.ts';

/** What judging needs to know of an environment. */
export interface EnvironmentFacts {
  readonly name: string;
  /** 1 (production) to 4. */
  readonly criticality: number;
  readonly neutralizer: Neutralizer;
}

/** Whom a resource belongs to. */
export interface Ownership {
  readonly workload?: string;
  /** 1 to 4; 2 where nothing is said. */
  readonly priority: number;
  readonly owner?: string;
}

/** A resource as ownership rules see it. */
export interface OwnedResource {
  readonly source: string;
  readonly kind: string;
  readonly layer: Layer;
  /** Environment-neutral key. */
  readonly key: string;
  /** Full key in its environment. */
  readonly name: string;
  /** File it is declared in, where known. */
  readonly path?: string;
}

/** Declared (and applied) against observed, for one key whose digests differ. */
export interface DeclaredCase {
  readonly type: 'declared';
  readonly environment: EnvironmentFacts;
  readonly source: string;
  readonly declared?: Resource;
  readonly observed?: Resource;
  /** `unknown` when nothing recorded what was last deployed; undefined when it was recorded and has no such resource. */
  readonly applied: Resource | undefined | 'unknown';
  /** Whether absence on this side means absent. */
  readonly declaredComplete: boolean;
  readonly observedComplete: boolean;
  readonly unmanaged: 'report' | 'ignore';
}

/** An environment against the one it mirrors, each by its intended state, for one neutral key whose digests differ. */
export interface ReferenceCase {
  readonly type: 'reference';
  readonly environment: EnvironmentFacts;
  readonly reference: EnvironmentFacts;
  readonly source: string;
  readonly plane: Plane;
  /** False when the two sides count as one environment: what identifies an instance is then compared too. */
  readonly acrossEnvironments: boolean;
  readonly own?: Resource;
  readonly other?: Resource;
  readonly ownComplete: boolean;
  readonly otherComplete: boolean;
}

/** One policy that a resource does not meet. */
export interface PolicyCase {
  readonly type: 'policy';
  readonly environment: EnvironmentFacts;
  readonly source: string;
  readonly plane: Plane;
  readonly resource: Resource;
  readonly policy: Pick<Policy, 'code' | 'title' | 'severity' | 'remediation'>;
  readonly violation: Violation;
}

/** A kind of a source that was not, or only partly, read. */
export interface CompletenessCase {
  readonly type: 'completeness';
  readonly environment: EnvironmentFacts;
  readonly source: string;
  readonly plane: Plane;
  readonly layer: Layer;
  readonly completeness: Completeness;
}

/** A reading older than its source's freshness. */
export interface StaleCase {
  readonly type: 'stale';
  readonly environment: EnvironmentFacts;
  readonly source: string;
  readonly plane: Plane;
  readonly layer: Layer;
  readonly takenAt: string;
  /** Seconds. */
  readonly freshness: number;
}

/** A record that expired while nothing it would silence differs: it should be renewed or go. */
export interface ExpiredCase {
  readonly type: 'expired';
  readonly environment: EnvironmentFacts;
  readonly record: ApprovedDifference;
}

export type Case = DeclaredCase | ReferenceCase | PolicyCase | CompletenessCase | StaleCase | ExpiredCase;

/** The rules in force, and the clock. */
export interface JudgeContext {
  readonly estate: string;
  /** Milliseconds since the epoch; the one clock of every rule. */
  readonly now: number;
  readonly kinds: KindIndex;
  readonly strict: boolean;
  readonly approved: readonly ApprovedDifference[];
  readonly expiryWarningDays: number;
  readonly matchesPattern: PatternMatcher;
  ownershipOf(resource: OwnedResource): Ownership;
}
