import { describe, expect, it } from 'vitest';
import { runPolicyTests } from '../test/run-tests.ts';
import { builtinPackNames, loadBuiltinPacks } from './builtin.ts';
import { findDuplicates, type TestedPolicy } from './load.ts';

function load(names: readonly string[]): readonly TestedPolicy[] {
  const loaded = loadBuiltinPacks(names);
  if (!loaded.ok) throw new Error(loaded.problems.map((found) => found.message).join('\n'));
  return loaded.value;
}

describe('built-in packs', () => {
  const policies = load(builtinPackNames());

  it('are these', () => {
    expect(builtinPackNames()).toEqual([
      'backup',
      'containers',
      'encryption',
      'identity',
      'network',
      'postgresql',
      'residency',
      'storage',
      'tags',
      'tls',
    ]);
  });

  it('pass their own tests', async () => {
    const report = await runPolicyTests(policies);
    const failures = report.policies.flatMap((policy) =>
      policy.tests.filter((test) => !test.ok).map((test) => `${policy.code} ${test.name}: ${test.reason}`),
    );
    expect(failures).toEqual([]);
    expect(report.passed).toBeGreaterThan(250);
  });

  it('have a code each, and say which message is expected at least once', () => {
    expect(findDuplicates(policies)).toEqual([]);
    const mute = policies.filter((policy) => !policy.tests.fail.some((test) => test.message !== undefined));
    expect(mute.map((policy) => policy.code)).toEqual([]);
  });

  it('name the offending value, so that an exception does not blind anybody', () => {
    expect(policies.filter((policy) => policy.value === undefined).map((policy) => policy.code)).toEqual([]);
  });

  it('are pure but for certificates', () => {
    expect(policies.filter((policy) => policy.usesNow).map((policy) => policy.code)).toEqual([
      'TLS001',
      'TLS002',
      'TLS008',
    ]);
  });
});

describe('loadBuiltinPacks', () => {
  it('suggests the nearest name', () => {
    const place = { file: 'leeway.yaml', line: 7 };
    expect(loadBuiltinPacks(['netwrok'], place)).toMatchObject({
      ok: false,
      problems: [
        { code: 'LW5004', message: 'There is no built-in policy pack "netwrok". Did you mean "network"?', place },
      ],
    });
  });
});
