import { type Finding, type Json, resolvePointer } from '@leeway/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { patchOf } from './patch.ts';
import { planReconciliation } from './plan.ts';

function drift(path: string, expected: Json, actual: Json, place = 'declared/app.yaml'): Finding {
  const side = (from: string, value: Json) => ({ from, present: true, value });
  return {
    ...{ fingerprint: '0123456789abcdef', cause: 'fedcba9876543210', axis: 'declared', verdict: 'drift' },
    ...{ severity: 'high', environment: 'production-eu', source: 'app', layer: 'runtime', kind: 'settings.app' },
    ...{ key: 'app', name: 'app', path, attribution: {}, headline: [], advice: '', trace: [] },
    expected: { ...side('declared', expected), place },
    actual: side('observed', actual),
  } as Finding;
}

const rules =
  '# rules\na: 1\n---\ningress:\n  - port: 22 # ssh\n    cidrs:\n      - 10.0.0.0/8\n  - port: 80\n    cidrs: [a]\n';

function after(finding: Finding, text: string): string {
  const plan = planReconciliation(finding, text);
  return plan.ok ? plan.value.after : plan.problems.map(({ code }) => code).join();
}

describe('only the value changes', () => {
  test.each([
    [drift('/a/b', 'info', 'debug'), 'a:\n  b: info   # why\nc: x\n', 'a:\n  b: debug   # why\nc: x\n'],
    [drift('/on', true, 'false'), 'on: true\n', 'on: false\n'],
    [drift('/n', '8', '2'), "n: '8'\n", "n: '2'\n"],
    [drift('/n', 8, 2, 'x.json'), '{ "n":8,\n "m" : [1] }', '{ "n":2,\n "m" : [1] }'],
    [drift('/s', 'a', 'yes'), 's: a\n', 's: "yes"\n'],
    [
      drift('/ingress[port=22]/cidrs', ['10.0.0.0/8'], ['0.0.0.0/0', '10.0.0.0/8'], 'r.yaml:4:1'),
      rules,
      rules.replace('      - 10.0.0.0/8', '      - 0.0.0.0/0\n      - 10.0.0.0/8'),
    ],
    [drift('/ingress[port=80]/cidrs', ['a'], ['b'], 'r.yaml:4:1'), rules, rules.replace('[a]', '["b"]')],
  ])('%#', (finding, before, wanted) => {
    expect(after(finding, before)).toBe(wanted);
  });

  test('whatever the text is', () => {
    const text = fc.string({ maxLength: 30 });
    fc.assert(
      fc.property(text, text, (old, live) => {
        const before = `# head\nfirst: 1\nvalue: ${JSON.stringify(old)} # why\nlast: [a,  b]\n`;
        fc.pre(!before.includes('{{'));
        const result = after(drift('/value', old, live), before);
        expect(resolvePointer(parse(result), '/value')).toBe(live);
        const kept = (of: string) => of.split('\n').filter((_, at) => at !== 2);
        expect(kept(result)).toEqual(kept(before));
      }),
    );
  });
});

test.each([
  ['a secret', drift('/p', { $secret: '0123456789abcdef' }, { $secret: 'fedcba9876543210' }), 'p: x\n', 'LW8323'],
  ['a part that is secret', drift('/p', ['<secret:0123456789abcdef>'], ['x']), 'p: [x]\n', 'LW8323'],
  ['another value there', drift('/p', 'a', 'b'), 'p: c\n', 'LW8322'],
  ['no value there', drift('/p/q', 'a', 'b'), 'p: c\n', 'LW8322'],
  ['a template', drift('/p', 'a', 'b'), 'p: a\nq: {{ .x }}\n', 'LW8321'],
  ['another format', drift('/p', 'a', 'b', 'a.ini:1'), 'p=a\n', 'LW8321'],
  ['an anchored value', drift('/p', 'a', 'b'), 'p: &p a\nq: *p\n', 'LW8321'],
  ['a value others share', drift('/p/v', 'a', 'b'), 'p: &p { v: a }\nq: *p\n', 'LW8321'],
  ['comments in a list', drift('/p', ['a'], ['b']), 'p:\n  - a # why\n', 'LW8321'],
  ['a resource as a whole', drift('', { a: 1 }, { a: 2 }), 'a: 1\n', 'LW8321'],
])('refuses %s', (_, finding, text, code) => {
  expect(after(finding, text)).toBe(code);
});

test('shows the change as a unified diff', () => {
  const before = stringify({ a: 1, b: 2, c: 3, d: 4, e: 5, f: 6 });
  const plan = planReconciliation(drift('/e', 5, 7), before);
  expect(plan.ok && patchOf(plan.value)).toBe(
    '--- a/declared/app.yaml\n+++ b/declared/app.yaml\n@@ -2,5 +2,5 @@\n b: 2\n c: 3\n d: 4\n-e: 5\n+e: 7\n f: 6\n',
  );
});
