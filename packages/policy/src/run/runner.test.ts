import { readFileSync } from 'node:fs';
import type { Policy } from '@leeway/core';
import { afterEach, describe, expect, it } from 'vitest';
import { type BundleSettings, loadBundle } from '../rego/bundle.ts';
import { createPolicyRunner, type PolicyItem, type PolicyRunner, type PolicyRunnerOptions } from './runner.ts';

const environments = {
  prod: { name: 'prod', dimensions: { stage: 'production', region: 'eu-west-1' }, parameters: { tenant: 'north' } },
  test: { name: 'test', dimensions: { stage: 'test' }, parameters: {} },
};
const now = '2026-03-01T00:00:00Z';

function policy(part: Partial<Policy>): Policy {
  return {
    code: 'T001',
    title: 'A test',
    severity: 'high',
    kinds: ['thing'],
    expression: 'resource.ok',
    message: 'not ok',
    remediation: 'mend it',
    params: {},
    pack: 'test',
    ...part,
  };
}

function item(hash: string, attributes: object, kind = 'thing', environment = 'prod'): PolicyItem {
  return { hash, environment, text: JSON.stringify({ kind, key: hash, attributes }) };
}

let runner: PolicyRunner | undefined;
afterEach(() => runner?.close());

async function run(options: PolicyRunnerOptions, items: readonly PolicyItem[]) {
  runner = createPolicyRunner(options);
  return Object.fromEntries(await runner.evaluate(items, environments, now));
}

describe('createPolicyRunner', () => {
  it('reports what is not in order, with values, and nothing else', async () => {
    const open = policy({
      code: 'NET001',
      let: { open: 'items(resource.?ports).filter(p, p in params.forbidden)' },
      expression: 'size(open) == 0',
      message: '{{ key }} opens {{ open }} in {{ environment.name }}',
      path: '/ports',
      value: 'open',
      params: { forbidden: [22, 3389] },
    });
    expect(
      await run({ policies: [open] }, [
        item('a', { ports: [22, 80, 3389] }),
        item('b', { ports: [80] }),
        item('c', {}),
      ]),
    ).toEqual({
      a: [{ code: 'NET001', outcome: 'fails', message: 'a opens 22, 3389 in prod', path: '/ports', value: [22, 3389] }],
    });
  });

  it('applies parameters for all and for one environment', async () => {
    const limit = policy({
      expression: 'resource.size <= params.most',
      message: 'at most {{ params.most }}',
      params: { most: 1 },
    });
    const parameters = { T001: { test: { most: 9 }, 'te*': { most: 3 }, '*': { most: 2 } } };
    const items = [item('a', { size: 5 }), item('b', { size: 5 }, 'thing', 'test'), item('c', { size: 2 })];
    expect(await run({ policies: [limit], parameters }, items)).toEqual({
      a: [{ code: 'T001', outcome: 'fails', message: 'at most 2', path: '' }],
    });
  });

  it('starts no thread when no policy looks at any of the kinds', async () => {
    expect(await run({ policies: [policy({})] }, [item('a', { ok: false }, 'other')])).toEqual({});
    expect(runner?.statistics()).toMatchObject({ threads: 0, evaluations: 0 });
    expect(runner?.matches('thing')).toBe(true);
    expect(runner?.matches('other')).toBe(false);
  });

  it('counts null as absent', async () => {
    const tagged = policy({ expression: '!has(resource.tags) && resource.?list.orValue([]).size() == 0' });
    expect(await run({ policies: [tagged] }, [item('a', { tags: null, list: null })])).toEqual({});
  });

  it('never passes what it could not evaluate', async () => {
    const policies = [
      policy({ code: 'T001', expression: 'resource.a.b.c == 1' }),
      policy({ code: 'T002', expression: 'resource.a' }),
      policy({ code: 'T003', expression: 'resource.nonsense(' }),
      policy({ code: 'T004', where: 'resource.missing', expression: 'true' }),
    ];
    const { x } = await run({ policies }, [item('x', { a: 'text' })]);
    expect(x?.map((found) => [found.code, found.outcome])).toEqual(policies.map((each) => [each.code, 'error']));
    expect(x?.[0]?.message).toBe('T001 could not be evaluated: No such key: b');
  });

  it('names the resource and the policy that hang, and still judges all others', async () => {
    const hang = policy({
      code: 'T666',
      expression: 'resource.n.all(a, resource.n.all(b, resource.n.all(c, resource.n.all(d, a + b + c + d >= 0.0))))',
    });
    const items = Array.from({ length: 40 }, (_, at) =>
      item(`i${at}`, { ok: at % 2 === 0, n: at === 7 ? Array(400).fill(1) : [1] }),
    );
    const found = await run({ policies: [hang, policy({})], deadlineMs: 250 }, items);
    expect(Object.keys(found)).toHaveLength(20);
    expect(found['i7']?.map((each) => [each.code, each.outcome])).toEqual([
      ['T666', 'error'],
      ['T001', 'fails'],
    ]);
    expect(found['i7']?.[0]?.message).toBe('T666 could not be evaluated: it ran past its budget of 250 ms');
    expect(found['i9']).toHaveLength(1);
    expect(runner?.statistics().threads).toBe(2);
  });

  it('gives up on a policy that hangs everywhere, so that a scan ends', async () => {
    const hang = policy({ expression: 'resource.n.all(a, resource.n.all(b, resource.n.all(c, a + b + c >= 0.0)))' });
    const items = Array.from({ length: 50 }, (_, at) => item(`i${at}`, { n: Array(2000).fill(1) }));
    const found = await run({ policies: [hang], deadlineMs: 60 }, items);
    expect(Object.values(found).every((each) => each?.[0]?.outcome === 'error')).toBe(true);
    expect(Object.keys(found)).toHaveLength(50);
    expect(runner?.statistics().threads).toBe(4);
    expect(found['i49']?.[0]?.message).toContain('not run any more');
  });

  it('matches regular expressions in linear time', async () => {
    const evil = policy({ expression: '!resource.name.matches("^(a+)+$")', message: 'evil' });
    const found = await run({ policies: [evil], deadlineMs: 2000 }, [
      item('a', { name: `${'a'.repeat(5000)}!` }),
      item('b', { name: 'aaa' }),
    ]);
    expect(Object.keys(found)).toEqual(['b']);
    expect(runner?.statistics().threads).toBe(1);
  });

  it('survives a policy that exhausts memory', async () => {
    const bomb = policy({
      expression: 'size(resource.n.map(a, resource.n.map(b, resource.n.map(c, text(a) + text(b) + text(c))))) >= 0',
    });
    const found = await run({ policies: [bomb, policy({ code: 'T002' })], deadlineMs: 60_000, heapMb: 32 }, [
      item('a', { ok: true, n: Array(1500).fill('x') }),
      item('b', { ok: false, n: [] }),
    ]);
    expect(found['a']?.map((each) => [each.code, each.message])).toEqual([
      ['T001', 'T001 could not be evaluated: it ran out of memory'],
    ]);
    expect(found['b']?.map((each) => each.code)).toEqual(['T002']);
  });
});

