import {
  type EnvironmentFacts,
  loadLines,
  loadResources,
  type PolicyCase,
  type Resource,
  type Snapshot,
  type Violation,
  walkChunks,
} from '@leeway/core';
import type { Environment } from '@leeway/estate';
import {
  createPolicyRunner,
  type PolicyEnvironment,
  type PolicyItem,
  type PolicyRunner,
  type PolicySet,
  policiesDigest,
  splitByClock,
} from '@leeway/policy';
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

/** Violations of the resources of one chunk, by key hash. */
type ChunkResults = Readonly<Record<string, readonly Violation[]>>;

interface ChunkEntry {
  readonly keyHash: string;
  readonly body: { readonly pack: string; readonly slot: number };
}

type Chunks = ReadonlyMap<string, readonly ChunkEntry[]>;

/** Chunks evaluated at a time: bounds the bodies held in memory. */
const chunksAtOnce = 512;
const bodiesAtOnce = 5000;

export function createPolicyEvaluation(options: ScanOptions): PolicyEvaluation {
  const { policies, bundles, estate } = options;
  const rules = ruleFacts(options);
  const { steady, timed } = splitByClock({ policies, bundles, parameters: estate.policies.parameters });
  // What reads the clock may turn out differently tomorrow: only the rest is kept.
  const evaluations = [new SetEvaluation(steady, options, true), new SetEvaluation(timed, options, false)];
  return {
    async *cases(environment, facts, source, snapshot) {
      if (rules.size === 0) return;
      const chunks: Chunks = await collectChunks(snapshot, options);
      for (const evaluation of evaluations) {
        const results = await evaluation.evaluate(environment, chunks);
        const base = { type: 'policy', environment: facts, source, plane: snapshot.header.plane } as const;
        for await (const { resource, violation } of failingResources(chunks, results, options)) {
          const policy = rules.get(violation.code);
          if (policy) yield { ...base, resource, policy, violation };
        }
      }
    },
    async close() {
      for (const evaluation of evaluations) await evaluation.close();
    },
  };
}

/** One set of rules with its runner, and with or without kept results. */
class SetEvaluation {
  readonly #set: PolicySet;
  readonly #options: ScanOptions;
  readonly #keeps: boolean;
  readonly #runner: PolicyRunner;

  constructor(set: PolicySet, options: ScanOptions, keeps: boolean) {
    this.#set = set;
    this.#options = options;
    this.#keeps = keeps;
    this.#runner = createPolicyRunner(set);
  }

  async evaluate(environment: Environment, chunks: Chunks): Promise<ReadonlyMap<string, ChunkResults>> {
    if (this.#set.policies.length + (this.#set.bundles?.length ?? 0) === 0) return new Map();
    const { policyResults } = this.#options.store;
    const now = this.#options.now.toISOString();
    const digest = policiesDigest(this.#set, policyEnvironment(environment), now);
    const known = this.#keeps ? await policyResults.get(digest, [...chunks.keys()]) : new Map<string, ChunkResults>();
    const open = [...chunks.keys()].filter((chunk) => !known.has(chunk));
    const evaluated = new Map<string, ChunkResults>();
    for (let from = 0; from < open.length; from += chunksAtOnce) {
      const batch = open.slice(from, from + chunksAtOnce);
      for (const [chunk, results] of await this.#run(environment, batch, chunks)) evaluated.set(chunk, results);
    }
    if (this.#keeps) await policyResults.put(digest, evaluated);
    return new Map([...known, ...evaluated]);
  }

  async #run(
    environment: Environment,
    batch: readonly string[],
    chunks: Chunks,
  ): Promise<ReadonlyMap<string, ChunkResults>> {
    const entries = batch.flatMap((chunk) => (chunks.get(chunk) ?? []).map((entry) => ({ chunk, ...entry })));
    const bodies = entries.map(({ body }) => body);
    const lines = await loadLines(this.#options.store.chunks, bodies);
    const items: readonly PolicyItem[] = entries.map(({ chunk, keyHash }, at) => {
      return { hash: `${chunk} ${keyHash}`, environment: environment.name, text: lines[at] ?? '' };
    });
    const environments = { [environment.name]: policyEnvironment(environment) };
    const found = await this.#runner.evaluate(items, environments, this.#options.now.toISOString());
    const results = new Map<string, Record<string, readonly Violation[]>>(batch.map((chunk) => [chunk, {}]));
    for (const [hash, violations] of found) {
      const [chunk = '', keyHash = ''] = hash.split(' ');
      Object.assign(results.get(chunk) ?? {}, { [keyHash]: violations });
    }
    return results;
  }

  close(): Promise<void> {
    return this.#runner.close();
  }
}

/** An environment as policies see it. */
export function policyEnvironment({ name, dimensions, parameters }: Environment): PolicyEnvironment {
  return { name, dimensions: { ...dimensions }, parameters };
}

async function collectChunks(snapshot: Snapshot, options: ScanOptions): Promise<Chunks> {
  const chunks = new Map<string, readonly ChunkEntry[]>();
  for await (const { chunk, entries } of walkChunks(options.store.chunks, snapshot.index)) chunks.set(chunk, entries);
  return chunks;
}

/** Resources with a violation, each as often as it has some. Bodies are loaded for these alone. */
async function* failingResources(
  chunks: Chunks,
  results: ReadonlyMap<string, ChunkResults>,
  options: ScanOptions,
): AsyncGenerator<{ readonly resource: Resource; readonly violation: Violation }> {
  const failing = [...chunks].flatMap(([chunk, entries]) =>
    entries.flatMap(({ keyHash, body }) => {
      const violations = results.get(chunk)?.[keyHash] ?? [];
      return violations.length > 0 ? [{ body, violations }] : [];
    }),
  );
  // In batches: bodies of many chunks lie in one pack, which is then unfolded once.
  for (let from = 0; from < failing.length; from += bodiesAtOnce) {
    const batch = failing.slice(from, from + bodiesAtOnce);
    const bodies = batch.map(({ body }) => body);
    const resources = await loadResources(options.store.chunks, bodies);
    for (const [at, { violations }] of batch.entries()) {
      for (const violation of violations) yield { resource: resources[at] as Resource, violation };
    }
  }
}

/** Rules as findings name them, by code. */
function ruleFacts({ policies, estate }: ScanOptions): ReadonlyMap<string, PolicyCase['policy']> {
  const remediation = 'Change the resource so that the bundle accepts it.';
  const bundles = estate.policies.bundles.map(({ code, title, severity }) => ({ code, title, severity, remediation }));
  return new Map([...policies, ...bundles].map((rule) => [rule.code, rule] as const));
}
