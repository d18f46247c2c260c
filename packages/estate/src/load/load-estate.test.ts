import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Environment, Estate } from '../estate.ts';
import { connectors, northwind, packs } from '../testing/northwind.ts';
import { memoryTree } from '../tree/memory-tree.ts';
import { loadEstate } from './load-estate.ts';

const options = { connectors, packs };

async function load(files: Readonly<Record<string, string>>): Promise<Estate> {
  const loaded = await loadEstate(memoryTree(files), options);
  if (!loaded.ok) throw new Error(loaded.problems.map((found) => `${found.code} ${found.message}`).join('\n'));
  return loaded.value;
}

function environment(estate: Estate, name: string): Environment {
  const found = estate.environments.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`no environment ${name}`);
  return found;
}

describe('loadEstate', () => {
  test('generates environments, refines them, and fills in what follows', async () => {
    const estate = await load(northwind);
    expect(estate.environments.map(({ name, mirrors, criticality }) => [name, mirrors, criticality])).toEqual([
      ['production-eu', undefined, 1],
      ['production-us', undefined, 1],
      ['staging-eu', 'production-eu', 2],
      ['test', 'production-eu', 3],
    ]);
    expect(environment(estate, 'production-eu')).toMatchObject({
      dimensions: { stage: 'production', region: 'eu', compliance: ['gdpr'] },
      parameters: { cluster: 'wms-production-eu', account: '111122223333', replicas: 5 },
      tokens: {
        environment: ['production-eu'],
        stage: ['production', 'prod', 'prd'],
        region: ['eu'],
        account: ['111122223333'],
      },
      place: { file: 'leeway.yaml', line: 21 },
    });
    expect(environment(estate, 'staging-eu').place).toMatchObject({ file: 'leeway.yaml', line: 7 });
  });

  test('resolves sources, workloads, owners, approved differences and policies', async () => {
    const estate = await load(northwind);
    expect(estate.sources.map(({ id, environments }) => [id, environments])).toEqual([
      ['cluster', ['production-eu', 'production-us', 'staging-eu']],
      ['orders', ['production-eu', 'production-us', 'test']],
    ]);
    expect(estate.sources[0]).toMatchObject({ unmanaged: 'report', parity: true, deadline: 60, freshness: 3600 });
    expect(estate.sources[1]).toMatchObject({
      observed: {
        connector: 'postgresql',
        settings: { host: '{database}', user: 'leeway', passwordFrom: 'PGPASSWORD' },
      },
      unmanaged: 'ignore',
      parity: false,
      deadline: 120,
      rate: 5,
    });
    expect(estate.workloads[0]).toMatchObject({ name: 'wms', rto: 14_400, rpo: 900, priority: 1, shared: false });
    expect(estate.owners).toEqual([
      { owner: 'team-data', match: { layer: 'database' } },
      { owner: 'team-edge', match: { path: 'deploy/edge/' } },
    ]);
    expect(estate.approved[0]).toMatchObject({
      id: 'AD-0001',
      match: { environments: ['staging-*'] },
      allow: { atMost: 'reference' },
      expiresAt: Date.parse('2026-12-31T22:59:00Z'),
      place: { file: 'approved/sizing.yaml', line: 2 },
    });
    expect(estate.policies.parameters['NET001']).toEqual({
      '*': { allowedPorts: [443] },
      'production-*': { allowedPorts: [] },
    });
    expect(estate).toMatchObject({ name: 'northwind', expiryWarningDays: 21, revision: 'memory' });
  });

  test('reads packs of its own through the reader it is given', async () => {
    const files = { ...northwind, 'policies/edge.yaml': 'pack: edge' };
    const loaded = await loadEstate(memoryTree(files), {
      ...options,
      readPack: (text, file) => ({ ok: true, value: [{ ...policy, pack: text, place: { file } }] }),
    });
    expect(loaded.ok && loaded.value.policies.policies.map(({ pack, place }) => [pack, place?.file])).toEqual([
      ['pack: edge', 'policies/edge.yaml'],
    ]);
    expect(loaded.ok && loaded.value.policies.files).toEqual(['policies/edge.yaml']);
  });

  test('a template may list its environments one by one, each with parameters of its own', async () => {
    const estate = await load({
      'leeway.yaml': `estate: e
templates:
  tenant:
    name: '{stage}-{tenant}'
    for:
      - {stage: production, tenant: acme, account: '1', size: {nodes: 3}}
      - {stage: production, tenant: blue, account: '2'}
    tokens: {account: '{account}'}
`,
    });
    expect(environment(estate, 'production-acme')).toMatchObject({
      dimensions: { stage: 'production', tenant: 'acme' },
      parameters: { account: '1', size: { nodes: 3 } },
      tokens: { account: ['1'] },
    });
  });

  test('include replaces where further files are looked for', async () => {
    const files = {
      ...northwind,
      'leeway.yaml': `include: ['workloads/*.yaml', 'sources/cluster.yaml']\n${northwind['leeway.yaml']}`,
    };
    expect((await load(files)).approved).toEqual([]);
    expect(
      (await load({ 'leeway.yaml': 'estate: e\ninclude: []\nenvironments: {production: {stage: production}}\n' }))
        .sources,
    ).toEqual([]);
  });

  test('a section without entries, and a file with only comments, are no mistake', async () => {
    const files = {
      ...northwind,
      'approved/sizing.yaml': '# none yet\napproved:\n',
      'sources/none.yaml': '# nothing\n',
    };
    expect((await load(files)).approved).toEqual([]);
  });

  test('a matrix of 4,800 environments with 40 sources loads', async () => {
    const range = (count: number, prefix: string) => Array.from({ length: count }, (_, index) => `${prefix}${index}`);
    const sources = range(40, 's').map(
      (id) =>
        `  ${id}: {connector: kubernetes, environments: {region: r*}, observed: {context: '{stage}-{region}-{tenant}', size: '{size}'}}`,
    );
    const estate = await load({
      'leeway.yaml': `estate: big
templates:
  all:
    name: '{stage}-{region}-{tenant}'
    for: {stage: [production, staging], region: [${range(40, 'r')}], tenant: [${range(60, 't')}]}
    mirrors: production-{region}-{tenant}
    parameters: {size: 3}
sources:
${sources.join('\n')}
`,
    });
    expect(estate.environments).toHaveLength(4800);
    expect(estate.environments.filter(({ mirrors }) => mirrors)).toHaveLength(2400);
    expect(new Set(estate.environments.map(({ name }) => name)).size).toBe(4800);
    expect(estate.sources[39]?.environments).toHaveLength(4800);
  });

  test('a matrix makes exactly the combinations of its values, each once', async () => {
    const values = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,6}$/), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(values, values, async (stages, regions) => {
        const text = `estate: e\ntemplates:\n  t:\n    name: '{stage}.{region}'\n    for: {stage: ${JSON.stringify(stages)}, region: ${JSON.stringify(regions)}}\n`;
        const names = (await load({ 'leeway.yaml': text })).environments.map(({ name }) => name);
        expect(names).toEqual(stages.flatMap((stage) => regions.map((region) => `${stage}.${region}`)));
      }),
      { numRuns: 40 },
    );
  });

  test('never throws, whatever the files hold, and says where what is wrong', async () => {
    const root = northwind['leeway.yaml'] ?? '';
    const lines = Object.values(northwind).join('').split('\n');
    const edit = fc.record({
      at: fc.nat(root.split('\n').length - 1),
      drop: fc.nat(2),
      insert: fc.oneof(
        fc.constantFrom(...lines),
        fc.constantFrom('  - x', 'a: &a [*a]', '__proto__: {a: 1}', 'environments:', '{', '  for: 3', "  name: '{x}'"),
      ),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 4 }), async (edits) => {
        const text = edits
          .reduce((before, { at, drop, insert }) => before.toSpliced(at, drop, insert), root.split('\n'))
          .join('\n');
        const loaded = await loadEstate(memoryTree({ ...northwind, 'leeway.yaml': text }), options);
        if (loaded.ok) return;
        expect(loaded.problems.length).toBeGreaterThan(0);
        for (const found of loaded.problems) {
          expect(found.place?.line).toBeGreaterThan(0);
          expect(`${found.message} ${found.hint}`).not.toMatch(/undefined|\[object|NaN/);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('random values in every section never throw', async () => {
    const value = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom('production', 'a', '{stage}', '*', 3, -1, null, true, '2026-01-01', '4h'),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(
          fc.constantFrom(
            'stage',
            'name',
            'for',
            'match',
            'allow',
            'observed',
            'environments',
            'owner',
            'packs',
            'mirrors',
            'kind',
            'key',
            'a',
            '__proto__',
            '1',
          ),
          tie('value'),
          { maxKeys: 4 },
        ),
      ),
    })).value;
    const file = fc.dictionary(
      fc.constantFrom(
        'estate',
        'environments',
        'templates',
        'workloads',
        'owners',
        'sources',
        'approved',
        'policies',
        'include',
        'asOf',
      ),
      value,
    );
    await fc.assert(
      fc.asyncProperty(file, async (content) => {
        const loaded = await loadEstate(memoryTree({ 'leeway.yaml': JSON.stringify(content) }), options);
        if (!loaded.ok) expect(loaded.problems.length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });
});

const policy = {
  code: 'EDGE001',
  title: 't',
  severity: 'low',
  kinds: ['*'],
  expression: 'true',
  message: 'm',
  remediation: 'r',
  params: {},
} as const;
