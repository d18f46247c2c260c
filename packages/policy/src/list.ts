import type { JsonObject, Policy, Severity } from '@leeway/core';
import type { LoadedBundle } from './rego/bundle.ts';

/** One line of `leeway policy list`. */
export interface PolicyListing {
  readonly code: string;
  readonly title: string;
  /** Pack, or `rego` for a bundle. */
  readonly pack: string;
  readonly severity: Severity;
  readonly kinds: readonly string[];
  readonly params: JsonObject;
}

/** Rules in force by pack and code. */
export function listPolicies(
  policies: readonly Policy[],
  bundles: readonly LoadedBundle[] = [],
): readonly PolicyListing[] {
  const listings = [
    ...policies.map(({ code, title, pack, severity, kinds, params }) => ({
      code,
      title,
      pack,
      severity,
      kinds,
      params,
    })),
    ...bundles.map(({ code, title, severity, kinds }) => ({ code, title, pack: 'rego', severity, kinds, params: {} })),
  ];
  return listings.sort((left, right) => order(left.pack, right.pack) || order(left.code, right.code));
}

function order(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
