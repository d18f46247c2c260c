import type { Json, JsonObject } from '../json/value.ts';
import type { Place } from '../problem/problem.ts';
import type { Severity } from '../resource/kind.ts';

/**
 * One rule over one resource. `expression` is CEL and true when the resource is in order. Variables: `resource`
 * (attributes; null counts as absent), `kind`, `key`, `environment` (name, dimensions and parameters of the
 * environment), `params`, `now`, and what `let` names.
 */
export interface Policy {
  /** Stable, upper case: `NET001`. */
  readonly code: string;
  readonly title: string;
  readonly severity: Severity;
  /** Kinds it looks at, `*` as wildcard. */
  readonly kinds: readonly string[];
  /** Precondition in CEL: where it is false the policy does not apply. */
  readonly where?: string;
  /** Named CEL values, in order; each may use those before it. For what the expression and the message share. */
  readonly let?: Readonly<Record<string, string>>;
  readonly expression: string;
  /** Sentence about a failing resource: `{{ expression }}` parts are CEL too. Says the offending value. */
  readonly message: string;
  /** Pointer to the offending part, with `{{ expression }}` parts; absent or empty for the resource as a whole. */
  readonly path?: string;
  /** CEL for the offending value: what an approved difference pins, so that it alerts again when the value moves. */
  readonly value?: string;
  readonly remediation: string;
  /** Parameters with their defaults; an environment may override them. */
  readonly params: JsonObject;
  readonly pack: string;
  /** Whether its outcome depends on the clock: such a policy is evaluated on every scan. */
  readonly usesNow?: boolean;
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
  /** The offending value, where the policy names one: what an approved difference is tested against. */
  readonly value?: Json;
}
