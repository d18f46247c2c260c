import { readFileSync } from 'node:fs';
import { testConnector } from '@leeway/connector-kit/test-contract.ts';
import { RecordingFile } from '@leeway/connector-kit/testing/recording.ts';
import { runScenario, type Scenario } from '@leeway/connector-kit/testing/scenario.ts';
import { compareAttributes, indexKinds, type Resource } from '@leeway/core';
import { describe, expect, it } from 'vitest';
import { connector } from './index.ts';

const marker = 'Tr0ub4dor-and-3';
const file = (name: string) => readFileSync(new URL(`recordings/${name}`, import.meta.url), 'utf8');
const rules = file('rules.yml');
const { recordings } = RecordingFile.parse(JSON.parse(file('rules.json')));
const kinds = indexKinds(connector.kinds);

/** The same rules as an operator's object: the file below `spec`. */
const manifest = `apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: {name: wms}\nspec:\n${rules.replaceAll(/^/gm, '  ')}`;

const live: Scenario = {
  name: 'a running server',
  settings: { url: 'http://prometheus.test:9090/', username: 'leeway', passwordFrom: 'PASSWORD' },
  variables: { PASSWORD: marker },
  recordings,
  lists: ['/data/groups'],
  resources: 11,
};

testConnector('prometheus', connector, {
  secrets: [marker],
  scenarios: [
    live,
    {
      name: 'rule files',
      settings: { files: 'rules/*.yml' },
      files: { 'rules/a.yml': rules, 'rules/none.yml': '# none\n' },
      resources: 11,
    },
    {
      name: 'the same group in two files',
      settings: { files: ['*.yml'] },
      files: { 'a.yml': rules, 'b.yml': rules },
      resources: 22,
    },
    { name: 'an operator object', settings: { files: '*.yaml' }, files: { 'wms.yaml': manifest }, resources: 11 },
  ],
  failures: [
    { name: 'no file fits', settings: { files: 'none/*.yml' }, files: { 'a.yml': rules }, codes: ['LW2001'] },
    {
      name: 'another document',
      settings: { files: '*.yml' },
      files: { 'a.yml': 'scrape_configs: []\n' },
      codes: ['LW2009'],
    },
    {
      name: 'a rule that is neither',
      settings: { files: '*.yml' },
      files: { 'a.yml': 'groups: [{name: a, rules: [{expr: up}]}]' },
      codes: ['LW2009'],
    },
    {
      name: 'a bad duration',
      settings: { files: '*.yml' },
      files: { 'a.yml': 'groups: [{name: a, rules: [{alert: A, expr: up, for: soon}]}]' },
      codes: ['LW2009'],
    },
    {
      name: 'a credential that is not set',
      settings: { url: 'http://prometheus.test', tokenFrom: 'TOKEN' },
      codes: ['LW3055'],
    },
  ],
});

async function read(scenario: Omit<Scenario, 'name'>): Promise<ReadonlyMap<string, Resource>> {
  const run = await runScenario(connector, { name: 'x', ...scenario });
  expect(run.notices).toEqual([]);
  return new Map(run.resources.map((resource) => [`${resource.kind} ${resource.key}`, resource]));
}

const fromText = (text: string) => read({ settings: { files: '*.yml' }, files: { 'rules.yml': text } });

function differences(left: ReadonlyMap<string, Resource>, right: ReadonlyMap<string, Resource>): readonly string[] {
  const names = [...new Set([...left.keys(), ...right.keys()])].sort();
  return names.flatMap((name) => {
    const [before, after] = [left.get(name), right.get(name)];
    if (!before || !after) return [`${before ? '-' : '+'} ${name}`];
    return compareAttributes(kinds.find(before.kind), before.attributes, after.attributes).map(
      ({ path }) => name + path,
    );
  });
}

