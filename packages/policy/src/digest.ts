import { canonicalJson, digestHex, type Json, type Policy } from '@leeway/core';
import type { PolicyEnvironment } from './cel/environment.ts';
import type { LoadedBundle } from './rego/bundle.ts';
import type { ParameterOverrides } from './run/protocol.ts';
import { effectiveParams } from './run/rules.ts';

/** Rules in force, with the overrides of their parameters. */
export interface PolicySet {
  readonly policies: readonly Policy[];
  readonly bundles?: readonly LoadedBundle[];
  readonly parameters?: ParameterOverrides;
}

/** Raise when the meaning of expressions or of the functions they may call changes: kept results then count no more. */
const evaluatorVersion = 1;

/**
 * Digest of everything the outcome of these rules in one environment depends on, beside the resource: two evaluations
 * with equal digests give equal results for equal resources, whenever they run. When a rule uses the clock, so does the
 * digest: `now` (ISO 8601) becomes part of it and results are never found again. To keep those of the other rules, split
 * the set with {@link splitByClock} and evaluate the timed part on every scan.
 */
export function policiesDigest(set: PolicySet, environment: PolicyEnvironment, now: string): string {
  const { policies, bundles = [], parameters = {} } = set;
  const rules = policies.map(({ place: _place, remediation: _remediation, severity: _severity, ...rest }) => ({
    ...rest,
    params: effectiveParams(rest, parameters, environment.name),
  }));
  const modules = bundles.map((bundle) => ({
    code: bundle.code,
    title: bundle.title,
    kinds: bundle.kinds,
    entrypoint: bundle.entrypoint,
    module: digestHex(Buffer.from(bundle.wasm).toString('base64')),
    data: bundle.data,
    params: effectiveParams({ code: bundle.code, params: {} }, parameters, environment.name),
  }));
  const clock = usesClock(set) ? now : null;
  return digestHex(canonicalJson({ evaluatorVersion, rules, modules, environment, clock } as unknown as Json), 32);
}

/** Rego may read `input.now`, and nothing tells from outside whether it does. */
function usesClock(set: PolicySet): boolean {
  return (set.bundles?.length ?? 0) > 0 || set.policies.some((policy) => policy.usesNow);
}

/** The rules whose results may be kept, and those that depend on the clock and are evaluated on every scan. */
export function splitByClock(set: PolicySet): { readonly steady: PolicySet; readonly timed: PolicySet } {
  const { policies, bundles = [], parameters = {} } = set;
  return {
    steady: { policies: policies.filter((policy) => !policy.usesNow), bundles: [], parameters },
    timed: { policies: policies.filter((policy) => policy.usesNow), bundles, parameters },
  };
}
