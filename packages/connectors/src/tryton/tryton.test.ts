import { readFileSync } from 'node:fs';
import { testConnector } from '@leeway/connector-kit/test-contract.ts';
import { RecordingFile } from '@leeway/connector-kit/testing/recording.ts';
import { runScenario, type Scenario, withScenario } from '@leeway/connector-kit/testing/scenario.ts';
import { shuffleRecordings } from '@leeway/connector-kit/testing/shuffle.ts';
import { compareAttributes, indexKinds, type Json, type JsonObject } from '@leeway/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connector } from './index.ts';
import { durationText, fromTryton, toTryton } from './value.ts';

// The password of the throw-away server the recordings were made with.
const marker = 'Tr0ub4dor-and-3';
const recorded = (name: string) =>
  RecordingFile.parse(JSON.parse(readFileSync(new URL(`recordings/${name}.json`, import.meta.url), 'utf8'))).recordings;
const variables = { PASSWORD: marker };
const settings = {
  url: 'http://erp.test:8000/',
  database: 'erp_template',
  user: 'leeway.reader',
  passwordFrom: 'PASSWORD',
};

const reading: Scenario = {
  name: 'two companies',
  settings: {
    ...settings,
    kinds: [
      'tryton.sale.configuration',
      'tryton.account.configuration',
      'tryton.company.company',
      'tryton.ir.sequence',
      'tryton.ir.cron',
      'tryton.account.tax',
      'tryton.account.invoice.payment_term',
    ],
  },
  variables,
  recordings: recorded('configuration'),
  resources: 31,
};
const writing = { settings: { ...settings, user: 'admin', writable: true }, variables };
const shipping = { kind: 'tryton.sale.configuration', key: 'all companies', path: '/sale_shipment_method' };

testConnector('tryton', connector, {
  secrets: [marker],
  scenarios: [reading],
  failures: [{ name: 'a password that is not set', settings, codes: ['LW3055'] }],
  writes: [
    {
      name: 'a method of the sales settings',
      ...writing,
      recordings: recorded('write'),
      change: { ...shipping, expected: 'order', value: 'manual' },
    },
    {
      name: 'a sequence of one company by its name',
      ...writing,
      recordings: recorded('write-name'),
      change: {
        kind: 'tryton.sale.configuration',
        key: 'Noordzee Logistik GmbH',
        path: '/sale_sequence',
        expected: 'Sales',
        value: 'Sales 2027',
      },
    },
  ],
});

/** The recordings with one answer replaced: that of the first request whose answer fits. */
function answering(fits: (result: Json) => boolean, answer: (result: Json) => Json): Scenario {
  const recordings = recorded('configuration').map((recording) => {
    const json = recording.response.json as JsonObject;
    const result = json['result'] ?? null;
    return fits(result)
      ? { ...recording, response: { ...recording.response, json: { ...json, result: answer(result) } } }
      : recording;
  });
  return { ...reading, recordings: recordings as never };
}

const isAccess = (result: Json) => JSON.stringify(result).startsWith('{"account.configuration":{"read"');

describe('what the reader does not see', () => {
  it('is a model without right to read: named, and not complete', async () => {
    const denied = answering(isAccess, (result) => ({ ...(result as JsonObject), 'ir.cron': { read: 0 } }));
    const run = await runScenario(connector, denied);
    expect(run.notices).toMatchObject([
      { kind: 'tryton.ir.cron', problem: { code: 'LW3003', hint: expect.stringContaining('read access to ir.cron') } },
    ]);
    expect(run.complete).not.toContain('tryton.ir.cron');
    expect(run.complete).toContain('tryton.sale.configuration');
    const lines = await withScenario(connector, denied, {}, (parsed, context) =>
      connector.check(parsed as never, context),
    );
    expect(lines.filter(({ ok }) => !ok)).toMatchObject([{ what: 'tryton.ir.cron' }]);
  });

  it('is a company the user was not given: nothing is complete then', async () => {
    const isPreferences = (result: Json) =>
      typeof result === 'object' && result !== null && 'companies' in result && Array.isArray(result.companies);
    const hidden = answering(isPreferences, (result) => ({ ...(result as JsonObject), companies: [1] }));
    const run = await runScenario(connector, hidden);
    expect(run.notices.map(({ problem }) => problem.message)).toEqual([
      expect.stringContaining('Noordzee Logistik GmbH'),
    ]);
    expect(run.complete).toEqual([]);
  });
});

