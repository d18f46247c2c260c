import { readFileSync } from 'node:fs';
import { testConnector } from '@leeway/connector-kit/test-contract.ts';
import { runScenario, type Scenario } from '@leeway/connector-kit/testing/scenario.ts';
import { compareAttributes, indexKinds, type Resource } from '@leeway/core';
import { afterAll, describe, expect, it } from 'vitest';
import { type NamedAcl, seesEveryTopic } from './acls.ts';
import { clusterResource } from './cluster.ts';
import type { Library } from './connect.ts';
import { connector } from './index.ts';
import { type KafkaRecording, type Running, startReplay, startServer } from './testing/replay.ts';

const marker = 'Tr0ub4dor-and-3';
const recordingOf = (name: string): KafkaRecording =>
  JSON.parse(readFileSync(new URL(`recordings/${name}.json`, import.meta.url), 'utf8'));
const kinds = indexKinds(connector.kinds);
const variables = { PASSWORD: marker };
const signIn = { username: 'leeway', passwordFrom: 'PASSWORD' };

const running = await startReplay(recordingOf('cluster'));
afterAll(() => running.stop());

const cluster: Omit<Scenario, 'name'> = { settings: { brokers: running.address, ...signIn }, variables };

function broken(name: string, start: () => Promise<Running>, settings: object = signIn): Scenario {
  return {
    name,
    settings: {},
    variables,
    async start() {
      const { address, stop } = await start();
      return { settings: { brokers: [address], ...settings }, stop };
    },
  };
}

const topics = `topics:
  orders: { partitions: 6, replicas: 1 }
  stock:
    partitions: 3
    config: { cleanup.policy: compact, segment.ms: 3600000 }
  edi-inbound: { replicationFactor: 1, config: { max.message.bytes: 2097152 } }
`;

/** The same as an operator's objects, with one of another kind among them. */
const objects = `kind: KafkaTopic
metadata: { name: orders }
spec: { partitions: 6, replicas: 1 }
---
kind: KafkaUser
metadata: { name: wms }
---
kind: KafkaTopic
metadata: { name: stock-levels }
spec: { topicName: stock, partitions: 3, config: { cleanup.policy: compact, segment.ms: "3600000" } }
---
kind: KafkaTopic
metadata: { name: edi-inbound }
spec: { config: { max.message.bytes: 2097152, preallocate: false } }
`;

testConnector('kafka', connector, {
  secrets: [marker],
  scenarios: [
    { name: 'a running cluster', ...cluster, resources: 10 },
    { name: 'topics', settings: { files: 'topics.yaml' }, files: { 'topics.yaml': topics }, resources: 3 },
    { name: "an operator's objects", settings: { files: '*.yaml' }, files: { 'a.yaml': objects }, resources: 3 },
    {
      name: 'a list of topics',
      settings: { files: '*.yml' },
      files: { 'a.yml': 'topics: [{ name: a }, { name: b, partitions: 2 }]\n', 'b.yml': '# none\n' },
      resources: 2,
    },
  ],
  failures: [
    { ...broken('a wrong password', () => startReplay(recordingOf('refused'))), codes: ['LW3002'] },
    {
      ...broken('a user who may see little', () => startReplay(recordingOf('denied')), { ...signIn, username: 'wms' }),
      codes: ['LW3003'],
    },
    { ...broken('a broker that hangs up', () => startServer((socket) => socket.destroy())), codes: ['LW3001'] },
    {
      ...broken('a broker that never answers', () => startServer(() => undefined), { ...signIn, timeout: 0.3 }),
      codes: ['LW3005'],
    },
    {
      ...broken('a web server', () => startServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')), {
        ...signIn,
        timeout: 0.3,
      }),
      codes: ['LW3001', 'LW3005', 'LW3006'],
    },
    { name: 'nobody there', settings: { brokers: '127.0.0.1:1' }, codes: ['LW3001'] },
    { name: 'a credential that is not set', settings: { brokers: 'a.test:1', tokenFrom: 'NO' }, codes: ['LW3055'] },
    { name: 'no file fits', settings: { files: 'x.yaml' }, files: {}, codes: ['LW2001'] },
    { name: 'another document', settings: { files: '*' }, files: { 'a.yaml': 'a: 1\n' }, codes: ['LW2009'] },
    {
      name: 'no whole number',
      settings: { files: '*' },
      files: { 'a.yaml': 'topics: { a: { partitions: many } }\n' },
      codes: ['LW2009'],
    },
  ],
});

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

describe('a cluster and the files its topics were made from', () => {
  const live = async () => new Map([...(await read(cluster))].filter(([name]) => name.startsWith('kafka.topic ')));
  const declared = (text: string) => read({ settings: { files: 'a.yaml' }, files: { 'a.yaml': text } });

  it('are the same, defaults written out or not, numbers or texts', async () => {
    expect(differences(await declared(topics), await live())).toEqual([]);
    expect(differences(await declared(objects), await live())).toEqual([]);
  });

  it.each<[string, string, string, string]>([
    ['partitions', 'partitions: 6', 'partitions: 12', 'kafka.topic orders/partitions'],
    ['copies', 'replicas: 1', 'replicas: 3', 'kafka.topic orders/replicas'],
    ['a setting', '3600000', '7200000', 'kafka.topic stock/config/segment.ms'],
    ['a setting left out', ', segment.ms: 3600000', '', 'kafka.topic stock/config/segment.ms'],
    ['a name', 'stock:', 'stocks:', '- kafka.topic stocks'],
  ])('differ by %s', async (_, from, to, found) => {
    expect(differences(await declared(topics.replace(from, to)), await live()).join('\n')).toContain(found);
  });
});

