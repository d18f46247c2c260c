import { collect, findKind, type ReadContext, sealWith } from '@leeway/connector-kit';
import { testConnector } from '@leeway/connector-kit/test-contract.ts';
import { memoryFiles } from '@leeway/connector-kit/testing/memory-files.ts';
import { compareAttributes, type Json, type JsonObject } from '@leeway/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expandKeys } from './expand-keys.ts';
import { connector } from './index.ts';
import { settingsKinds } from './kinds.ts';
import { settingsFilesSettings } from './schema.ts';

const seal = sealWith('a key for tests only');
const kind = settingsKinds[0]!;

async function read(files: Record<string, string>, given: object = {}) {
  const settings = settingsFilesSettings.parse({ files: ['**'], ...given });
  const context: ReadContext = {
    environment: 'test',
    files: memoryFiles(files),
    fetch: () => Promise.reject(new Error('files are not read over HTTP')),
    guard: (transport) => transport,
    signal: new AbortController().signal,
    now: () => new Date(0),
    seal,
    variable: () => undefined,
  };
  return collect(connector, settings, context);
}

async function attributesOf(file: string, text: string, given: object = {}): Promise<JsonObject> {
  const { resources, notices } = await read({ [file]: text }, given);
  expect(notices).toEqual([]);
  expect(resources).toHaveLength(1);
  return resources[0]!.attributes;
}

async function pathsOf(left: [string, string], right: [string, string], given: object = {}) {
  const differences = compareAttributes(kind, await attributesOf(...left, given), await attributesOf(...right, given));
  return differences.map(({ path }) => path);
}

testConnector('settings files', connector, {
  secrets: ['planted-password', 'planted-pin'],
  scenarios: [
    {
      name: 'every format',
      settings: { files: ['conf/**'], secrets: ['/terminal/pin'] },
      files: {
        'conf/wms.yaml': 'server: { port: 8080 }\nterminal: { pin: planted-pin }\n',
        'conf/edi.json': '{"partners": [{"id": "acme"}], "db": {"password": "planted-password"}}',
        'conf/portal.toml': '[server]\nport = 8080\n',
        'conf/host.ini': '[mysqld]\nmax_connections = 500\npassword = planted-password\n',
        'conf/orders.properties': 'spring.datasource.password=planted-password\nserver.port=8080\n',
        'conf/.env': 'DB_URL=postgres://app:planted-password@db/orders\nLOG_LEVEL=info\n',
      },
      resources: 6,
    },
    {
      name: 'one resource a value',
      settings: { files: '*.env', granularity: 'entry', kind: 'settings.erp' },
      files: { 'erp.env': 'DB_PASSWORD=planted-password\nREGION=eu\n' },
      resources: 2,
    },
  ],
});

describe('the same thing written differently is silent', () => {
  const yaml = 'server:\n  port: 8080\n  tls: true\nhosts:\n  - a\n  - b\nratio: 0.5\nname: WMS\n';
  it.each([
    ['JSON', 'a.json', '{"name":"WMS","ratio":0.5,"hosts":["a","b"],"server":{"tls":true,"port":8080}}'],
    ['TOML', 'a.toml', 'name = "WMS"\nratio = 0.5\nhosts = ["a", "b"]\n[server]\ntls = true\nport = 8080\n'],
    [
      '.properties',
      'a.properties',
      'hosts[0]=a\nhosts[1]=b\nname=WMS\nratio=0.5\nserver.tls=true\nserver.port = 8080\n',
    ],
    ['YAML, quoted', 'b.yml', `name: "WMS"\nratio: '0.5'\nhosts: [a, b]\nserver: {tls: "true", port: "8080"}\n`],
  ])('YAML and %s', async (_, file, text) => {
    expect(await pathsOf(['a.yaml', yaml], [file, text])).toEqual([]);
  });

  it('.env, INI and YAML', async () => {
    const env: [string, string] = ['.env', 'export PORT="8080"\nDEBUG=false\n# a comment\nNAME=\'WMS\'\n'];
    expect(await pathsOf(env, ['a.yaml', 'NAME: WMS\nPORT: 8080\nDEBUG: false\n'])).toEqual([]);
    expect(await pathsOf(env, ['a.ini', 'DEBUG = False\nNAME = "WMS"\nPORT = 8080\n'])).toEqual([]);
  });

  it('INI sections and YAML objects', async () => {
    expect(await pathsOf(['a.ini', '[db]\nhost = x\n'], ['a.yaml', 'db: { host: x }\n'])).toEqual([]);
  });

  it('flat keys with another separator', async () => {
    const env: [string, string] = ['.env', 'Logging__Level=Debug\nLogging__Hosts__Main=x\n'];
    const given = { separator: '__' };
    expect(await pathsOf(env, ['a.json', '{"Logging":{"Hosts":{"Main":"x"},"Level":"Debug"}}'], given)).toEqual([]);
  });

  it('lists that settings call unordered', async () => {
    const given = { unordered: '/allow' };
    expect(await pathsOf(['a.yaml', 'allow: [a, b]\n'], ['b.yaml', 'allow: [b, a]\n'], given)).toEqual([]);
  });

  it('lists whose items have an identity', async () => {
    const left = 'partners:\n  - { id: acme, limit: 5 }\n  - { id: zeta, limit: 7 }\n';
    const right = 'partners:\n  - { limit: 7, id: zeta }\n  - { id: acme, limit: 5 }\n';
    expect(await pathsOf(['a.yaml', left], ['b.yaml', right], { identity: { '/partners': ['id'] } })).toEqual([]);
  });

  it('what settings ignore', async () => {
    const given = { ignore: ['/build', '/**/timestamp'] };
    const left = 'build: 1\na: { timestamp: 1, b: 2 }\n';
    expect(await pathsOf(['a.yaml', left], ['b.yaml', 'build: 2\na: { timestamp: 2, b: 2 }\n'], given)).toEqual([]);
  });
});

