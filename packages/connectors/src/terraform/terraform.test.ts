import { readFileSync } from 'node:fs';
import { testConnector } from '@leeway/connector-kit/test-contract.ts';
import { runScenario } from '@leeway/connector-kit/testing/scenario.ts';
import { compareAttributes, indexKinds, type Json, type Resource } from '@leeway/core';
import { describe, expect, it } from 'vitest';
import { connector } from './index.ts';

const marker = 'Tr0ub4dor-and-3';
const recording = (name: string) => readFileSync(new URL(`recordings/${name}`, import.meta.url), 'utf8');
const shown = recording('terraform-data.state.json');
const raw = recording('terraform-data.tfstate');
const plan = recording('terraform-data.plan.json');
const awsPlan = recording('aws.plan.json');
const kinds = indexKinds(connector.kinds);

testConnector('terraform', connector, {
  secrets: [marker],
  scenarios: [
    {
      name: 'a shown state',
      settings: { state: 'live/*.json' },
      files: { 'live/wms.json': shown },
      lists: ['/values/root_module/resources'],
      resources: 5,
    },
    {
      name: 'two raw states with stacks',
      settings: { state: ['live/*.tfstate'], stack: 'live/<stack>.tfstate' },
      files: { 'live/wms.tfstate': raw, 'live/edge.tfstate': raw },
      lists: ['/resources'],
      resources: 10,
    },
    {
      name: 'a plan, as wanted',
      settings: { plan: 'plan.json', side: 'planned' },
      files: { 'plan.json': plan },
      lists: ['/resource_changes'],
      resources: 6,
    },
    {
      name: 'a plan, as refreshed',
      settings: { plan: 'plan.json', side: 'refreshed' },
      files: { 'plan.json': plan },
      resources: 5,
    },
    { name: 'a plan of AWS resources', settings: { plan: 'plan.json' }, files: { 'plan.json': awsPlan }, resources: 3 },
  ],
  failures: [
    { name: 'no file fits', settings: { state: 'none/*.tfstate' }, files: { 'a.tfstate': raw }, codes: ['LW2001'] },
    {
      name: 'a plan where a state is wanted',
      settings: { state: '*.json' },
      files: { 'p.json': plan },
      codes: ['LW2009'],
    },
    {
      name: 'a state where a plan is wanted',
      settings: { plan: '*.json' },
      files: { 's.json': shown },
      codes: ['LW2009'],
    },
    {
      name: 'an encrypted state',
      settings: { state: 'a.tfstate' },
      files: { 'a.tfstate': '{"encrypted_data":"x","meta":{}}' },
      codes: ['LW2009'],
    },
    {
      name: 'a state of an old version',
      settings: { state: 'a.tfstate' },
      files: { 'a.tfstate': '{"version":3}' },
      codes: ['LW2009'],
    },
    {
      name: 'a format of the future',
      settings: { state: 'a.json' },
      files: { 'a.json': '{"format_version":"2.0"}' },
      codes: ['LW2009'],
    },
    {
      name: 'resources that are no list',
      settings: { state: 'a.json' },
      files: { 'a.json': '{"format_version":"1.0","values":{"root_module":{"resources":{}}}}' },
      codes: ['LW2009'],
    },
    {
      name: 'a path that names no stack',
      settings: { state: '*.tfstate', stack: 'live/<stack>.tfstate' },
      files: { 'a.tfstate': raw },
      codes: ['LW2009'],
    },
  ],
});

/** Resources of one file by key. */
async function read(settings: unknown, content: string | Json): Promise<ReadonlyMap<string, Resource>> {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  const run = await runScenario(connector, { name: 'x', settings, files: { 'x.json': text } });
  expect(run.notices).toEqual([]);
  return new Map(run.resources.map((resource) => [resource.key, resource]));
}

function differences(left: ReadonlyMap<string, Resource>, right: ReadonlyMap<string, Resource>): readonly string[] {
  const found = [...left].flatMap(([key, before]) => {
    const after = right.get(key);
    if (!after) return [`- ${key}`];
    return compareAttributes(kinds.find(before.kind), before.attributes, after.attributes).map(
      ({ path }) => key + path,
    );
  });
  return [...found, ...[...right.keys()].filter((key) => !left.has(key)).map((key) => `+ ${key}`)];
}

