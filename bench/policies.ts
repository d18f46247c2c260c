import type { JsonObject, Resource } from '@leeway/core';
import type { Store } from '@leeway/engine';
import {
  builtinPackNames,
  createPolicyRunner,
  loadBuiltinPacks,
  type PolicyItem,
  type PolicyRunner,
  type TestedPolicy,
} from '@leeway/policy';
import type { PolicyTest } from '@leeway/policy/pack/schema.ts';
import { openStore } from '@leeway/store';
import type { Benchmark } from './benchmark.ts';
import { figure, heldItself, information, median, type Result } from './result.ts';
import { required, scanSample } from './scan-sample.ts';

const rounds = 5;

/** What one evaluation of a policy costs, and that a scan does not repeat those whose outcome is known. */
export const policies: Benchmark = {
  name: 'policies',
  async run({ quick, say }): Promise<readonly Result[]> {
    say('evaluating the built-in packs');
    const built = required(loadBuiltinPacks(builtinPackNames()));
    const { microseconds, evaluations } = await evaluate(built, quick ? 20_000 : 100_000);
    const resources = quick ? 5_000 : 50_000;
    say(`scanning ${figure(resources)} resources twice`);
    const [first, second] = await countEvaluated(resources);
    return [
      heldItself(`one evaluation of one of ${built.length} built-in policies`, microseconds, 'µs', { atMost: 1 }),
      information('evaluations in a round', evaluations, ''),
      heldItself(
        `chunks judged again by a second scan of ${figure(resources)} resources`,
        second,
        'chunks',
        { atMost: 0 },
        `the first scan: ${figure(first)}`,
      ),
    ];
  },
};

/** One resource in this many breaks a policy. */
const failingEvery = 20;
const environments = { production: { name: 'production', dimensions: { stage: 'production' }, parameters: {} } };
const now = '2026-06-01T12:00:00Z';

/** Runs every policy on resources like those of the packs' own tests, `count` in all. */
async function evaluate(policies: readonly TestedPolicy[], count: number) {
  const runner = createPolicyRunner({ policies });
  try {
    const items = await makeItems(policies, runner, count);
    const costs: number[] = [];
    let evaluations = 0;
    for (let round = 0; round < rounds; round++) {
      const before = runner.statistics();
      await runner.evaluate(items, environments, now);
      const after = runner.statistics();
      evaluations = after.evaluations - before.evaluations;
      costs.push((1000 * (after.evaluateMilliseconds - before.evaluateMilliseconds)) / evaluations);
    }
    return { microseconds: median(costs), evaluations };
  } finally {
    await runner.close();
  }
}

/** Resources of the tests, those that break some policy and those that break none mixed as in an estate in use. */
async function makeItems(
  policies: readonly TestedPolicy[],
  runner: PolicyRunner,
  count: number,
): Promise<readonly PolicyItem[]> {
  const item = (text: string, at: number): PolicyItem => ({ hash: `${at}`, environment: 'production', text });
  const texts = policies.flatMap(({ kinds, tests }) =>
    [...tests.pass, ...tests.fail].map((test) => JSON.stringify(resourceOf(test, kinds))),
  );
  const found = await runner.evaluate(texts.map(item), environments, now);
  const bad = texts.filter((_, at) => found.has(`${at}`));
  const good = texts.filter((_, at) => !found.has(`${at}`));
  return Array.from({ length: count }, (_, at) => {
    const from = at % failingEvery === 0 ? bad : good;
    return item(from[at % from.length] ?? '', at);
  });
}

function resourceOf({ resource, kind, key, attributes }: PolicyTest, kinds: readonly string[]): Resource {
  const written = resource ?? { kind, key, attributes };
  return {
    kind: written.kind ?? kinds[0] ?? '',
    key: written.key ?? 'one',
    attributes: (written.attributes ?? {}) as JsonObject,
  };
}

/** Chunks of resources that were judged by a first and by a second scan of the same estate. */
async function countEvaluated(resources: number): Promise<readonly [number, number]> {
  const store = required(await openStore({ kind: 'memory' }));
  let judged = 0;
  const counting: Store = {
    ...store,
    policyResults: {
      get: store.policyResults.get,
      put: (policies, results) => {
        judged += results.size;
        return store.policyResults.put(policies, results);
      },
    },
  };
  await scanSample({ resources, drift: 0, now: '2026-06-01T12:00:00Z' }, counting);
  const first = judged;
  await scanSample({ resources, drift: 0, now: '2026-06-01T13:00:00Z' }, counting);
  return [first, judged - first];
}