describe('what really differs shows, at its path', () => {
  it.each([
    ['a number', 'a: { b: 5 }', 'a: { b: 6 }', ['/a/b']],
    ['a key that is gone', 'a: 1\nb: 2', 'a: 1', ['/b']],
    ['an emptied file', 'a: 1', '# nothing', ['/a']],
    ['versions that are one number', 'version: "1.10"', 'version: "1.1"', ['/version']],
    ['a leading zero', 'code: "0123"', 'code: "123"', ['/code']],
    ['the order of a list', 'steps: [a, b]', 'steps: [b, a]', ['/steps']],
    ['an empty text and none', 'a: ""', 'b: 1', ['/a', '/b']],
    ['a long account number', 'account: 12345678901234567890', 'account: 12345678901234567891', ['/account']],
  ])('%s', async (_, left, right, paths) => {
    expect(await pathsOf(['a.yaml', left], ['b.yaml', right])).toEqual(paths);
  });

  it('inside an item of a list with an identity', async () => {
    const given = { identity: { '/partners': ['id', 'way'] } };
    const list = (limit: number) =>
      `partners:\n  - { id: acme, way: in, limit: 5 }\n  - { id: acme, way: out, limit: ${limit} }\n`;
    expect(await pathsOf(['a.yaml', list(7)], ['b.yaml', list(9)], given)).toEqual(['/partners/acme,out/limit']);
  });
});

describe('keys', () => {
  it('are paths, or what the pattern keeps of them', async () => {
    const files = { 'conf/prod/wms.yaml': 'a: 1', 'conf/prod/other/x.json': '{}' };
    expect((await read(files)).resources.map(({ key }) => key)).toEqual([
      'conf/prod/other/x.json',
      'conf/prod/wms.yaml',
    ]);
    const { resources } = await read(files, { key: 'conf/*/<app>.*' });
    expect(resources.map(({ key }) => key)).toEqual(['conf/prod/other/x.json', 'wms']);
  });

  it('of further documents in a file are numbered', async () => {
    const { resources } = await read({ 'a.yaml': 'a: 1\n---\nb: 2\n' });
    expect(resources.map(({ key }) => key)).toEqual(['a.yaml', 'a.yaml#2']);
  });

  it('of values are their paths, with the line', async () => {
    const { resources } = await read(
      { 'a.yaml': 'db:\n  host: x\n  password: p\n' },
      { granularity: 'entry', secrets: '/db/password' },
    );
    expect(resources).toEqual([
      {
        kind: 'settings.application',
        key: 'a.yaml#/db/host',
        attributes: { name: 'host', value: 'x' },
        origin: { place: 'a.yaml:2' },
      },
      {
        kind: 'settings.application',
        key: 'a.yaml#/db/password',
        attributes: { name: 'password', value: seal('p') },
        origin: { place: 'a.yaml:3' },
      },
    ]);
  });
});

describe('places', () => {
  it('of flat keys are found in the tree made of them', async () => {
    const text = 'a=1\nserver.port=2\nhosts[0].name=3\n';
    const { resources } = await read({ 'a.properties': text }, { granularity: 'entry' });
    expect(resources.map(({ key, origin }) => [key, origin?.place])).toEqual([
      ['a.properties#/a', 'a.properties:1'],
      ['a.properties#/hosts/0/name', 'a.properties:3'],
      ['a.properties#/server/port', 'a.properties:2'],
    ]);
  });
});