describe('Rego bundles', () => {
  const file = new URL('../../fixtures/rego/encryption.tar.gz', import.meta.url);
  const settings: BundleSettings = {
    code: 'REGO1',
    title: 'Encrypted',
    severity: 'high',
    kinds: ['aws_db_instance'],
    entrypoint: 'leeway/violations',
  };
  function bundle(part: Partial<BundleSettings> = {}) {
    const loaded = loadBundle(readFileSync(file), { ...settings, ...part }, 'encryption.tar.gz');
    if (!loaded.ok) throw new Error(loaded.problems[0]?.message);
    return loaded.value;
  }
  const db = (hash: string, attributes: object) => item(hash, attributes, 'aws_db_instance');

  it('reads violations, data and input', async () => {
    const found = await run({ policies: [], bundles: [bundle()] }, [
      db('good', { storage_encrypted: true, engine: 'postgres' }),
      db('bad', { storage_encrypted: false, engine: 'mariadb' }),
    ]);
    expect(Object.keys(found)).toEqual(['bad']);
    expect(found['bad']).toHaveLength(2);
    expect(found['bad']).toContainEqual({
      code: 'REGO1',
      outcome: 'fails',
      message: 'bad is not encrypted in prod',
      path: '/storage_encrypted',
      value: false,
    });
    expect(found['bad']?.map((each) => each.message)).toContain('engine mariadb is not used here');
  });

  it('reads a boolean, with parameters', async () => {
    const allow = bundle({ entrypoint: 'leeway/allow' });
    const items = [db('bad', {}), item('lax', {}, 'aws_db_instance', 'test')];
    const found = await run({ policies: [], bundles: [allow], parameters: { REGO1: { test: { lax: true } } } }, items);
    expect(found).toEqual({ bad: [{ code: 'REGO1', outcome: 'fails', message: 'Encrypted', path: '' }] });
  });

  it('takes an undefined result, a failing built-in and an endless rule for errors', async () => {
    const bundles = ['maybe', 'divide', 'spin'].map((name) => bundle({ code: name, entrypoint: `leeway/${name}` }));
    const found = await run({ policies: [], bundles, deadlineMs: 300 }, [
      db('a', { url: 'http://127.0.0.1', list: Array(300).fill(1), sure: false }),
    ]);
    expect(found['a']?.map((each) => [each.code, each.outcome])).toEqual([
      ['maybe', 'error'],
      ['divide', 'error'],
      ['spin', 'error'],
    ]);
    expect(found['a']?.[2]?.message).toContain('ran past its budget');
  });
});