describe('rules of a file and of the server that loaded it', () => {
  it('are the same', async () => {
    const server = await read(live);
    expect(differences(await fromText(rules), server)).toEqual([]);
    expect(differences(await read({ settings: { files: '*.yaml' }, files: { 'w.yaml': manifest } }), server)).toEqual(
      [],
    );
  });

  it.each<[string, string, string, string]>([
    [
      'an expression',
      'orders_done_total[900s]',
      'orders_done_total[600s]',
      'prometheus.rule.alerting orders/OrdersStuck/expr',
    ],
    ['a wait', 'for: 900s', 'for: 0s', 'prometheus.rule.alerting orders/OrdersStuck/for'],
    [
      'a label',
      'severity: page\n          env',
      'severity: info\n          env',
      'prometheus.rule.alerting orders/OrdersStuck/labels/severity',
    ],
    [
      'an annotation',
      '15 minutes.',
      '20 minutes.',
      'prometheus.rule.alerting orders/OrdersStuck/annotations/description',
    ],
    ['an interval', 'interval: 30s', 'interval: 60s', 'prometheus.group orders/interval'],
    ['a limit', 'limit: 10', 'limit: 20', 'prometheus.group orders/limit'],
    ['a renamed rule', 'alert: NoFor', 'alert: Other', '- prometheus.rule.alerting orders/NoFor'],
  ])('differ by %s', async (_, from, to, found) => {
    expect(differences(await read(live), await fromText(rules.replace(from, to)))).toContain(found);
  });

  it('differ in nothing for labels and times written in another way', async () => {
    const other = rules
      .replace('for: 900s', 'for: 15m')
      .replace('interval: 1m', 'interval: 60s')
      .replace('limit: 10', 'limit: 10.0');
    expect(differences(await fromText(rules), await fromText(other))).toEqual([]);
  });
});

describe('names', () => {
  it('tell rules of one name in one group apart by their labels', async () => {
    const keys = [...(await fromText(rules)).keys()].filter((key) => key.includes('second'));
    expect(keys.sort()).toEqual([
      'prometheus.group second',
      'prometheus.rule.alerting second/OrdersStuck',
      'prometheus.rule.alerting second/OrdersStuck{severity="page"}',
    ]);
  });

  it('carry the file where two files have a group of one name', async () => {
    const files = {
      'a/wms.yml': 'groups: [{name: g}]',
      'b/edi-0a1b2c3d-0000-1111-2222-0123456789ab.yml': 'groups: [{name: g}]',
      'c/wms.yml': 'groups: [{name: g}]',
    };
    expect([...(await read({ settings: { files: '**/*.yml' }, files })).keys()].sort()).toEqual([
      'prometheus.group edi/g',
      'prometheus.group wms/g',
      'prometheus.group wms/g#2',
    ]);
  });

  it('take labels of the group over', async () => {
    const found = await fromText(
      'groups: [{name: g, labels: {team: a, b: 1}, rules: [{alert: A, expr: up, labels: {team: c}}]}]',
    );
    expect(found.get('prometheus.rule.alerting g/A')?.attributes['labels']).toEqual({ team: 'c', b: '1' });
  });

  it('have their place', async () => {
    expect((await fromText(rules)).get('prometheus.rule.alerting orders/OrdersStuck')?.origin).toEqual({
      place: expect.stringMatching(/^rules\.yml:1\d:/),
    });
  });
});

describe('settings', () => {
  it.each([
    [{}],
    [{ files: 'a', url: 'http://a.test' }],
    [{ url: 'ftp://a.test' }],
    [{ url: 'http://u:p@a.test' }],
    [{ url: 'http://a.test', username: 'u' }],
  ])('%j are refused', (settings) => expect(connector.settings.safeParse(settings).success).toBe(false));

  it('are found for files and addresses alone', () => {
    expect(connector.standalone?.({ paths: ['r.yml'], head: rules })?.settings).toEqual({ files: ['r.yml'] });
    expect(connector.standalone?.({ paths: ['r.yml'], head: manifest })?.settings).toEqual({ files: ['r.yml'] });
    expect(connector.standalone?.({ paths: ['r.yml'], head: 'a: 1' })?.confidence).toBe(0);
    expect(connector.standalone?.({ url: 'postgres://a.test' })).toBeUndefined();
    expect(connector.standalone?.({ url: 'https://prometheus.test' })?.settings).toEqual({
      url: 'https://prometheus.test',
    });
  });
});

describe('words', () => {
  it('say when an alert fires', () => {
    const kind = kinds.find('prometheus.rule.alerting');
    expect(kind.describe?.({ kind, name: 'x', path: '/for', before: '15m', after: undefined })).toEqual({
      actual: 'fires after 0s',
      expected: 'says 15m',
    });
  });
});