describe('real files of Terraform 1.11', () => {
  it('gives the same resources for a shown and a raw state', async () => {
    expect(differences(await read({ state: '*' }, shown), await read({ state: '*' }, raw))).toEqual([]);
  });

  it('gives addresses as keys and skips data sources', async () => {
    expect([...(await read({ state: '*' }, raw)).keys()].sort()).toEqual([
      'module.edge.terraform_data.rule["https \\"x\\""]',
      'module.edge.terraform_data.rule["ssh"]',
      'terraform_data.database',
      'terraform_data.worker[0]',
      'terraform_data.worker[1]',
    ]);
  });

  it('reads one module on its own', async () => {
    const keys = [...(await read({ state: '*', module: 'module.edge' }, shown)).keys()];
    expect(keys.sort()).toEqual(['terraform_data.rule["https \\"x\\""]', 'terraform_data.rule["ssh"]']);
  });

  it('tells what a plan will do, and nothing about values only applying will tell', async () => {
    const planned = await read({ plan: '*' }, plan);
    const refreshed = await read({ plan: '*', side: 'refreshed' }, plan);
    expect(differences(planned, refreshed)).toEqual([
      'terraform_data.database/input/size',
      '- terraform_data.worker[2]',
    ]);
    expect(planned.get('terraform_data.worker[2]')?.attributes).toMatchObject({ output: { $unknown: true } });
    expect(differences(await read({ plan: '*', side: 'applied' }, plan), refreshed)).toEqual([]);
  });

  it('seals a secret where Terraform lost its mark', async () => {
    const database = (await read({ state: '*' }, shown)).get('terraform_data.database');
    const { input, output } = database!.attributes as Record<'input' | 'output', Record<string, Json>>;
    expect(input['password']).toEqual({ $secret: expect.stringMatching(/^[\da-f]{16}$/) });
    expect(output['password']).toEqual(input['password']);
  });
});

const group = (ingress: readonly Json[], more: Record<string, Json> = {}): Json => ({
  format_version: '1.0',
  values: {
    root_module: {
      resources: [
        {
          address: 'aws_security_group.db',
          mode: 'managed',
          type: 'aws_security_group',
          values: {
            id: 'sg-1',
            name: 'orders-db',
            description: '',
            ingress,
            egress: [],
            tags: { a: 'b' },
            tags_all: { a: 'b' },
            ...more,
          },
        },
      ],
    },
  },
});
const rule = (port: number, ...cidrs: string[]): Json => ({
  from_port: port,
  to_port: port,
  protocol: 'tcp',
  cidr_blocks: cidrs,
  ipv6_cidr_blocks: [],
  self: false,
});

describe('noise of kinds', () => {
  const compare = async (left: Json, right: Json) =>
    differences(await read({ state: '*' }, left), await read({ state: '*' }, right));

  it.each<[string, Json, Json]>([
    [
      'rules in another order',
      group([rule(22, '10.0.0.0/8'), rule(443, '0.0.0.0/0')]),
      group([rule(443, '0.0.0.0/0'), rule(22, '10.0.0.0/8')]),
    ],
    [
      'addresses in another order',
      group([rule(22, '10.0.0.0/8', '192.168.0.0/16')]),
      group([rule(22, '192.168.0.0/16', '10.0.0.0/8')]),
    ],
    [
      'null and empty',
      group([], { name_prefix: null, timeouts: null }),
      group([], { name_prefix: '', revoke_rules_on_delete: false }),
    ],
    ['a default tag that stands in tags_all', group([], { tags: null, tags_all: { a: 'b' } }), group([])],
  ])('%s are the same', async (_, left, right) => {
    expect(await compare(left, right)).toEqual([]);
  });

  it.each<[string, Json, Json, readonly string[]]>([
    [
      'an opened rule',
      group([rule(22, '10.0.0.0/8')]),
      group([rule(22, '0.0.0.0/0')]),
      ['aws_security_group.db/ingress[protocol=tcp,from_port=22,to_port=22]/cidr_blocks'],
    ],
    [
      'a rule more',
      group([rule(443, '10.0.0.0/8')]),
      group([rule(443, '10.0.0.0/8'), rule(22, '10.0.0.0/8')]),
      ['aws_security_group.db/ingress[protocol=tcp,from_port=22,to_port=22]'],
    ],
    ['a lost default tag', group([]), group([], { tags_all: {} }), ['aws_security_group.db/tags/a']],
    [
      'an empty tag',
      group([], { tags: { a: '' }, tags_all: { a: '' } }),
      group([], { tags: {}, tags_all: {} }),
      ['aws_security_group.db/tags/a'],
    ],
  ])('%s shows', async (_, left, right, paths) => {
    expect(await compare(left, right)).toEqual(paths);
  });
});

describe('settings', () => {
  it.each([
    [{}],
    [{ state: 'a', plan: 'b' }],
    [{ state: 'a', side: 'planned' }],
    [{ state: [] }],
    [{ plan: 'a', side: 'other' }],
  ])('%j are refused', (settings) => {
    expect(connector.settings.safeParse(settings).success).toBe(false);
  });

  it.each([
    [{ paths: ['a.tfstate'] }, { state: ['a.tfstate'] }, 1],
    [{ paths: ['p.json'], head: plan.slice(0, 4096) }, { plan: ['p.json'] }, 0.95],
    [{ paths: ['s.json'], head: shown.slice(0, 4096) }, { state: ['s.json'] }, 0.95],
    [{ paths: ['x.json'], head: '{"a":1}' }, { state: ['x.json'] }, 0],
    [{ paths: ['live'] }, { state: ['live/**/*.tfstate', 'live/**/*.json'], stack: 'live/<path**>' }, 0],
  ])('are found for %j', (target, settings, confidence) => {
    expect(connector.standalone?.(target)).toEqual({ settings, confidence });
    expect(connector.settings.safeParse(settings).success).toBe(true);
  });

  it('are not found for addresses', () => {
    expect(connector.standalone?.({ url: 'https://a.test' })).toBeUndefined();
  });
});