describe('what was read of a cluster', () => {
  it('is what was set on its brokers, without what is theirs alone', async () => {
    const found = await read(cluster);
    const { config, brokers } = found.get('kafka.cluster kafka')?.attributes ?? {};
    expect(brokers).toBe(1);
    expect(config).toMatchObject({ 'auto.create.topics.enable': 'false', 'sasl.enabled.mechanisms': 'PLAIN' });
    expect(Object.keys(Object(config)).filter((name) => /node\.id|listeners|log\.dir|jaas|super/.test(name))).toEqual(
      [],
    );
  });

  it('is its ACLs and quotas in words', async () => {
    const found = await read(cluster);
    expect(found.has('kafka.acl allow User:leeway describe configs cluster kafka-cluster')).toBe(true);
    expect(found.get('kafka.quota user wms')?.attributes).toEqual({ producer_byte_rate: 1_048_576 });
  });

  it('is nothing but requests that were recorded', async () => {
    await read(cluster);
    expect(running.unexpected).toEqual([]);
  });

  it('is told broker by broker where they disagree', () => {
    const library = { ConfigSources: { DEFAULT_CONFIG: 5, STATIC_BROKER_CONFIG: 4 } } as never as Library;
    const broker = (resourceName: string, settings: Readonly<Record<string, string>>) => ({
      resourceType: 4 as const,
      resourceName,
      configs: Object.entries(settings).map(([name, value]) => ({
        name,
        value,
        configSource: 4 as const,
        isSensitive: false,
        synonyms: [{ name, value: 'standard', source: 5 as const }],
      })),
    });
    const brokers = [broker('1', { a: 'x', b: 'y', c: 'standard' }), broker('2', { a: 'x', b: 'z', d: 'w' })];
    const { attributes } = clusterResource('k', { brokers: 2, racks: 0 }, brokers as never, library);
    expect(attributes['config']).toEqual({ a: 'x', b: { '1': 'y', '2': 'z' }, d: { '2': 'w' } });
  });
});

describe('topics that nobody may see', () => {
  const acl = (fields: Partial<NamedAcl>): NamedAcl => ({
    principal: 'User:leeway',
    host: '*',
    permission: 'allow',
    operation: 'describe',
    resourceType: 'topic',
    resourceName: '*',
    pattern: 'literal',
    ...fields,
  });
  it.each<[string, readonly NamedAcl[], boolean]>([
    ['everything', [acl({})], true],
    ['one topic', [acl({ resourceName: 'orders' })], false],
    ['a prefix', [acl({ resourceName: 'wms', pattern: 'prefixed' })], false],
    ['settings only', [acl({ operation: 'describe configs' })], false],
    ['everything, as everybody', [acl({ resourceName: 'orders' }), acl({ principal: 'User:*' })], true],
    ['nothing that is written, as a super user', [acl({ principal: 'User:other', resourceName: 'a' })], true],
  ])('are none for a user who may see %s: %#', (_, acls, whole) => expect(seesEveryTopic(acls, 'leeway')).toBe(whole));
});

describe('settings', () => {
  it.each([
    [{}],
    [{ files: 'a', brokers: 'a:1' }],
    [{ brokers: 'a' }],
    [{ brokers: ['a:1'], username: 'u' }],
    [{ brokers: ['a:1'], username: 'u', passwordFrom: 'P', tokenFrom: 'T' }],
  ])('%j are refused', (settings) => expect(connector.settings.safeParse(settings).success).toBe(false));

  it('are found for files and addresses alone', () => {
    expect(connector.standalone?.({ paths: ['a.yaml'], head: topics })?.confidence).toBe(0.9);
    expect(connector.standalone?.({ paths: ['a.yaml'], head: objects })?.confidence).toBe(0.9);
    expect(connector.standalone?.({ paths: ['a.yaml'], head: 'kind: Deployment\n' })?.confidence).toBe(0);
    expect(connector.standalone?.({ url: 'kafka://a.test:9092' })?.settings).toMatchObject({
      brokers: ['a.test:9092'],
    });
    expect(connector.standalone?.({ url: 'http://a.test' })).toBeUndefined();
  });
});

describe('words', () => {
  const said = (kindName: string, path: string, after: unknown) => {
    const kind = kinds.find(kindName);
    return kind.describe?.({ kind, name: 'x', path, before: undefined, after: after as never });
  };
  it.each<[string, string, unknown, string, string]>([
    ['kafka.topic', '/config/retention.ms', '3600000', 'keeps messages for 1 hours', 'keeps messages for 7 days'],
    ['kafka.topic', '/config/retention.ms', '-1', 'keeps messages for ever', 'keeps messages for 7 days'],
    ['kafka.topic', '/config/cleanup.policy', 'compact', 'keeps the last message of each key', 'cleans up by delete'],
    ['kafka.topic', '/replicas', 3, 'keeps 3 copies', 'keeps nothing copies'],
    ['kafka.quota', '/producer_byte_rate', 5, 'may send 5 bytes a second', 'has no such limit'],
  ])('%s%s %s', (kind, path, after, actual, expected) => expect(said(kind, path, after)).toEqual({ actual, expected }));
});
