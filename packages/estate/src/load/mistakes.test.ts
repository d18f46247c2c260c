import { formatProblem } from '@leeway/core';
import { expect, test } from 'vitest';
import { connectors, northwind, packs } from '../testing/northwind.ts';
import { memoryTree } from '../tree/memory-tree.ts';
import { loadEstate } from './load-estate.ts';

/** A mistake a person makes: the file, what is written and what they wrote instead. */
interface Mistake {
  readonly title: string;
  readonly file: keyof typeof northwind;
  readonly from: string;
  readonly to: string;
}

const root = 'leeway.yaml';
const cluster = 'sources/cluster.yaml';
const sizing = 'approved/sizing.yaml';
const warehouse = 'workloads/warehouse.yaml';

const mistakes: readonly Mistake[] = [
  { title: 'a misspelt section', file: root, from: 'environments:', to: 'enviroments:' },
  { title: 'a misspelt field', file: root, from: '    stage: test', to: '    stag: test' },
  { title: 'no stage', file: root, from: '    stage: test\n', to: '' },
  { title: 'no name of the estate', file: root, from: 'estate: northwind\n', to: '' },
  { title: 'a name with a space', file: root, from: '  test:', to: '  "test lab":' },
  {
    title: 'an environment without content',
    file: root,
    from: '  test:\n    stage: test\n    mirrors: production-eu\n    parameters: {cluster: wms-test, database: localhost}\n',
    to: '  test:\n',
  },
  { title: 'a mirror that does not exist', file: root, from: 'mirrors: production-eu', to: 'mirrors: prodution-eu' },
  {
    title: 'mirrors in a circle',
    file: root,
    from: "    parameters: {account: '111122223333', replicas: 5}",
    to: '    mirrors: test\n    parameters: {}',
  },
  {
    title: 'a parameter the template does not have',
    file: root,
    from: "name: '{stage}-{region}'",
    to: "name: '{stage}-{regoin}'",
  },
  {
    title: 'an exception that matches nothing',
    file: root,
    from: '{stage: staging, region: us}',
    to: '{stage: staging, region: apac}',
  },
  { title: 'a number out of range', file: warehouse, from: 'priority: 1', to: 'priority: 5' },
  { title: 'a word for a number', file: warehouse, from: 'priority: 1', to: 'priority: high' },
  { title: 'a duration without a unit', file: warehouse, from: 'rto: 4h', to: 'rto: 4' },
  { title: 'a duration in words', file: warehouse, from: 'rto: 4h', to: 'rto: 4 hours' },
  { title: 'a workload without an owner', file: warehouse, from: '    owner: team-warehouse\n', to: '' },
  {
    title: 'a map where a list belongs',
    file: warehouse,
    from: "    match:\n      - {source: cluster, key: 'wms/*'}\n      - {source: orders, key: 'public.shipment*'}\n",
    to: "    match: {source: cluster, key: 'wms/*'}\n",
  },
  { title: 'a layer that does not exist', file: warehouse, from: 'layer: database', to: 'layer: databse' },
  { title: 'a source that does not exist', file: warehouse, from: 'source: orders', to: 'source: order' },
  {
    title: 'a connector that does not exist',
    file: cluster,
    from: 'connector: kubernetes',
    to: 'connector: kuberntes',
  },
  { title: 'no connector', file: cluster, from: '    connector: kubernetes\n', to: '' },
  {
    title: 'a source that reads nothing',
    file: cluster,
    from: "    declared: {migrations: db/migrations}\n    observed: {host: '{database}', user: leeway, passwordFrom: PGPASSWORD}\n",
    to: '',
  },
  { title: 'a pattern that matches no environment', file: cluster, from: '[production-*, test]', to: '[prod-*, test]' },
  {
    title: 'a stage no environment has',
    file: cluster,
    from: '{stage: [production, staging]}',
    to: '{stage: [production, stagng]}',
  },
  { title: 'an unknown parameter in settings', file: cluster, from: "'{cluster}'", to: "'{clustre}'" },
  {
    title: 'a parameter only some environments have',
    file: cluster,
    from: "host: '{database}'",
    to: "host: '{account}'",
  },
  { title: 'a password in settings', file: cluster, from: 'passwordFrom: PGPASSWORD', to: 'password: hunter2' },
  {
    title: 'a password in a URL',
    file: cluster,
    from: "host: '{database}', user: leeway, passwordFrom: PGPASSWORD",
    to: 'url: postgres://leeway:hunter2@db/orders',
  },
  { title: 'a choice that does not exist', file: cluster, from: 'unmanaged: ignore', to: 'unmanaged: ignored' },
  {
    title: 'an expiry without time and zone',
    file: sizing,
    from: '2026-12-31T23:59[Europe/Brussels]',
    to: '2026-12-31',
  },
  { title: 'an expiry in a zone that does not exist', file: sizing, from: 'Europe/Brussels', to: 'Europe/Brussel' },
  { title: 'two constraints', file: sizing, from: '{atMost: reference}', to: '{atMost: reference, equals: 3}' },
  { title: 'no constraint', file: sizing, from: '{atMost: reference}', to: '{}' },
  { title: 'a misspelt constraint', file: sizing, from: '{atMost: reference}', to: '{atmost: reference}' },
  {
    title: 'an approval of everything',
    file: sizing,
    from: '      workload: wms\n      source: cluster\n      kind: apps/Deployment\n      key: wms/wms-api\n      path: /spec/replicas\n',
    to: "      kind: '*'\n      key: '*'\n",
  },
  { title: 'a path that is no pointer', file: sizing, from: 'path: /spec/replicas', to: 'path: spec.replicas' },
  {
    title: 'an environment that does not exist in an approval',
    file: sizing,
    from: 'environments: staging-*',
    to: 'environments: staging',
  },
  { title: 'a workload that does not exist', file: sizing, from: 'workload: wms', to: 'workload: wsm' },
  { title: 'a category that does not exist', file: sizing, from: 'category: sizing', to: 'category: size' },
  { title: 'a pack that does not exist', file: root, from: 'packs: [network]', to: 'packs: [netwrok]' },
  {
    title: 'the same name in two files',
    file: sizing,
    from: 'approved:\n',
    to: 'workloads: {wms: {owner: x}}\napproved:\n',
  },
  { title: 'a duplicate key', file: root, from: '  test:\n', to: '  production-eu: {stage: production}\n  test:\n' },
  { title: 'broken YAML', file: root, from: 'title: Northwind Distribution', to: 'title: "Northwind' },
];

