import {
  digestHex,
  type EnvironmentFacts,
  loadLines,
  type Policy,
  type PolicyCase,
  type Resource,
  type Snapshot,
  type Violation,
  walkChunks,
} from '@leeway/core';
import type { Environment, RegoBundle } from '@leeway/estate';
import { createPolicyRunner, type PolicyItem, type PolicyRunner } from '@leeway/policy';
import type { ScanOptions } from './options.ts';

/** Runs the policies in force; what did not change under unchanged policies is not evaluated again. */
export interface PolicyEvaluation {
  cases(
    environment: Environment,
    facts: EnvironmentFacts,
    source: string,
    snapshot: Snapshot,
  ): AsyncGenerator<PolicyCase>;
  close(): Promise<void>;
}

type ChunkResults = Readonly<Record<string, readonly Violation[]>>;

/** A rule as a finding needs it. */
type RuleFacts = PolicyCase['policy'];

export function createPolicyEvaluation(options: ScanOptions): PolicyEvaluation {
  const { policies, bundles, estate } = options;
  const runner = createPolicyRunner({ policies, bundles, parameters: estate.policies.parameters });
  const rules = ruleFacts(policies, estate.policies.bundles);
  return {
    async *cases(environment, facts, source, snapshot) {
      if (rules.size === 0) return;
      const digest = policiesDigest(options, environment);
      const chunks = await collectChunks(snapshot, options);
      const known = await options.store.policyResults.get(digest, [...chunks.keys()]);
      const evaluated = await evaluateChunks(runner, environment, chunks, known, options);
      await options.store.policyResults.put(digest, evaluated);
      for (const [chunk, entries] of chunks) {
        const results = known.get(chunk) ?? evaluated.get(chunk) ?? {};
        yield* violationCases({ results, entries, facts, source, plane: snapshot.header.plane, rules, options });
      }
    },
    close: () => runner.close(),
  };
}

interface ChunkEntry {
  readonly keyHash: string;
  readonly body: { readonly pack: string; readonly slot: number };
}

async function collectChunks(
  snapshot: Snapshot,
  options: ScanOptions,
): Promise<ReadonlyMap<string, readonly ChunkEntry[]>> {
  const chunks = new Map<string, readonly ChunkEntry[]>();
  for await (const { chunk, entries } of walkChunks(options.store.chunks, snapshot.index)) chunks.set(chunk, entries);
  return chunks;
}

/** Chunks evaluated at a time: bounds the bodies held in memory. */
const chunksAtOnce = 512;

async function evaluateChunks(
  runner: PolicyRunner,
  environment: Environment,
  chunks: ReadonlyMap<string, readonly ChunkEntry[]>,
  known: ReadonlyMap<string, ChunkResults>,
  options: ScanOptions,
): Promise<ReadonlyMap<string, ChunkResults>> {
  const open = [...chunks.keys()].filter((chunk) => !known.has(chunk));
  const results = new Map<string, Record<string, readonly Violation[]>>();
  for (let from = 0; from < open.length; from += chunksAtOnce) {
    const batch = open.slice(from, from + chunksAtOnce);
    const entries = batch.flatMap((chunk) => (chunks.get(chunk) ?? []).map((entry) => ({ chunk, ...entry })));
    const lines = await loadLines(
      options.store.chunks,
      entries.map(({ body }) => body),
    );
    const items: PolicyItem[] = entries.map(({ chunk, keyHash }, at) => ({
      hash: `${chunk} ${keyHash}`,
      environment: environment.name,
      text: lines[at] ?? '',
    }));
    const found = await runner.evaluate(
      items,
      { [environment.name]: policyEnvironment(environment) },
      options.now.toISOString(),
    );
    for (const chunk of batch) results.set(chunk, {});
    for (const [hash, violations] of found) {
      const [chunk = '', keyHash = ''] = hash.split(' ');
      const into = results.get(chunk);
      if (into) into[keyHash] = violations;
    }
  }
  return results;
}

export function policyEnvironment({ name, dimensions, parameters }: Environment) {
  return { name, dimensions: { ...dimensions }, parameters };
}

function ruleFacts(policies: readonly Policy[], bundles: readonly RegoBundle[]): ReadonlyMap<string, RuleFacts> {
  const fromBundles = bundles.map(({ code, title, severity }) => ({
    code,
    title,
    severity,
    remediation: 'Change the resource so that the bundle accepts it.',
  }));
  return new Map([...policies, ...fromBundles].map((rule) => [rule.code, rule] as const));
}

/**
 * What a cached result depends on besides the resource: the rules, their parameters here, the environment, and for rules
 * that read the clock the day.
 */
function policiesDigest(options: ScanOptions, environment: Environment): string {
  const { estate, policies, bundles, now } = options;
  const day = policies.some((policy) => policy.usesNow) || bundles.length > 0 ? now.toISOString().slice(0, 10) : '';
  const rules = policies.map(({ place: _, ...rule }) => rule);
  const wasm = bundles.map(({ code, wasm }) => [code, digestHex(Buffer.from(wasm).toString('base64'), 16)]);
  return digestHex(JSON.stringify([rules, wasm, estate.policies.parameters, policyEnvironment(environment), day]), 32);
}

interface ViolationInput {
  readonly results: ChunkResults;
  readonly entries: readonly ChunkEntry[];
  readonly facts: EnvironmentFacts;
  readonly source: string;
  readonly plane: Snapshot['header']['plane'];
  readonly rules: ReadonlyMap<string, RuleFacts>;
  readonly options: ScanOptions;
}

async function* violationCases(input: ViolationInput): AsyncGenerator<PolicyCase> {
  const { results, entries, facts, source, plane, rules, options } = input;
  const failing = entries.filter(({ keyHash }) => results[keyHash]?.length);
  if (failing.length === 0) return;
  const lines = await loadLines(
    options.store.chunks,
    failing.map(({ body }) => body),
  );
  for (const [at, { keyHash }] of failing.entries()) {
    const resource = JSON.parse(lines[at] ?? '') as Resource;
    for (const violation of results[keyHash] ?? []) {
      const policy = rules.get(violation.code);
      if (policy) yield { type: 'policy', environment: facts, source, plane, resource, policy, violation };
    }
  }
}