describe('what is read', () => {
  it('does not depend on the order the server answers in', async () => {
    const isList = (result: Json) => Array.isArray(result) && typeof result[0] === 'object';
    const recordings = recorded('configuration').map((recording) => {
      const isOne = isList((recording.response.json as JsonObject)['result'] ?? null);
      return isOne ? (shuffleRecordings([recording], ['/result'])[0] as typeof recording) : recording;
    });
    const shuffled = await runScenario(connector, { ...reading, recordings });
    expect(shuffled.resources).toEqual((await runScenario(connector, reading)).resources);
  });

  it('says what each company has of its own, who changed it and when', async () => {
    const { resources } = await runScenario(connector, reading);
    const found = resources.filter(({ kind }) => kind === 'tryton.account.configuration');
    expect(found.map(({ key, attributes }) => [key, attributes['tax_rounding']])).toEqual([
      ['Noordzee Distributie BV', 'document'],
      ['Noordzee Logistik GmbH', 'line'],
    ]);
    expect(found[0]?.origin).toMatchObject({ actor: 'admin', at: expect.stringMatching(/^2026-\d\d-\d\dT[\d:]+Z$/) });
    expect(
      resources.filter(({ kind }) => kind === 'tryton.ir.cron').map(({ attributes }) => attributes['active']),
    ).toContain(false);
  });

  it('has no row id in any key or value', async () => {
    const { resources } = await runScenario(connector, reading);
    const sequence = resources.find(({ key }) => key === 'Sales/Noordzee Logistik GmbH');
    expect(sequence?.attributes).toMatchObject({
      company: 'Noordzee Logistik GmbH',
      sequence_type: 'Sale',
      prefix: 'DE-',
    });
  });
});

describe('words', () => {
  const kinds = indexKinds(connector.kinds);
  const say = (name: string, before: JsonObject, after: JsonObject) => {
    const kind = kinds.find(name);
    return compareAttributes(kind, before, after).map(({ path, left, right }) => {
      const words = kind.describe?.({
        kind,
        name: 'x',
        path,
        before: left,
        after: right,
        beforeResource: before,
        afterResource: after,
      });
      return `${words?.actual} / ${words?.expected}`;
    });
  };

  it.each<[string, JsonObject, JsonObject, string]>([
    [
      'sale.configuration',
      { sale_shipment_method: 'order' },
      { sale_shipment_method: 'manual' },
      'has shipping of sales by hand / has as soon as the order is processed',
    ],
    ['ir.cron', { active: true }, { active: false }, 'is switched off / lets it run'],
    [
      'ir.cron',
      { interval_number: 1, interval_type: 'hours' },
      { interval_number: 4, interval_type: 'hours' },
      'runs every 4 hours / has it run every hour',
    ],
    ['ir.model.access', { perm_write: false }, { perm_write: true }, 'allows changing / forbids it'],
    ['account.tax', { rate: '0.21' }, { rate: '0.19' }, 'has rate 0.19 / has 0.21'],
    ['ir.sequence', { prefix: 'NL-' }, { prefix: null }, 'has no prefix / has NL-'],
  ])('of %s: %j → %j', (kind, before, after, words) => expect(say(`tryton.${kind}`, before, after)).toEqual([words]));

  it('stay silent about a rate written with other digits', () => {
    expect(
      say('tryton.account.tax', { rate: fromTryton({ __class__: 'Decimal', decimal: '0.210' }) }, { rate: '0.21' }),
    ).toEqual([]);
  });
});

describe('values', () => {
  it.each<[Json, Json]>([
    [{ __class__: 'Decimal', decimal: '100' }, '100'],
    [{ __class__: 'Decimal', decimal: '1.500' }, '1.5'],
    [{ __class__: 'date', year: 2026, month: 1, day: 9 }, '2026-01-09'],
    [{ __class__: 'datetime', year: 2026, month: 1, day: 9, hour: 8, minute: 5, second: 0 }, '2026-01-09T08:05:00Z'],
    [{ __class__: 'timedelta', seconds: 14400 }, 'PT4H'],
    [
      { __class__: 'unheard of', a: 1 },
      { __class__: 'unheard of', a: 1 },
    ],
  ])('%j is %j', (value, expected) => expect(fromTryton(value)).toEqual(expected));

  it('of times come back as they were', () => {
    fc.assert(
      fc.property(fc.nat(1e7), (seconds) => {
        expect(toTryton('timedelta', durationText(seconds))).toEqual({ __class__: 'timedelta', seconds });
      }),
    );
  });

  it.each([
    ['integer', '5'],
    ['boolean', 1],
    ['numeric', 'ten'],
    ['date', '9 January'],
    ['binary', 'x'],
    ['timedelta', '4 hours'],
  ])('are not written to a field of type %s as %j', (type, value) => expect(toTryton(type, value)).toBeUndefined());
});
