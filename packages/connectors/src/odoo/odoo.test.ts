import { readFileSync } from 'node:fs';
import { testConnector } from '@leeway/connector-kit/test-contract.ts';
import { RecordingFile, type RecordingInput } from '@leeway/connector-kit/testing/recording.ts';
import { runScenario, type Scenario } from '@leeway/connector-kit/testing/scenario.ts';
import { indexKinds, type Json } from '@leeway/core';
import { describe, expect, it } from 'vitest';
import { connector } from './index.ts';

/** Planted as password, as API key and as the value of a system parameter. */
const marker = 'Tr0ub4dor-and-3';
const recorded = (name: string) =>
  RecordingFile.parse(JSON.parse(readFileSync(new URL(`recordings/${name}.json`, import.meta.url), 'utf8'))).recordings;
const variables = { PASSWORD: marker };
const settings = {
  'json-2': { url: 'http://erp.test', database: 'noordzee', passwordFrom: 'PASSWORD' },
  jsonrpc: {
    url: 'http://erp.test',
    database: 'noordzee',
    protocol: 'jsonrpc',
    user: 'leeway',
    passwordFrom: 'PASSWORD',
  },
};
const kinds = [
  'odoo.ir.config_parameter',
  'odoo.ir.cron',
  'odoo.ir.model.access',
  'odoo.ir.rule',
  'odoo.res.company',
  'odoo.stock.warehouse',
  'odoo.account.journal',
  'odoo.res.config.settings',
  'odoo.stock.route',
];

const read = (protocol: 'json-2' | 'jsonrpc'): Scenario => ({
  name: protocol,
  settings: { ...settings[protocol], kinds },
  variables,
  recordings: recorded(`read-${protocol}`),
  lists: ['', '/result', '/result/*/groups'],
  resources: 15,
});
const write = (protocol: 'json-2' | 'jsonrpc') => ({
  name: `a scheduled action through ${protocol}`,
  settings: { ...settings[protocol], writable: true },
  variables,
  recordings: recorded(`write-${protocol}`),
  change: {
    kind: 'odoo.ir.cron',
    key: 'stock.ir_cron_scheduler_action',
    path: '/interval_number',
    expected: 1,
    value: 4,
  },
});

testConnector('odoo', connector, {
  secrets: [marker],
  scenarios: [read('json-2'), read('jsonrpc')],
  failures: [{ name: 'a key that is not set', settings: settings['json-2'], codes: ['LW3055'] }],
  writes: [
    write('json-2'),
    write('jsonrpc'),
    {
      ...write('json-2'),
      name: 'a reference by its name',
      recordings: recorded('write-name'),
      change: {
        kind: 'odoo.account.journal',
        key: 'Noordzee Distributie BV/INV',
        path: '/default_account_id',
        expected: '400000 Product Sales',
        value: '400100 Services',
      },
    },
  ],
});

describe('both protocols', () => {
  it('say the same', async () => {
    const [two, rpc] = [await runScenario(connector, read('json-2')), await runScenario(connector, read('jsonrpc'))];
    expect(rpc.resources).toEqual(two.resources);
  });
});

/** The first answer of JSON-RPC, or the one to a call of a method, replaced by an error. */
function refused(name: string, hit: number): Scenario {
  const recordings = recorded('read-jsonrpc').map((recording, index): RecordingInput => {
    if (index !== hit) return recording;
    const error = { code: 200, message: 'Odoo Server Error', data: { name, message: `no: ${marker}`, debug: marker } };
    return { ...recording, response: { json: { jsonrpc: '2.0', id: 1, error } } };
  });
  return { ...read('jsonrpc'), recordings };
}

describe('errors that come with status 200', () => {
  it.each([
    ['odoo.exceptions.AccessDenied', 'LW3002'],
    ['odoo.exceptions.AccessError', 'LW3003'],
    ['builtins.KeyError', 'LW3007'],
    ['<script>', 'LW3007'],
  ])('%s is %s', async (name, code) => {
    const run = await runScenario(connector, refused(name, 1));
    expect(run.notices).toMatchObject([{ problem: { code } }]);
    expect(run.complete).toEqual([]);
    expect(JSON.stringify(run.notices)).not.toContain(marker);
    expect(JSON.stringify(run.notices)).not.toContain('<script>');
  });

  it('leave the other kinds alone', async () => {
    const run = await runScenario(connector, refused('odoo.exceptions.AccessError', 8));
    expect(run.notices).toHaveLength(1);
    expect(run.complete).toHaveLength(kinds.length - 1);
  });

  it('say that a log-in is refused', async () => {
    const recordings = recorded('read-jsonrpc').map((recording, index): RecordingInput => {
      return index === 0 ? { ...recording, response: { json: { jsonrpc: '2.0', id: 1, result: false } } } : recording;
    });
    const run = await runScenario(connector, { ...read('jsonrpc'), recordings });
    expect(run.notices).toMatchObject([{ problem: { code: 'LW3002' } }]);
  });
});

describe('what is read', () => {
  it('goes by the names of modules, never by numbers or by names of an export', async () => {
    const { resources } = await runScenario(connector, read('json-2'));
    expect(resources.filter(({ kind }) => kind === 'odoo.ir.cron').map(({ key }) => key)).toEqual([
      'stock.ir_cron_scheduler_action',
      'EDI: fetch partner orders',
    ]);
    const own = resources.find(({ key }) => key === 'sale.order/custom');
    expect(own).toMatchObject({ kind: 'odoo.ir.model.access', attributes: { model_id: 'sale.order', group_id: null } });
  });

  it('says what each company has of its own', async () => {
    const { resources } = await runScenario(connector, read('json-2'));
    const leads = resources.filter(({ kind }) => kind === 'odoo.res.config.settings');
    expect(leads.map(({ key, attributes }) => [key, attributes['po_lead']])).toEqual([
      ['all companies', undefined],
      ['Noordzee Distributie BV', 2],
      ['Noordzee Logistik GmbH', 3],
    ]);
  });

  it('keeps a parameter whose key says secret as a digest, and who changed it', async () => {
    const { resources } = await runScenario(connector, read('json-2'));
    expect(resources.find(({ key }) => key === 'edi.api_key')).toMatchObject({
      attributes: { value: { $secret: expect.any(String) } },
      origin: { actor: 'admin@example.test', at: '2026-03-01T10:00:00Z' },
    });
  });
});

describe('words', () => {
  const index = indexKinds(connector.kinds);
  it.each<[string, string, Json | undefined, Json | undefined, string]>([
    ['ir.config_parameter', '/value', '12', '14', 'has value 14 / has 12'],
    ['ir.cron', '/active', true, false, 'is switched off / lets it run'],
    [
      'res.config.settings',
      '/group_stock_multi_locations',
      false,
      true,
      'has stock multi locations switched on / has it switched off',
    ],
    [
      'stock.warehouse',
      '/delivery_steps',
      'ship_only',
      'pick_ship',
      'has steps of delivery through output / has directly',
    ],
    ['ir.rule', '/domain_force', 'a', undefined, 'has no condition / has a'],
  ])('of %s %s', (name, path, before, after, words) => {
    const kind = index.find(`odoo.${name}`);
    const said = kind.describe?.({ kind, name: 'x', path, before, after });
    expect(`${said?.actual} / ${said?.expected}`).toBe(words);
  });
});

describe('settings', () => {
  it.each([
    { ...settings['json-2'], user: 'leeway' },
    { ...settings.jsonrpc, user: undefined },
    { ...settings['json-2'], url: 'https://a:b@erp.test' },
  ])('%j are refused', (given) => expect(connector.settings.safeParse(given).success).toBe(false));
});
