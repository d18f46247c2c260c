import type { Json, JsonObject, Violation } from '@leeway/core';
import { errorViolation } from '../cel/policy.ts';
import type { BatchReply, BatchRequest } from './protocol.ts';
import {
  createEnvironmentContext,
  type EnvironmentContext,
  matchesKind,
  type Rule,
  type RuleSubject,
} from './rules.ts';

/** Told before every evaluation, so that one which never ends can be named. */
export type ProgressWriter = (item: number, rule: number) => void;

/** Applies rules to batches. Rules by kind are remembered. */
export class BatchEvaluator {
  readonly #rules: readonly Rule[];
  readonly #onProgress: ProgressWriter;
  readonly #rulesByKind = new Map<string, readonly number[]>();
  #evaluations = 0;

  constructor(rules: readonly Rule[], onProgress: ProgressWriter) {
    this.#rules = rules;
    this.#onProgress = onProgress;
  }

  /** Evaluates one batch. Throws where a text is not a resource: that is the caller's bug. */
  evaluate(request: BatchRequest): BatchReply {
    const started = performance.now();
    const subjects = parseItems(request);
    const parsed = performance.now();
    this.#evaluations = 0;
    const violations: [number, readonly Violation[]][] = [];
    for (let item = 0; item < subjects.length; item++) {
      const found = this.#evaluateItem(subjects[item] as RuleSubject, item, request);
      if (found) violations.push([item, found]);
    }
    return {
      batch: request.batch,
      violations,
      evaluations: this.#evaluations,
      parseMilliseconds: parsed - started,
      evaluateMilliseconds: performance.now() - parsed,
    };
  }

  #evaluateItem(subject: RuleSubject, item: number, request: BatchRequest): readonly Violation[] | undefined {
    let all: Violation[] | undefined;
    for (const number of this.#rulesFor(subject.kind)) {
      const rule = this.#rules[number] as Rule;
      const skipped = skipReason(request, item, number);
      let found: readonly Violation[];
      if (skipped !== undefined) {
        found = [errorViolation(rule.code, skipped)];
      } else {
        this.#onProgress(item, number);
        this.#evaluations++;
        found = rule.apply(subject);
      }
      if (found.length > 0) all = all ? [...all, ...found] : [...found];
    }
    return all;
  }

  #rulesFor(kind: string): readonly number[] {
    const known = this.#rulesByKind.get(kind);
    if (known) return known;
    const matching = [...this.#rules.keys()].filter((number) => matchesKind(this.#rules[number]?.kinds ?? [], kind));
    this.#rulesByKind.set(kind, matching);
    return matching;
  }
}

function skipReason(request: BatchRequest, item: number, rule: number): string | undefined {
  if (request.skippedRules.size === 0 && request.skippedPairs.size === 0) return undefined;
  return request.skippedRules.get(rule) ?? request.skippedPairs.get(`${item}:${rule}`);
}

function parseItems(request: BatchRequest): readonly RuleSubject[] {
  const now = new Date(request.now);
  const contexts = new Map<string, EnvironmentContext>();
  return request.items.map(({ environment, text }) => {
    let context = contexts.get(environment);
    if (!context) {
      const from = request.environments[environment] ?? { name: environment, dimensions: {}, parameters: {} };
      context = createEnvironmentContext(environment, from);
      contexts.set(environment, context);
    }
    const { kind, key, attributes } = JSON.parse(text) as { kind: string; key: string; attributes: JsonObject };
    const resource = text.includes('null') ? (withoutNulls(attributes) as JsonObject) : attributes;
    return { kind, key, resource, environment: context.value, context, now };
  });
}

/** Terraform and APIs write what is not set as null; for policies that is the same as absent. Items of lists stay. */
function withoutNulls(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([, item]) => item !== null);
  return Object.fromEntries(kept.map(([name, item]) => [name, withoutNulls(item)]));
}
