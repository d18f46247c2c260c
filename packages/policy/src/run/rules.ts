import type { JsonObject, Policy, Violation } from '@leeway/core';
import { matchesWildcard } from '@leeway/core/json/pointer.ts';
import { environmentValue, type PolicyEnvironment } from '../cel/environment.ts';
import { type CompiledPolicy, compilePolicy, errorViolation } from '../cel/policy.ts';
import type { LoadedBundle } from '../rego/bundle.ts';
import { type OpenBundle, openBundle } from '../rego/evaluate.ts';
import type { ParameterOverrides } from './protocol.ts';

/** Whether any of the kinds (`*` as wildcard) names this one. */
export function matchesKind(kinds: readonly string[], kind: string): boolean {
  return kinds.some((pattern) => matchesWildcard(pattern, kind));
}

/**
 * A rule's parameters in one environment: its defaults, then overrides whose pattern (`*` as wildcard) matches the
 * environment, those with fewer literal characters first, so that the environment's own name has the last word.
 */
export function effectiveParams(
  rule: { readonly code: string; readonly params: JsonObject },
  overrides: ParameterOverrides,
  environment: string,
): JsonObject {
  const matching = Object.entries(overrides[rule.code] ?? {})
    .filter(([pattern]) => matchesWildcard(pattern, environment))
    .sort(([left], [right]) => rank(left) - rank(right));
  return Object.assign({}, rule.params, ...matching.map(([, params]) => params)) as JsonObject;
}

function rank(pattern: string): number {
  return pattern.includes('*') ? pattern.replaceAll('*', '').length : Number.POSITIVE_INFINITY;
}

/** One parsed resource with the environment it stands in. */
export interface RuleSubject {
  readonly kind: string;
  readonly key: string;
  readonly resource: JsonObject;
  /** The environment's CEL value. */
  readonly environment: object;
  readonly context: EnvironmentContext;
  readonly now: Date;
}

/** An environment as rules see it. */
export interface EnvironmentContext {
  /** Its key in the request: what overrides of parameters go by. */
  readonly id: string;
  readonly from: PolicyEnvironment;
  readonly value: object;
}

export function createEnvironmentContext(id: string, from: PolicyEnvironment): EnvironmentContext {
  return { id, from, value: environmentValue(from) };
}

/** A policy or a bundle, ready to be applied; compiled or opened when first applied. */
export interface Rule {
  readonly code: string;
  readonly kinds: readonly string[];
  readonly apply: (subject: RuleSubject) => readonly Violation[];
}

const nothing: readonly Violation[] = [];

/** A CEL policy as a rule. */
export function policyRule(policy: Policy, overrides: ParameterOverrides): Rule {
  let compiled: CompiledPolicy | Violation | undefined;
  const paramsByEnvironment = new Map<string, object>();
  const apply = (subject: RuleSubject): readonly Violation[] => {
    compiled ??= compileForRun(policy);
    if ('outcome' in compiled) return [compiled];
    const { id } = subject.context;
    let params = paramsByEnvironment.get(id);
    if (!params) {
      params = compiled.paramsValue(effectiveParams(policy, overrides, id));
      paramsByEnvironment.set(id, params);
    }
    const found = compiled.evaluate(subject, params);
    return found ? [found] : nothing;
  };
  return { code: policy.code, kinds: policy.kinds, apply };
}

/** A policy that does not compile was not loaded by `loadPack`; it still must not pass. */
function compileForRun(policy: Policy): CompiledPolicy | Violation {
  const result = compilePolicy(policy);
  if (result.ok) return result.compiled;
  return errorViolation(policy.code, result.faults.map((fault) => `${fault.message} (${fault.field})`).join('; '));
}

/** A Rego bundle as a rule. */
export function bundleRule(bundle: LoadedBundle, overrides: ParameterOverrides): Rule {
  let open: OpenBundle | undefined;
  const apply = (subject: RuleSubject): readonly Violation[] => {
    open ??= openBundle(bundle);
    const { id } = subject.context;
    const params = effectiveParams({ code: bundle.code, params: {} }, overrides, id);
    return open.evaluate({
      resource: subject.resource,
      kind: subject.kind,
      key: subject.key,
      environment: subject.context.from,
      params,
      now: subject.now.toISOString(),
    });
  };
  return { code: bundle.code, kinds: bundle.kinds, apply };
}
