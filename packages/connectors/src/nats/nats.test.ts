import { readFileSync } from 'node:fs';
import { testConnector } from '@leeway/connector-kit/test-contract.ts';
import { RecordingFile } from '@leeway/connector-kit/testing/recording.ts';
import { runScenario, type Scenario } from '@leeway/connector-kit/testing/scenario.ts';
import { compareAttributes, indexKinds, type Resource } from '@leeway/core';
import { afterAll, describe, expect, it } from 'vitest';
import { parseNatsConf } from './conf.ts';
import { formatNanoseconds } from './duration.ts';
import { connector } from './index.ts';
import { type Answers, startFakeServer, startTcpServer } from './testing/fake-server.ts';

const marker = 'Tr0ub4dor-and-3';
const file = (name: string) => readFileSync(new URL(`recordings/${name}`, import.meta.url), 'utf8');
const { recordings } = RecordingFile.parse(JSON.parse(file('server.json')));
const conf = file('nats.conf').replace('wms-pw', marker);
const kinds = indexKinds(connector.kinds);

interface Detail {
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly consumer_detail: readonly object[];
}
const jsz = recordings.find(({ request }) => request.url.includes('/jsz'))?.response.json as never as {
  readonly account_details: readonly { readonly stream_detail: readonly Detail[] }[];
};
const streams = jsz.account_details.flatMap(({ stream_detail }) => stream_detail);

/** What the client API says of the same streams. */
const answers: Answers = {
  'STREAM.LIST': { total: streams.length, offset: 0, streams: streams.map(({ config }) => ({ config })) },
  ...Object.fromEntries(
    streams.map(({ name, consumer_detail }) => [
      `CONSUMER.LIST.${name}`,
      { total: consumer_detail.length, consumers: consumer_detail },
    ]),
  ),
};

const running = await startFakeServer(answers, { pass: marker });
afterAll(() => running.stop());

const signIn = { username: 'leeway', passwordFrom: 'PASSWORD' };
const variables = { PASSWORD: marker };

function broken(
  name: string,
  start: () => Promise<{ readonly url: string; stop(): Promise<void> }>,
  timeout = 5,
): Scenario {
  return {
    name,
    settings: {},
    variables,
    async start() {
      const { url, stop } = await start();
      return { settings: { url, timeout, ...signIn }, stop };
    },
  };
}

const monitored: Scenario = {
  name: 'a server, by its monitoring port',
  settings: { monitor: 'http://nats.test', name: 'events' },
  recordings: recordings.map((each) => ({
    ...each,
    request: { ...each.request, url: each.request.url.replace(/^http:\/\/[^/]+/, 'http://nats.test') },
  })),
  lists: ['/account_details', '/account_details/*/stream_detail', '/account_details/*/stream_detail/*/consumer_detail'],
  resources: 6,
};

