export type { PolicyEnvironment } from './cel/environment.ts';
export { policyFunctions } from './cel/functions.ts';
export type { BundleSettings, LoadedBundle } from './rego/bundle.ts';
export { loadBundle } from './rego/bundle.ts';
export type { ParameterOverrides } from './run/protocol.ts';
export { effectiveParams, matchesKind } from './run/rules.ts';
export type { PolicyItem, PolicyRunner, PolicyRunnerOptions, PolicyStatistics } from './run/runner.ts';
export { createPolicyRunner } from './run/runner.ts';
