import type { Json, JsonObject, Place, Policy, Problem } from '@leeway/core';
import { nearest, problem } from '@leeway/core';
import { endWithSuggestion } from './cel/suggestion.ts';
import type { ParameterOverrides } from './run/protocol.ts';

/**
 * Checks overrides of policy parameters against the policies in force: LW5005 (no such policy), LW5006 (no such
 * parameter), LW5007 (another type than the default's). `bundleCodes` are those of Rego bundles, whose parameters are
 * their own affair. `placeOf` finds the place of an override by its keys.
 */
export function checkParameters(
  policies: readonly Policy[],
  bundleCodes: readonly string[],
  overrides: ParameterOverrides,
  placeOf: (path: readonly string[]) => Place | undefined = () => undefined,
): readonly Problem[] {
  const byCode = new Map(policies.map((policy) => [policy.code, policy]));
  const problems: Problem[] = [];
  for (const [code, byEnvironment] of Object.entries(overrides)) {
    const policy = byCode.get(code);
    if (!policy) {
      if (bundleCodes.includes(code)) continue;
      const suggestion = endWithSuggestion(nearest(code, byCode.keys()));
      problems.push(problem('LW5005', { code, suggestion }, placeOf([code])));
      continue;
    }
    for (const [environment, params] of Object.entries(byEnvironment)) {
      problems.push(...checkValues(policy, params, (name) => placeOf([code, environment, name])));
    }
  }
  return problems;
}

function checkValues(
  policy: Policy,
  params: JsonObject,
  placeOf: (name: string) => Place | undefined,
): readonly Problem[] {
  const { code, params: defaults } = policy;
  const known = Object.keys(defaults);
  return Object.entries(params).flatMap(([parameter, value]) => {
    const normal = defaults[parameter];
    if (normal === undefined) {
      const suggestion = endWithSuggestion(nearest(parameter, known));
      const allowed = known.join(', ') || 'none';
      return [problem('LW5006', { code, parameter, suggestion, allowed }, placeOf(parameter))];
    }
    if (normal === null || typeName(normal) === typeName(value)) return [];
    const values = { code, parameter, found: typeName(value), expected: typeName(normal) };
    return [problem('LW5007', values, placeOf(parameter))];
  });
}

function typeName(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
