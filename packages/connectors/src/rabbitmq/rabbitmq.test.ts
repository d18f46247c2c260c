import { readFileSync } from 'node:fs';
import { testConnector } from '@leeway/connector-kit/test-contract.ts';
import { RecordingFile, type RecordingInput } from '@leeway/connector-kit/testing/recording.ts';
import { runScenario, type Scenario } from '@leeway/connector-kit/testing/scenario.ts';
import { compareAttributes, indexKinds, type Resource } from '@leeway/core';
import { describe, expect, it } from 'vitest';
import { connector } from './index.ts';
import { kindNames, rabbitmqKinds } from './kinds.ts';

const marker = 'Tr0ub4dor-and-3';
const hash = 'hash-of-a-password';
const file = (name: string) => readFileSync(new URL(`recordings/${name}`, import.meta.url), 'utf8');
const recordingsOf = (name: string) =>
  RecordingFile.parse(JSON.parse(file(name).replaceAll('shovel:secret@', `shovel:${marker}@`))).recordings;
const kinds = indexKinds(connector.kinds);
const exported = file('exported.json').replaceAll('shovel:secret@', `shovel:${marker}@`);

const accessKinds = ['user', 'permission', 'topic-permission', 'feature-flag'].map((kind) => `rabbitmq.${kind}`);

const broker: Scenario = {
  name: 'a running broker, by a monitoring user',
  settings: {
    url: 'http://rabbitmq.test',
    username: 'reader',
    passwordFrom: 'PASSWORD',
    kinds: kindNames.filter((kind) => !accessKinds.includes(kind)),
  },
  variables: { PASSWORD: marker },
  recordings: recordingsOf('broker.json'),
  lists: ['', '/items', '/*/tags', '/*/enabled_plugins'],
};

const access: Scenario = {
  name: 'its users, by an administrator',
  settings: { url: 'http://rabbitmq.test/', username: 'auditor', passwordFrom: 'PASSWORD', kinds: accessKinds },
  variables: { PASSWORD: marker },
  recordings: recordingsOf('access.json'),
  lists: ['', '/*/tags'],
};

const definitions: Scenario = {
  name: 'exported definitions',
  settings: { files: 'mq/*.json' },
  files: { 'mq/definitions.json': exported },
};

testConnector('rabbitmq', connector, {
  secrets: [marker, hash],
  scenarios: [broker, access, definitions],
  failures: [
    {
      name: 'a reader without the tag monitoring, whose lists would be partial',
      settings: { url: 'http://rabbitmq.test' },
      recordings: [answer('whoami', { name: 'app', tags: ['management'] })],
      codes: ['LW3003'],
    },
    {
      name: 'a credential that is not set',
      settings: { url: 'http://rabbitmq.test', tokenFrom: 'TOKEN' },
      codes: ['LW3055'],
    },
    { name: 'another document', settings: { files: '*.json' }, files: { 'a.json': '{"a": []}' }, codes: ['LW2009'] },
    {
      name: 'a queue without a virtual host',
      settings: { files: '*.json' },
      files: { 'a.json': '{"queues": [{"name": "q", "durable": true}]}' },
      codes: ['LW2009'],
    },
  ],
});

function answer(path: string, json: unknown, status = 200): RecordingInput {
  return { request: { url: `http://rabbitmq.test/api/${path}` }, response: { status, json: json as never } };
}

async function read(scenario: Omit<Scenario, 'name'>): Promise<ReadonlyMap<string, Resource>> {
  const run = await runScenario(connector, { name: 'x', ...scenario });
  expect(run.notices).toEqual([]);
  return new Map(run.resources.map((resource) => [`${resource.kind} ${resource.key}`, resource]));
}

function differences(left: ReadonlyMap<string, Resource>, right: ReadonlyMap<string, Resource>): readonly string[] {
  const names = [...new Set([...left.keys(), ...right.keys()])].sort();
  return names.flatMap((name) => {
    const [before, after] = [left.get(name), right.get(name)];
    if (!before || !after) return [`${before ? '-' : '+'} ${name}`];
    const found = compareAttributes(kinds.find(before.kind), before.attributes, after.attributes);
    return found.map(({ path }) => name + path);
  });
}

