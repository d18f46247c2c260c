import type { JsonObject, Policy, Violation } from '@leeway/core';
import type { PolicyEnvironment } from '../cel/environment.ts';
import type { LoadedBundle } from '../rego/bundle.ts';

/** Overrides of policy parameters: code → environment name or pattern with `*` → parameters. */
export type ParameterOverrides = Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;

/** What a worker is started with. A rule is a policy or a bundle; rules are numbered policies first. */
export interface WorkerStart {
  readonly policies: readonly Policy[];
  readonly bundles: readonly LoadedBundle[];
  readonly parameters: ParameterOverrides;
  /** Shared with the starter, so that it can see what runs in a worker that no longer answers. See {@link progressAt}. */
  readonly progress: SharedArrayBuffer;
}

export interface BatchItem {
  readonly environment: string;
  /** `{"kind":…,"key":…,"attributes":…}` as JSON, keys in any order. */
  readonly text: string;
}

export interface BatchRequest {
  /** From 1, rising. */
  readonly batch: number;
  readonly items: readonly BatchItem[];
  readonly environments: Readonly<Record<string, PolicyEnvironment>>;
  /** ISO 8601. */
  readonly now: string;
  /** `item:rule` pairs, and whole rules, that are not run, with the reason that becomes an `error`. */
  readonly skippedPairs: ReadonlyMap<string, string>;
  readonly skippedRules: ReadonlyMap<number, string>;
}

export interface BatchReply {
  readonly batch: number;
  /** Item number → what is wrong with it; items in order are left out. */
  readonly violations: readonly (readonly [number, readonly Violation[]])[];
  readonly evaluations: number;
  readonly parseMilliseconds: number;
  readonly evaluateMilliseconds: number;
}

/** Where the numbers stand in {@link WorkerStart.progress} (Int32). */
export const progressAt = {
  /** Rises with every evaluation begun: a number that stays the same is an evaluation that does not end. */
  sequence: 0,
  batch: 1,
  item: 2,
  rule: 3,
} as const;
export const progressBytes = 16;