testConnector('nats', connector, {
  secrets: [marker],
  scenarios: [
    monitored,
    { name: 'an account, by a client', settings: { url: running.url, ...signIn }, variables, resources: 5 },
    { name: 'a configuration', settings: { files: 'nats.conf' }, files: { 'nats.conf': conf }, resources: 4 },
    {
      name: 'files of streams',
      settings: { streams: 'streams/*.json' },
      files: {
        'streams/a.json': JSON.stringify({ config: streams[0]?.config, state: { messages: 3 } }),
        'streams/b.json': JSON.stringify(streams[1]?.config),
      },
      resources: 2,
    },
  ],
  failures: [
    { ...broken('a wrong password', () => startFakeServer(answers, { pass: 'other' })), codes: ['LW3002'] },
    {
      ...broken('a subject that is denied', () => startFakeServer({ ...answers, 'STREAM.LIST': 'denied' })),
      codes: ['LW3003'],
    },
    { ...broken('an answer that is no JSON', () => startFakeServer({ 'STREAM.LIST': '{' })), codes: ['LW3006'] },
    {
      ...broken('another shape', () => startFakeServer({ 'STREAM.LIST': { total: 1, streams: [{}] } })),
      codes: ['LW3006'],
    },
    {
      ...broken('a list that ends too soon', () => startFakeServer({ 'STREAM.LIST': { total: 3, streams: [] } })),
      codes: ['LW3006'],
    },
    {
      ...broken('servers that did not answer', () =>
        startFakeServer({ 'STREAM.LIST': { total: 0, streams: [], missing: ['ORDERS'] } }),
      ),
      codes: ['LW3006'],
    },
    {
      ...broken('an error of the server', () =>
        startFakeServer({ 'STREAM.LIST': { error: { code: 500, err_code: 10_008, description: 'x' } } }),
      ),
      codes: ['LW3007'],
    },
    { ...broken('a server that hangs up', () => startTcpServer((socket) => socket.destroy())), codes: ['LW3001'] },
    { ...broken('a server that never answers', () => startTcpServer(() => undefined), 0.3), codes: ['LW3005'] },
    {
      ...broken('a web server', () => startTcpServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))),
      codes: ['LW3001', 'LW3006'],
    },
    { name: 'nobody there', settings: { url: 'nats://127.0.0.1:1' }, codes: ['LW3001'] },
    {
      name: 'a credential that is not set',
      settings: { url: 'nats://127.0.0.1:1', tokenFrom: 'NO' },
      codes: ['LW3055'],
    },
    { name: 'no file fits', settings: { files: 'x.conf' }, files: {}, codes: ['LW2001'] },
    { name: 'a bracket left open', settings: { files: 'a' }, files: { a: 'jetstream {\n' }, codes: ['LW2005'] },
    { name: 'a list left open', settings: { files: 'a' }, files: { a: 'users: [{user: a}\n' }, codes: ['LW2005'] },
    { name: 'quotes left open', settings: { files: 'a' }, files: { a: 'a: "b\n' }, codes: ['LW2005'] },
    { name: 'brackets without end', settings: { files: 'a' }, files: { a: 'a{'.repeat(100_000) }, codes: ['LW2007'] },
    {
      name: 'lists without end',
      settings: { files: 'a' },
      files: { a: `a: ${'['.repeat(100_000)}` },
      codes: ['LW2007'],
    },
    { name: 'a file that includes itself', settings: { files: 'a' }, files: { a: 'include a' }, codes: ['LW2007'] },
    {
      name: 'an include that is not there',
      settings: { files: 'a' },
      files: { a: "include './b'" },
      codes: ['LW2001'],
    },
    {
      name: 'a stream without a name',
      settings: { streams: 'a.json' },
      files: { 'a.json': '{"x": 1}' },
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

const only = (found: ReadonlyMap<string, Resource>, pattern: RegExp) =>
  new Map([...found].filter(([name]) => pattern.test(name)));

describe('the doors of one server', () => {
  const live = () => read(monitored);
  const fromConf = (text: string) => read({ settings: { files: 'a', name: 'events' }, files: { a: text } });

  it('tell the same streams', async () => {
    const byClient = await read({ settings: { url: running.url, ...signIn }, variables });
    expect(differences(byClient, only(await live(), /stream|consumer/))).toEqual([]);
  });

  it('tell the same settings as the file', async () => {
    const declared = only(await fromConf(conf), /server/);
    expect(differences(declared, only(await live(), /server/))).toEqual([]);
    const other = conf
      .replace('max_payload: 2MB', 'MAX_PAYLOAD = 2048kib # the same')
      .replace('ping_interval: "30s"', 'ping_interval 30')
      .replace('max_connections', 'max_conn')
      .replace('max_memory_store: 64MB', 'max_mem = 67108864; ');
    expect(differences(declared, only(await fromConf(other), /server/))).toEqual([]);
  });

  it.each<[string, string, string, string]>([
    ['a limit', 'max_payload: 2MB', 'max_payload: 3MB', 'nats.server events/maxPayload'],
    ['a default that was changed', 'max_connections: 500', '', 'nats.server events/maxConnections'],
    ['nobody asked', 'authorization {', 'x {', 'nats.server events/authRequired'],
    ['storage', 'max_file_store: 1GB', 'max_file_store: 2GB', 'nats.server events/jetstream/maxStorage'],
    ['a right', '"orders.>", "shipments.>"', '">"', 'nats.user wms/publish/allow'],
    ['a password', marker, 'other', 'nats.user wms/password'],
    ['a user', 'user: admin', 'user: root', '- nats.user admin'],
  ])('differ by %s', async (_, from, to, found) => {
    expect(conf).toContain(from);
    const changed = differences(await fromConf(conf), await fromConf(conf.replace(from, to)));
    expect(changed.join('\n')).toContain(found);
  });

  it('have no streams where nobody serves JetStream', async () => {
    const run = await runScenario(
      connector,
      broken('no JetStream', () => startFakeServer({})),
    );
    expect(run.notices).toEqual([]);
    expect(run.complete).toEqual(['nats.stream', 'nats.consumer']);
  });

  it('are not whole when the port tells fewer streams than it counts', async () => {
    const shortened = recordings.map((each) =>
      each.request.url.includes('/jsz')
        ? { ...each, response: { ...each.response, json: { streams: 3, account_details: [] } } }
        : each,
    );
    const run = await runScenario(connector, { ...monitored, recordings: rename(shortened) });
    expect(run.notices.map(({ kind }) => kind)).toEqual(['nats.stream', 'nats.consumer']);
    expect(run.complete).toEqual(['nats.server']);
  });
});

const rename = (all: typeof recordings) =>
  all.map((each) => ({
    ...each,
    request: { ...each.request, url: each.request.url.replace(/^http:\/\/[^/]+/, 'http://nats.test') },
  }));

describe('the configuration language', () => {
  const parse = async (text: string, variables: Readonly<Record<string, string>> = {}) => {
    const include = async (path: string) => ({ ok: true, value: { included: path } }) as const;
    const found = await parseNatsConf(text, { file: 'f', include, variable: (name) => variables[name] });
    return found.ok ? found.value : found.problems[0]?.code;
  };

  it.each<[string, unknown]>([
    ['a: 1\nb = 2 # x\nc 3 // y\n', { a: 1, b: 2, c: 3 }],
    ['{a: on, b: "on", c: false}', { a: true, b: 'on', c: false }],
    ['a: 1k, b: 1kb, c: 1KiB; d: 2MB', { a: 1000, b: 1024, c: 1024, d: 2_097_152 }],
    ['a: [1 2\n3, {b: x}]', { a: [1, 2, 3, { b: 'x' }] }],
    ['x: 5\na { y: $x }', { x: 5, a: { y: 5 } }],
    ['a: $TOKEN\nb: $NOPE', { a: 't', b: '$NOPE' }],
    ['p: $2a$11$abc.def', { p: '$2a$11$abc.def' }],
    ['a: "x\\ty\\x41", b: \'\\t\'', { a: 'x\tyA', b: '\\t' }],
    ['a: (\nline one\nline two\n)\nb: 1', { a: 'line one\nline two', b: 1 }],
    ['include "./other.conf"\na: 1', { included: './other.conf', a: 1 }],
    ['listen: 127.0.0.1:4222', { listen: '127.0.0.1:4222' }],
    ['', {}],
    ['a: }', 'LW2005'],
    ['} a', 'LW2005'],
    ['a: 1 }', 'LW2005'],
  ])('%j', async (text, value) => expect(await parse(text, { TOKEN: 't' })).toEqual(value));
});

describe('durations', () => {
  it.each([
    [0, '0s'],
    [30e9, '30s'],
    [90e9, '1m30s'],
    [86_400e9, '24h'],
    [1.5e9, '1s500ms'],
    [1500, '1µs500ns'],
  ])('%d ns are %s', (nanoseconds, words) => expect(formatNanoseconds(nanoseconds)).toBe(words));
});

describe('settings', () => {
  it.each([
    [{}],
    [{ files: 'a', url: 'nats://a.test' }],
    [{ url: 'http://a.test' }],
    [{ url: 'nats://u:p@a.test' }],
    [{ url: 'nats://a.test', username: 'u' }],
    [{ url: 'nats://a.test', tokenFrom: 'A', credentialsFrom: 'B' }],
  ])('%j are refused', (settings) => expect(connector.settings.safeParse(settings).success).toBe(false));

  it('are found for files and addresses alone', () => {
    expect(connector.standalone?.({ paths: ['a.conf'], head: conf })?.confidence).toBe(0.9);
    expect(connector.standalone?.({ paths: ['nats-1.conf'], head: '' })?.confidence).toBe(0.8);
    expect(connector.standalone?.({ paths: ['a.conf'], head: 'server {' })?.confidence).toBe(0);
    expect(connector.standalone?.({ url: 'nats://a.test' })?.settings).toMatchObject({ url: 'nats://a.test' });
    expect(connector.standalone?.({ url: 'http://a.test' })).toBeUndefined();
  });
});

describe('words', () => {
  const said = (kindName: string, path: string, after: unknown) => {
    const kind = kinds.find(kindName);
    return kind.describe?.({ kind, name: 'x', path, before: undefined, after: after as never })?.actual;
  };
  it.each<[string, string, unknown, string]>([
    ['nats.stream', '/max_age', '24h', 'keeps messages for 24h'],
    ['nats.stream', '/max_age', undefined, 'keeps messages for ever'],
    ['nats.stream', '/num_replicas', 3, 'has 3 copies'],
    ['nats.consumer', '/max_deliver', -1, 'is sent a message again and again'],
    ['nats.server', '/authRequired', false, 'lets anybody connect'],
  ])('%s%s %s', (kind, path, after, words) => expect(said(kind, path, after)).toBe(words));
});