const spoken = (found: ReadonlyMap<string, Resource>) =>
  new Map([...found].filter(([name]) => !/^rabbitmq\.(?:broker|feature-flag) /.test(name)));

describe('a broker and the definitions it exported', () => {
  it('are the same', async () => {
    const live = new Map([...(await read(broker)), ...(await read(access))]);
    expect(differences(await read(definitions), spoken(live))).toEqual([]);
  });

  it('differ in nothing for numbers in quotes, left out defaults and tags in the old form', async () => {
    const other = JSON.parse(exported);
    for (const queue of other.queues) delete queue.auto_delete;
    for (const exchange of other.exchanges) delete exchange.internal;
    for (const user of other.users) user.tags = user.tags.join(',');
    for (const policy of other.policies) policy.definition = quoteNumbers(policy.definition);
    const files = { 'a.json': JSON.stringify(other) };
    expect(differences(await read({ settings: { files: 'a.json' }, files }), await read(definitions))).toEqual([]);
  });

  it.each<[string, string, string, string]>([
    ['a limit', '"max-queues":50', '"max-queues":60', 'rabbitmq.vhost-limits edi/max-queues'],
    ['a user limit', '"limits":{"max-connections":40}', '"limits":{}', '- rabbitmq.user-limits order-api'],
    ['a pattern', '"read":"^in"', '"read":".*"', 'rabbitmq.permission edi:edi-gateway/read'],
    ['a queue type', '"x-max-priority":5', '"x-queue-type":"stream"', 'rabbitmq.queue wms:orders.priority/type'],
    [
      'a condition',
      '"document":"850"',
      '"document":"855"',
      '- rabbitmq.binding edi:partners to queue in.orders for "" {"document":"850","x-match":"all"}',
    ],
    ['a password', `shovel:${marker}@`, 'shovel:other-pw@', 'rabbitmq.parameter shovel edi:asn-to-partner/value'],
  ])('differ by %s', async (_, from, to, found) => {
    expect(exported).toContain(from);
    const files = { 'a.json': exported.replace(from, to) };
    const changed = await read({ settings: { files: 'a.json' }, files });
    expect(differences(await read(definitions), changed).join('\n')).toContain(found);
  });
});

function quoteNumbers(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typeof value === 'number' ? String(value) : value]),
  );
}

describe('what lists leave out without a word', () => {
  const settings = { url: 'http://rabbitmq.test', kinds: ['rabbitmq.parameter', 'rabbitmq.queue'] };
  const refused = { error: 'not_authorised', reason: 'User not authorised to access virtual host' };
  const peek = '?page=1&page_size=1&columns=name';
  const queues = (vhost: string) =>
    `queues/${vhost}?disable_stats=true&columns=name,vhost,type,durable,auto_delete,exclusive,arguments&page=1&page_size=500`;

  it('is not called complete', async () => {
    const page = { items: [], page_count: 1, total_count: 0 };
    const run = await runScenario(connector, {
      name: 'x',
      settings,
      recordings: [
        answer('whoami', { name: 'reader', tags: 'monitoring,policymaker' }),
        answer('vhosts', [{ name: 'wms' }, { name: 'edi' }]),
        answer('parameters', []),
        answer(`exchanges/wms${peek}`, page),
        answer(`exchanges/edi${peek}`, refused, 401),
        answer(queues('wms'), page),
        answer(queues('edi'), refused, 401),
      ],
    });
    expect(run.transport.unexpected).toEqual([]);
    expect(run.notices.map(({ kind, problem }) => [kind, problem.code])).toEqual([
      ['rabbitmq.queue', 'LW3003'],
      ['rabbitmq.parameter', 'LW3003'],
    ]);
    expect(run.complete).toEqual([]);
  });

  it('shows when a list grew while it was read', async () => {
    const item = { name: 'q', vhost: 'wms', durable: true, type: 'quorum', arguments: {} };
    const run = await runScenario(connector, {
      name: 'x',
      settings: { url: 'http://rabbitmq.test', kinds: ['rabbitmq.queue'], vhosts: 'w*' },
      recordings: [
        answer('whoami', { name: 'reader', tags: ['monitoring'] }),
        answer('vhosts', [{ name: 'wms' }, { name: 'edi' }]),
        answer(queues('wms'), { items: [item], page_count: 1, total_count: 2 }),
      ],
    });
    expect(run.resources).toHaveLength(1);
    expect(run.notices.map(({ problem }) => problem.message)).toEqual([expect.stringContaining('changed while')]);
    expect(run.complete).toEqual([]);
  });
});