describe('problems', () => {
  it.each([
    ['a.yaml', 'a: [1\n', {}, 'LW2005'],
    ['a.yaml', 'a: 1\na: 2\n', {}, 'LW2006'],
    ['a.json', '{"a": 1,}', {}, 'LW2005'],
    ['a.toml', 'a = \n', {}, 'LW2005'],
    ['a.ini', '[a\n', {}, 'LW2005'],
    ['.env', 'no equals sign here\n', {}, 'LW2005'],
    ['a.txt', 'a=1', {}, 'LW2010'],
    ['a.yaml', 'a: 1', { limit: 2 }, 'LW2004'],
    ['a.yaml', 'list: [{ id: a }, { name: b }]', { identity: { '/list': ['id'] } }, 'LW2009'],
    ['a.yaml', 'list: [{ id: a }, { id: a }]', { identity: { '/list': ['id'] } }, 'LW2006'],
  ])('%s: %j', async (file, text, given, code) => {
    const { notices, complete } = await read({ [file]: text, 'good.yaml': 'a: 1' }, given);
    expect(notices[0]?.problem).toMatchObject({ code, place: { file } });
    expect(complete).toEqual([]);
  });

  it('leave the other files readable', async () => {
    const { resources } = await read({ 'a.json': '{', 'b.json': '{}' });
    expect(resources.map(({ key }) => key)).toEqual(['b.json']);
  });

  it('do not come from a format that is named', async () => {
    expect(await attributesOf('a.txt', 'a=1', { format: 'dotenv' })).toEqual({ a: '1' });
  });
});

describe('expanding flat keys', () => {
  it.each([
    [{ 'a.b': '1', 'a.c': '2' }, { a: { b: '1', c: '2' } }],
    [
      { log: 'x', 'log.level': 'y', 'log.level.sub': 'z' },
      { log: 'x', 'log.level': 'y', 'log.level.sub': 'z' },
    ],
    [{ 'a[0].b': '1', 'a[1].b': '2' }, { a: [{ b: '1' }, { b: '2' }] }],
    [{ 'a[0]': '1', 'a[2]': '2' }, { a: { '[0]': '1', '[2]': '2' } }],
    [
      { 'a..b': '1', '.c': '2', 'd.': '3' },
      { 'a..b': '1', '.c': '2', 'd.': '3' },
    ],
    [{ '__proto__.polluted': '1' }, JSON.parse('{"__proto__": {"polluted": "1"}}')],
  ])('%j', (flat, tree) => {
    expect(expandKeys(flat, '.')).toEqual(tree);
    expect(({} as { polluted?: string }).polluted).toBeUndefined();
  });

  it('loses no value, whatever the keys and their order', () => {
    const key = fc
      .array(fc.constantFrom('a', 'b', 'a[0]', 'a[1]', ''), { minLength: 1, maxLength: 4 })
      .map((parts) => parts.join('.'));
    const count = (value: unknown): number =>
      typeof value === 'object' && value !== null
        ? Object.values(value).reduce((sum: number, each) => sum + count(each), 0)
        : 1;
    fc.assert(
      fc.property(fc.uniqueArray(key, { maxLength: 8 }), (keys) => {
        const flat = Object.fromEntries(keys.map((each, index) => [each, `${index}`]));
        const backwards = Object.fromEntries(Object.entries(flat).reverse());
        const tree = expandKeys(flat, '.');
        expect(count(tree)).toBe(keys.length);
        expect(expandKeys(backwards, '.')).toEqual(tree);
      }),
    );
  });
});

describe('words for a change', () => {
  const kind = findKind(connector.kinds, 'settings.erp')!;
  const say = (path: string, before: Json | undefined, after: Json | undefined) =>
    kind.describe?.({ kind, name: 'x', path, before, after });

  it.each<[string, Json | undefined, Json | undefined, string, string]>([
    ['/sales/cutoff', '16:00', '17:00', 'set sales.cutoff to 17:00', 'sets 16:00'],
    ['/partners/fjordmart/retry', undefined, 3, 'set partners.fjordmart.retry to 3', 'does not'],
    ['/sales/cutoff', '16:00', undefined, 'do not set sales.cutoff', 'sets 16:00'],
  ])('%s from %j to %j', (path, before, after, actual, expected) => {
    expect(say(path, before, after)).toEqual({ actual, expected });
  });

  it('are the usual ones for a file as a whole', () => {
    expect(say('', {}, undefined)).toBeUndefined();
  });
});

describe('standing alone', () => {
  it.each([
    [{ paths: ['.env'] }, 0.8],
    [{ paths: ['a.yaml'] }, 0.2],
    [{ paths: ['notes'] }, 0.05],
    [{ url: 'https://x' }, undefined],
  ])('%j', (target, confidence) => {
    expect(connector.standalone?.(target)?.confidence).toBe(confidence);
  });
});
