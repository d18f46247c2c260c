import { loadLines, matchesWildcard, type Plane, type Resource, walkChunks } from '@leeway/core';
import { environmentFacts } from '@leeway/engine/scan/environment-facts.ts';
import { policyEnvironment } from '@leeway/engine/scan/policy-cases.ts';
import type { Environment, Estate } from '@leeway/estate';
import { checkExpression, createPolicyRunner } from '@leeway/policy';
import type { LeewayStore } from '@leeway/store';

/** What an expression is tried on. */
export interface Trial {
  readonly expression: string;
  readonly environment: Environment;
  /** `*` as wildcard. */
  readonly kind: string;
  readonly plane: Plane;
  /** Resources, at most. */
  readonly limit: number;
  /** Whether somebody may see a resource. */
  readonly sees: (source: string, resource: Resource, key: string) => boolean;
}

export interface TrialOutcome {
  readonly evaluated: number;
  readonly passing: number;
  readonly failing: number;
  readonly milliseconds: number;
  readonly fault?: { readonly message: string; readonly line?: number; readonly column?: number };
  readonly results: readonly {
    readonly source: string;
    readonly kind: string;
    readonly key: string;
    readonly outcome: 'pass' | 'fail' | 'error';
    readonly message?: string;
  }[];
}

/** Milliseconds one resource may take, and megabytes of heap all of it: it runs in a thread that can be ended. */
const [deadlineMs, heapMb] = [250, 128];
/** Bodies looked through for resources of the kind. */
const mostBodies = 200_000;

/** Tries an expression on resources as they were read last; nothing is kept. */
export async function tryExpression(
  trial: Trial,
  {
    estate,
    store,
    now,
    signal,
  }: {
    readonly estate: Estate;
    readonly store: LeewayStore;
    readonly now: Date;
    readonly signal: AbortSignal;
  },
): Promise<TrialOutcome> {
  const started = performance.now();
  const done = () => Math.round((performance.now() - started) * 10) / 10;
  const fault = checkExpression(trial.expression);
  if (fault) return { evaluated: 0, passing: 0, failing: 0, milliseconds: done(), fault, results: [] };
  const found = await collect(trial, estate, store, signal);
  const { environment, expression } = trial;
  const policy = {
    code: 'TRIAL',
    title: 'It is not met',
    severity: 'low',
    kinds: ['*'],
    expression,
    message: 'It is not met.',
  } as const;
  const runner = createPolicyRunner({
    policies: [{ ...policy, remediation: '', params: {}, pack: 'trial' }],
    deadlineMs,
    heapMb,
  });
  try {
    const items = found.map(({ text }, at) => ({ hash: `${at}`, environment: environment.name, text }));
    const environments = { [environment.name]: policyEnvironment(environment) };
    const violations = await runner.evaluate(items, environments, now.toISOString());
    const results = found.map(({ source, kind, key }, at) => {
      const [violation] = violations.get(`${at}`) ?? [];
      const outcome = violation ? (violation.outcome === 'error' ? 'error' : 'fail') : 'pass';
      const message = violation?.outcome === 'error' ? violation.message.replace(/^TRIAL c/, 'C') : undefined;
      return { source, kind, key, outcome, ...(message !== undefined && { message }) } as const;
    });
    const passing = results.filter(({ outcome }) => outcome === 'pass').length;
    return { evaluated: results.length, passing, failing: results.length - passing, milliseconds: done(), results };
  } finally {
    await runner.close();
  }
}

interface Sample {
  readonly source: string;
  readonly kind: string;
  readonly key: string;
  readonly text: string;
}

async function collect(
  trial: Trial,
  estate: Estate,
  store: LeewayStore,
  signal: AbortSignal,
): Promise<readonly Sample[]> {
  const samples: Sample[] = [];
  const { neutralizer } = environmentFacts(trial.environment);
  for await (const { source, text } of bodies(trial, estate, store)) {
    signal.throwIfAborted();
    const resource = JSON.parse(text) as Resource;
    const key = neutralizer.neutralize(resource.key);
    if (!matchesWildcard(trial.kind, resource.kind) || !trial.sees(source, resource, key)) continue;
    samples.push({ source, kind: resource.kind, key, text });
    if (samples.length === trial.limit) break;
  }
  return samples;
}

/** Bodies of the sources that hold such a kind, as far as one looks. */
async function* bodies({ environment, kind, plane }: Trial, estate: Estate, { snapshots, chunks }: LeewayStore) {
  let looked = 0;
  for (const { id: source } of estate.sources.filter((each) => each.environments.includes(environment.name))) {
    const snapshot = await snapshots.latest({ estate: estate.name, environment: environment.name, source, plane });
    const holds = snapshot?.header.completeness.some(
      ({ count, kind: name }) => count > 0 && matchesWildcard(kind, name),
    );
    if (!snapshot || !holds) continue;
    for await (const { entries } of walkChunks(chunks, snapshot.index)) {
      const refs = entries.map(({ body }) => body);
      for (const text of await loadLines(chunks, refs)) yield { source, text };
      looked += entries.length;
      if (looked >= mostBodies) return;
    }
  }
}
