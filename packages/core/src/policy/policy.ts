import type { JsonObject } from '../json/value.ts';
import type { Place } from '../problem/problem.ts';
import type { Severity } from '../resource/kind.ts';

/**
 * One rule over one resource. `expression` is CEL and true when the resource is in order. Variables: `resource`
 * (attributes), `kind`, `key`, `environment` (name, dimensions and parameters of the environment), `params`.
 */
export interface Policy {
  /** Stable, upper case: `NET001`. */
  readonly code: string;
  readonly title: string;
  readonly severity: Severity;
  /** Kinds it looks at, `*` as wildcard. */
  readonly kinds: readonly string[];
  readonly expression: string;
  /** Sentence about a failing resource: `{{ expression }}` parts are CEL too. Says the offending value. */
  readonly message: string;
  readonly remediation: string;
  /** Parameters with their defaults; an environment may override them. */
  readonly params: JsonObject;
  readonly pack: string;
  readonly place?: Place;
}

/** Result of one policy on one resource that is not in order. */
export interface Violation {
  readonly code: string;
  /** `fails`: the expression was false. `error`: it threw or ran past its budget; never a pass. */
  readonly outcome: 'fails' | 'error';
  readonly message: string;
  /** Pointer to the offending part, where the policy names one. */
  readonly path: string;
}
