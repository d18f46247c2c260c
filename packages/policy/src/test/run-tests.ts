import type { JsonObject, Place, Violation } from '@leeway/core';
import type { PolicyEnvironment } from '../cel/environment.ts';
import type { TestedPolicy } from '../pack/load.ts';
import type { PolicyTest } from '../pack/schema.ts';
import { createPolicyRunner, type PolicyItem } from '../run/runner.ts';

/** What became of one test. */
export interface TestResult {
  /** `pass 1`, `fail 2`: the list it stands in and its number there, from 1. */
  readonly name: string;
  readonly ok: boolean;
  /** What was found instead, when not ok. */
  readonly reason?: string;
}

export interface PolicyTestReport {
  readonly code: string;
  readonly title: string;
  readonly pack: string;
  readonly place: Place;
  readonly ok: boolean;
  readonly tests: readonly TestResult[];
}

/** What `leeway policy test` prints. Policies in the order given. */
export interface TestReport {
  readonly ok: boolean;
  readonly policies: readonly PolicyTestReport[];
  readonly passed: number;
  readonly failed: number;
}

/** The clock of tests that name none. */
const defaultNow = '2026-01-01T00:00:00Z';

interface PlannedTest {
  readonly policy: TestedPolicy;
  readonly name: string;
  readonly expects: 'pass' | 'fail';
  readonly test: PolicyTest;
  /** The test's own environment: its parameters are then overrides like any other. */
  readonly environment: PolicyEnvironment;
  readonly item: PolicyItem;
}

/**
 * Runs the tests that stand beside policies, in the same worker as a scan. A policy needs at least one test of each
 * kind, or that is a failure; an evaluation error fails any test.
 */
export async function runPolicyTests(policies: readonly TestedPolicy[], deadlineMs = 1000): Promise<TestReport> {
  const planned = policies.flatMap(planTests);
  const violations = await evaluateTests(policies, planned, deadlineMs);
  const reports = policies.map((policy): PolicyTestReport => {
    const mine = planned.filter((each) => each.policy === policy);
    const tests = [...mine.map((each) => judgeTest(each, violations.get(each.item.hash))), ...findMissing(policy)];
    const { code, title, pack, place } = policy;
    return { code, title, pack, place, ok: tests.every((test) => test.ok), tests };
  });
  const all = reports.flatMap((report) => report.tests);
  const passed = all.filter((test) => test.ok).length;
  return { ok: passed === all.length, policies: reports, passed, failed: all.length - passed };
}

function planTests(policy: TestedPolicy): readonly PlannedTest[] {
  return (['pass', 'fail'] as const).flatMap((expects) =>
    policy.tests[expects].map((test, at): PlannedTest => {
      const name = `${expects} ${at + 1}`;
      const hash = `${policy.code} ${name}`;
      const given = test.environment ?? {};
      const environment: PolicyEnvironment = {
        name: given.name ?? 'test',
        dimensions: { stage: 'test', ...given.dimensions },
        parameters: (given.parameters ?? {}) as JsonObject,
      };
      const kind = test.resource?.kind ?? test.kind ?? policy.kinds[0];
      const key = test.resource?.key ?? test.key ?? 'example';
      const attributes = test.resource?.attributes ?? test.attributes;
      return {
        policy,
        name,
        expects,
        test,
        environment,
        item: { hash, environment: hash, text: JSON.stringify({ kind, key, attributes }) },
      };
    }),
  );
}

async function evaluateTests(
  policies: readonly TestedPolicy[],
  planned: readonly PlannedTest[],
  deadlineMs: number,
): Promise<ReadonlyMap<string, readonly Violation[]>> {
  const parameters: Record<string, Record<string, JsonObject>> = {};
  for (const { policy, item, test } of planned) {
    if (!test.params) continue;
    parameters[policy.code] ??= {};
    Object.assign(parameters[policy.code] as object, { [item.hash]: test.params });
  }
  const runner = createPolicyRunner({ policies, parameters, deadlineMs });
  const found = new Map<string, readonly Violation[]>();
  try {
    for (const [now, tests] of Map.groupBy(planned, (each) => each.test.now ?? defaultNow)) {
      const environments = Object.fromEntries(tests.map((each) => [each.item.hash, each.environment]));
      const result = await runner.evaluate(
        tests.map((each) => each.item),
        environments,
        now,
      );
      for (const [hash, violations] of result) found.set(hash, violations);
    }
  } finally {
    await runner.close();
  }
  return found;
}

/** Other policies may look at the same kind: only the tested one's violations count. */
function judgeTest(planned: PlannedTest, violations: readonly Violation[] = []): TestResult {
  const { name, expects, test, policy } = planned;
  const own = violations.find((violation) => violation.code === policy.code);
  const reason = own?.outcome === 'error' ? own.message : judgeOutcome(expects, test, own);
  return reason === undefined ? { name, ok: true } : { name, ok: false, reason };
}

function judgeOutcome(expects: 'pass' | 'fail', test: PolicyTest, own: Violation | undefined): string | undefined {
  if (expects === 'pass') return own && `it should pass and fails with "${own.message}"`;
  if (!own) return 'it should fail and passes';
  if (test.message !== undefined && own.message !== test.message) {
    return `it says "${own.message}" where "${test.message}" is expected`;
  }
  if (test.path !== undefined && own.path !== test.path) {
    return `it points at "${own.path}" where "${test.path}" is expected`;
  }
  return undefined;
}

function findMissing(policy: TestedPolicy): readonly TestResult[] {
  return (['pass', 'fail'] as const)
    .filter((kind) => policy.tests[kind].length === 0)
    .map((kind) => ({ name: kind, ok: false, reason: `there is no test that should ${kind}; write at least one` }));
}
