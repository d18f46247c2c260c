import { testConnector } from '@leeway/connector-kit/test-contract.ts';
import { runScenario, type Scenario } from '@leeway/connector-kit/testing/scenario.ts';
import { expect, it } from 'vitest';
import { connector } from './index.ts';

const marker = 'Tr0ub4dor-and-3';
const answer = (path: string, json: unknown) => ({
  request: { url: `http://grafana.test/api/${path}` },
  response: { json: json as never },
});
const rule = {
  title: 'Orders stuck',
  ruleGroup: 'orders',
  condition: 'A',
  for: '5m',
  data: [{ refId: 'A', model: { expr: 'orders_open > 0' } }],
  labels: { severity: 'page' },
};

/** Written after the published API's own examples. */
const server: Scenario = {
  name: 'a server',
  settings: { url: 'http://grafana.test/', tokenFrom: 'TOKEN' },
  variables: { TOKEN: marker },
  recordings: [
    answer('folders?limit=1000&page=1', [{ id: 1, uid: 'nErXDvCkzz', title: 'Warehouse' }]),
    answer('search?type=dash-db&limit=1000&page=1', [{ uid: 'b' }, { uid: 'a' }]),
    answer('dashboards/uid/a', {
      dashboard: { id: 3, uid: 'a', title: 'Orders', version: 7, panels: [{ id: 1, title: 'Open', type: 'stat' }] },
      meta: { folderTitle: 'Warehouse', updatedBy: 'clerk', updated: '2026-05-04T10:00:00Z' },
    }),
    answer('dashboards/uid/b', {
      dashboard: { id: 4, uid: 'b', title: 'Orders', version: 1 },
      meta: { folderTitle: 'Warehouse' },
    }),
    answer('datasources', [
      {
        id: 1,
        uid: 'p',
        name: 'Prometheus',
        type: 'prometheus',
        url: 'http://prometheus:9090',
        secureJsonFields: { httpHeaderValue1: true },
      },
    ]),
    answer('v1/provisioning/alert-rules', [rule]),
    answer('v1/provisioning/contact-points', [
      {
        uid: 'c',
        name: 'ops',
        type: 'webhook',
        settings: { url: `https://hook.example/${marker}`, httpMethod: 'POST' },
      },
    ]),
  ],
  lists: [''],
  resources: 6,
};

const files: Scenario = {
  name: 'provisioning files and a dashboard',
  settings: { files: 'grafana/**' },
  files: {
    'grafana/sources.yaml': `apiVersion: 1\ndatasources:\n  - {name: Prometheus, type: prometheus, url: 'http://prometheus:9090', secureJsonData: {httpHeaderValue1: ${marker}}}\n`,
    'grafana/alerts.yaml': `apiVersion: 1\ngroups:\n  - {name: orders, folder: Warehouse, interval: 1m, rules: [${JSON.stringify(rule)}]}\ncontactPoints:\n  - {name: ops, receivers: [{uid: c, type: webhook, settings: {url: 'https://hook.example/${marker}'}}]}\n`,
    'grafana/orders.json': JSON.stringify({ title: 'Orders', panels: [] }),
  },
  resources: 4,
};

testConnector('grafana', connector, {
  secrets: [marker],
  scenarios: [server, files],
  failures: [
    { name: 'another document', settings: { files: '*.yaml' }, files: { 'a.yaml': 'a: 1' }, codes: ['LW2009'] },
    { name: 'a credential that is not set', settings: server.settings, codes: ['LW3055'] },
  ],
});

it('reads the same from a server and from its files, and who changed a dashboard', async () => {
  const [live, declared] = [await runScenario(connector, server), await runScenario(connector, files)];
  for (const kind of ['grafana.data-source', 'grafana.alert-rule']) {
    const of = (run: typeof live) => run.resources.find((resource) => resource.kind === kind);
    expect(of(live)?.attributes).toEqual(of(declared)?.attributes);
    expect(of(live)?.key).toBe(of(declared)?.key);
  }
  expect(live.resources.map(({ key }) => key)).toContain('Warehouse/Orders #2');
  expect(live.resources.find(({ origin }) => origin?.id === 'a')?.origin).toMatchObject({ actor: 'clerk' });
});
