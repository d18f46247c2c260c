import { expect, it } from 'vitest';
import { loadPack } from '../pack/load.ts';
import { runPolicyTests } from './run-tests.ts';

const pack = `pack: own
policies:
  - code: OWN001
    title: Small
    severity: low
    kinds: [thing]
    params: { most: 3 }
    expression: resource.size <= params.most
    message: "{{ resource.size }} is more than {{ params.most }} in {{ environment.name }}"
    path: /size
    remediation: Shrink it
    tests:
      pass:
        - attributes: { size: 3 }
        - { attributes: { size: 9 }, params: { most: 10 } }
        - resource: { kind: thing, key: a, attributes: { size: 4 } }
        - attributes: {}
      fail:
        - { attributes: { size: 4 }, message: 4 is more than 3 in prod, path: /size, environment: { name: prod } }
        - { attributes: { size: 4 }, message: 4 is more than 3 }
        - { attributes: { size: 4 }, path: /other }
        - attributes: { size: 1 }
  - code: OWN002
    title: Untested
    severity: low
    kinds: [thing]
    expression: "true"
    message: no
    remediation: none
`;

it('runPolicyTests says what each test found', async () => {
  const loaded = loadPack(pack.replace('message: no\n', 'message: "no"\n'), 'own.yaml');
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const report = await runPolicyTests(loaded.value);
  expect({ ok: report.ok, passed: report.passed, failed: report.failed }).toEqual({ ok: false, passed: 3, failed: 7 });
  expect(report.policies.map((policy) => [policy.code, policy.ok])).toEqual([
    ['OWN001', false],
    ['OWN002', false],
  ]);
  const reasons = report.policies.flatMap((policy) =>
    policy.tests.filter((test) => !test.ok).map((test) => `${test.name}: ${test.reason}`),
  );
  expect(reasons).toEqual([
    'pass 3: it should pass and fails with "4 is more than 3 in test"',
    'pass 4: OWN001 could not be evaluated: No such key: size',
    'fail 2: it says "4 is more than 3 in test" where "4 is more than 3" is expected',
    'fail 3: it points at "/size" where "/other" is expected',
    'fail 4: it should fail and passes',
    'pass: there is no test that should pass; write at least one',
    'fail: there is no test that should fail; write at least one',
  ]);
});