async function explain({ file, from, to }: Mistake): Promise<string> {
  const text = northwind[file] ?? '';
  if (!text.includes(from)) throw new Error(`${file} does not hold ${from}`);
  const loaded = await loadEstate(memoryTree({ ...northwind, [file]: text.replace(from, to) }), { connectors, packs });
  return loaded.ok ? 'loads' : loaded.problems.map((found) => formatProblem(withoutPointer(found))).join('\n');
}

function withoutPointer<T extends { readonly place?: { readonly pointer?: string } }>(found: T): T {
  const { pointer: _, ...place } = found.place ?? {};
  return { ...found, place };
}

test('every mistake is named with its place, what is allowed and what was meant', async () => {
  const lines: string[] = [];
  for (const mistake of mistakes) lines.push(`# ${mistake.title}`, await explain(mistake), '');
  expect(lines.join('\n')).not.toContain('hunter2');
  await expect(lines.join('\n')).toMatchFileSnapshot('../golden/mistakes.txt');
});

test('several mistakes in several files are all reported, in order', async () => {
  const files = {
    ...northwind,
    'leeway.yaml': `${northwind['leeway.yaml']}\ncolour: red\n`.replace('mirrors: production-eu', 'mirrors: nowhere'),
    'workloads/warehouse.yaml': (northwind['workloads/warehouse.yaml'] ?? '')
      .replace('priority: 1', 'priority: 9')
      .replace('rto: 4h', 'rto: soon'),
  };
  const loaded = await loadEstate(memoryTree(files), { connectors, packs });
  expect(loaded.ok ? [] : loaded.problems.map(({ code, place }) => `${place?.file}:${place?.line} ${code}`)).toEqual([
    'leeway.yaml:26 LW1006',
    'leeway.yaml:36 LW1002',
    'workloads/warehouse.yaml:5 LW1003',
    'workloads/warehouse.yaml:7 LW1003',
  ]);
});

test('no leeway.yaml', async () => {
  const loaded = await loadEstate(memoryTree({}), { connectors, packs });
  expect(loaded.ok ? [] : loaded.problems.map(({ code }) => code)).toEqual(['LW1001']);
});