describe('names', () => {
  it('keep virtual hosts apart, and leave out what comes and goes with clients', async () => {
    const queue = (vhost: string, name: string, more = {}) => ({ vhost, name, durable: true, arguments: [], ...more });
    const files = {
      'a.json': JSON.stringify({
        queues: [
          queue('a:b', 'c'),
          queue('a', 'b:c'),
          queue('a', 'amq.gen-1'),
          queue('a', 'mine', { exclusive: true }),
          queue('a', 'passing', { auto_delete: true }),
        ],
      }),
    };
    const keys = async (settings: object) =>
      [...(await read({ settings: { files: 'a.json', ...settings }, files })).keys()].sort();
    expect(await keys({})).toEqual(['rabbitmq.queue a%3Ab:c', 'rabbitmq.queue a:b:c']);
    expect(await keys({ temporary: true })).toContain('rabbitmq.queue a:passing');
  });

  it('are those of the kinds that settings may choose', () => {
    expect(rabbitmqKinds.map(({ name }) => name)).toEqual([...kindNames]);
  });
});

describe('settings', () => {
  it.each([
    [{}],
    [{ files: 'a', url: 'http://a.test' }],
    [{ url: 'http://u:p@a.test' }],
    [{ url: 'http://a.test', username: 'u' }],
    [{ url: 'http://a.test', kinds: ['queue'] }],
  ])('%j are refused', (settings) => expect(connector.settings.safeParse(settings).success).toBe(false));

  it('are found for files and addresses alone', () => {
    expect(connector.standalone?.({ paths: ['d.json'], head: exported.slice(0, 100) })?.confidence).toBeGreaterThan(
      0.9,
    );
    expect(connector.standalone?.({ paths: ['d.json'], head: '{}' })?.confidence).toBe(0);
    expect(connector.standalone?.({ url: 'http://rabbit.test' })?.settings).toMatchObject({
      url: 'http://rabbit.test',
    });
    expect(connector.standalone?.({ url: 'amqp://rabbit.test' })).toBeUndefined();
  });
});

describe('words', () => {
  const said = (kindName: string, path: string, before: unknown, after: unknown) => {
    const kind = kinds.find(kindName);
    return kind.describe?.({ kind, name: 'x', path, before: before as never, after: after as never })?.actual;
  };
  it.each<[string, string, unknown, unknown, string]>([
    ['rabbitmq.queue', '/arguments/x-max-length', 10, 20, 'keeps at most 20 messages'],
    ['rabbitmq.queue', '/arguments/x-message-ttl', 10, undefined, 'has no message-ttl'],
    ['rabbitmq.queue', '/durable', true, false, 'does not survive a restart'],
    ['rabbitmq.permission', '/write', '^a', '^$', 'may write to nothing'],
    ['rabbitmq.user', '/hasPassword', true, false, 'has no password'],
    ['rabbitmq.user', '/tags', [], ['administrator'], 'is tagged administrator'],
    ['rabbitmq.vhost-limits', '/max-connections', 5, undefined, 'allows any number of connections'],
    ['rabbitmq.policy', '/pattern', '^a', '.*', 'applies to .*'],
  ])('%s%s', (kind, path, before, after, words) => expect(said(kind, path, before, after)).toBe(words));
});
