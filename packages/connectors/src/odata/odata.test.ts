import { readFileSync } from 'node:fs';
import { createReadContext } from '@leeway/connector-kit';
import { testConnector } from '@leeway/connector-kit/test-contract.ts';
import { memoryFiles } from '@leeway/connector-kit/testing/memory-files.ts';
import { RecordingFile, type RecordingInput } from '@leeway/connector-kit/testing/recording.ts';
import { runScenario, type Scenario, testSeal } from '@leeway/connector-kit/testing/scenario.ts';
import type { Resource } from '@leeway/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rebase } from './client.ts';
import { connector } from './index.ts';
import { parseMetadata } from './metadata.ts';
import { fromOData, toLiteral, toOData, withoutFields } from './value.ts';

// The password of the throw-away service the recordings were made with.
const marker = 'Tr0ub4dor-and-3';
const recorded = (name: string) =>
  RecordingFile.parse(JSON.parse(readFileSync(new URL(`recordings/${name}.json`, import.meta.url), 'utf8'))).recordings;
const variables = { PASSWORD: marker };
const settings = (version: 2 | 4, user = 'leeway') => ({
  url: `http://s4.test/odata/v${version}/parameters`,
  version,
  username: user,
  passwordFrom: 'PASSWORD',
});
const both = {
  PlantParameters: {},
  CompanyCodes: { expand: ['Taxes'], ignore: ['Taxes/ID', 'Taxes/Company_CompanyCode'] },
};

const read = (version: 2 | 4): Scenario => ({
  name: `a CAP service, version ${version}`,
  settings: { ...settings(version), entitySets: both },
  variables,
  recordings: recorded(`read-v${version}`),
  lists: ['/value', '/value/*/Taxes', '/d/results', '/d/results/*/Taxes/results'],
  resources: 7,
});

/** The shape Dynamics 365 Finance and Operations answers in; made by hand after its documentation. */
const dynamics: Scenario = {
  name: 'Dynamics 365 with client credentials and paging by the reader',
  settings: {
    url: 'https://erp.test/data',
    query: { 'cross-company': 'true' },
    oauth: {
      tokenUrl: 'https://login.test/token',
      clientId: 'leeway',
      clientSecretFrom: 'PASSWORD',
      scope: 'https://erp.test/.default',
    },
    entitySets: {
      Warehouses: {
        key: ['dataAreaId', 'WarehouseId'],
        select: ['WarehouseName'],
        filter: "dataAreaId ne 'dat'",
        pageSize: 2,
      },
    },
  },
  variables,
  resources: 3,
  lists: ['/value'],
  recordings: [
    {
      request: { method: 'POST', url: 'https://login.test/token', bodyDigest: 'ee8311f70414f7a6' },
      response: { json: { token_type: 'Bearer', access_token: 'eyJ0.marker' } },
    },
    ...[
      [
        '',
        [
          { dataAreaId: 'nlmf', WarehouseId: '11', WarehouseName: 'Venlo' },
          { dataAreaId: 'nlmf', WarehouseId: '12', WarehouseName: 'Tilburg' },
        ],
      ],
      ['&%24skip=2', [{ dataAreaId: 'demf', WarehouseId: '11', WarehouseName: 'Duisburg' }]],
    ].map(
      ([skip, value]): RecordingInput => ({
        request: {
          url: `https://erp.test/data/Warehouses?cross-company=true&%24select=WarehouseName%2CdataAreaId%2CWarehouseId&%24filter=dataAreaId%20ne%20'dat'&%24orderby=dataAreaId%2CWarehouseId&%24top=2${skip}`,
        },
        response: { json: { '@odata.context': 'https://erp.test/data/$metadata#Warehouses', value } as never },
      }),
    ),
  ],
};

const writing = (version: 2 | 4) => ({
  name: `one property, version ${version}`,
  settings: { ...settings(version, 'keyuser'), entitySets: { PlantParameters: {} }, writable: true },
  variables,
  recordings: recorded(`write-v${version}`),
});
const waveSize = { kind: 'odata.PlantParameters', key: '1000/WMS/WAVE_SIZE' };

testConnector('odata', connector, {
  secrets: [marker, 'eyJ0.marker'],
  scenarios: [read(4), read(2), dynamics],
  failures: [
    { name: 'a password that is not set', settings: { ...settings(4), entitySets: both }, codes: ['LW3055'] },
    {
      name: 'a set that is not there',
      settings: { ...settings(4), entitySets: { Plants: {} } },
      variables,
      recordings: recorded('read-v4').slice(0, 1),
      codes: ['LW3006'],
    },
  ],
  writes: [
    { ...writing(4), change: { ...waveSize, path: '/Threshold', expected: '12.500', value: '15.250' } },
    { ...writing(2), change: { ...waveSize, path: '/ValidFrom', expected: '2026-01-01', value: '2026-02-01' } },
  ],
});

describe('both versions', () => {
  it('say the same of the same records', async () => {
    const [four, two] = [await runScenario(connector, read(4)), await runScenario(connector, read(2))];
    const bare = ({ kind, key, attributes }: Resource) => ({ kind, key, attributes });
    expect(two.resources.map(bare)).toEqual(four.resources.map(bare));
    expect(four.resources[0]).toMatchObject({
      key: '1000/ATP_HORIZON',
      origin: { actor: 'keyuser', at: expect.stringMatching(/Z$/) },
    });
  });

  it('keep numbers of many digits and decimals as they are', async () => {
    const { resources } = await runScenario(connector, read(4));
    const found = resources.find(({ key }) => key === '1000/WMS/WAVE_SIZE');
    expect(found?.attributes).toMatchObject({
      Quota: '9007199254740993',
      Threshold: '12.500',
      ValidFrom: '2026-01-01',
    });
    expect(Object.keys(found?.attributes ?? {})).not.toContain('modifiedAt');
  });
});

/** SAP Gateway: a token for the asking, cookies with it, 403 without either; after its documentation. */
async function writeToGateway(status: number): Promise<{ sent: Headers | undefined; result: unknown }> {
  let sent: Headers | undefined;
  const record = {
    Plant: '1000',
    Value: '40',
    __metadata: { uri: 'https://internal.test/sap/P(%271000%27)', etag: 'W/"1"' },
  };
  using context = createReadContext({
    environment: 'test',
    system: 'OData',
    files: memoryFiles({}),
    seal: testSeal,
    variable: () => marker,
    async fetch(input, init) {
      if (init?.method === 'POST') {
        sent = new Headers(init.headers);
        expect(String(input)).toBe('https://s4.test/sap/P(%271000%27)?sap-client=100');
        return new Response(null, { status });
      }
      if (new Headers(init?.headers).get('x-csrf-token') === 'Fetch') {
        const headers = new Headers({ 'x-csrf-token': 'token-1' });
        headers.append('set-cookie', 'SAP_SESSIONID=abc; path=/; HttpOnly');
        headers.append('set-cookie', 'sap-usercontext=sap-client=100; path=/');
        return new Response('{"d":{"EntitySets":["P"]}}', { headers });
      }
      return Response.json({ d: { results: [record] } });
    },
  });
  const given = {
    ...settings(2),
    url: 'https://s4.test/sap',
    query: { 'sap-client': '100' },
    entitySets: { P: { key: ['Plant'] } },
    writable: true,
  };
  const change = { kind: 'odata.P', key: '1000', path: '/Value', expected: '40', value: '60' };
  const result = await connector.write?.(change, connector.settings.parse(given), context);
  return { sent, result };
}

describe('writing to SAP Gateway', () => {
  it('brings token, cookies and the version of the record', async () => {
    const { sent, result } = await writeToGateway(204);
    expect(result).toMatchObject({ ok: true });
    expect(Object.fromEntries(sent ?? [])).toMatchObject({
      'x-csrf-token': 'token-1',
      cookie: 'SAP_SESSIONID=abc; sap-usercontext=sap-client=100',
      'if-match': 'W/"1"',
      'x-http-method': 'MERGE',
    });
  });

  it.each([
    [412, 'LW3161'],
    [400, 'LW3164'],
    [403, 'LW3003'],
  ])('tells what %i means', async (status, code) => {
    expect((await writeToGateway(status)).result).toMatchObject({ ok: false, problems: [{ code }] });
  });
});

describe('links', () => {
  const service = { root: 'https://s4.test/sap/opu/P/' };
  it.each([
    ['Plants?$skiptoken=2', 'https://s4.test/sap/opu/P/Plants?$skiptoken=2'],
    ['https://evil.test/sap/opu/P/Plants?$skiptoken=2', 'https://s4.test/sap/opu/P/Plants?$skiptoken=2'],
    ['http://10.0.0.1:8000/internal/Plants?x=1', 'https://s4.test/sap/opu/P/Plants?x=1'],
  ])('%s is followed at the source: %s', (link, expected) => expect(rebase(link, service)).toBe(expected));

  it('that lead in a circle end', async () => {
    const [metadata] = recorded('read-v4');
    const page = { value: [], '@odata.nextLink': 'PlantParameters' };
    const url = 'http://s4.test/odata/v4/parameters/PlantParameters';
    const run = await runScenario(connector, {
      name: 'x',
      settings: { ...settings(4), entitySets: { PlantParameters: {} } },
      variables,
      recordings: [...(metadata ? [metadata] : []), { request: { url }, response: { json: page } }],
    });
    expect(run.notices).toMatchObject([{ problem: { code: 'LW3006' } }]);
    expect(run.complete).toEqual([]);
  });
});

describe('$metadata', () => {
  const document = (schema: string) =>
    `<?xml version="1.0"?><x:Edmx xmlns:x="e"><x:DataServices>${schema}</x:DataServices></x:Edmx>`;

  it('hands keys down to derived types', () => {
    const text = document(
      `<Schema Namespace="N"><EntityType Name="Base"><Key><PropertyRef Name="Id"/></Key><Property Name="Id" Type="Edm.Guid"/></EntityType>
       <EntityType Name="Plant" BaseType="N.Base"><Property Name='A&amp;B' Type='Edm.String'/></EntityType><EntityType Name="None"/>
       <EntityContainer Name="C"><EntitySet Name="Plants" EntityType="N.Plant"/></EntityContainer></Schema>`,
    );
    const parsed = parseMetadata(text, 'x');
    expect(parsed.ok && parsed.value.get('Plants')).toEqual({
      key: ['Id'],
      properties: new Map([
        ['A&B', 'Edm.String'],
        ['Id', 'Edm.Guid'],
      ]),
    });
  });

  it('that is none, or a type that inherits from itself, does no harm', () => {
    expect(parseMetadata('<html><body>Sign in</body></html>', 'x').ok).toBe(false);
    const circle = document(
      `<Schema Namespace="N"><EntityType Name="A" BaseType="N.A"/><EntitySet Name="S" EntityType="N.A"/></Schema>`,
    );
    expect(parseMetadata(circle, 'x')).toMatchObject({ ok: true });
    fc.assert(fc.property(fc.string(), (text) => void parseMetadata(text, 'x')));
    expect(parseMetadata(`<a ${'b="c" '.repeat(50_000)}`, 'x').ok).toBe(false);
  });
});

describe('values', () => {
  it.each([
    ['/Date(1767225600000)/', '2026-01-01'],
    ['/Date(1767229200000)/', '2026-01-01T01:00:00.000Z'],
    ['/Date(1767225600000+0000)/', '2026-01-01T00:00:00.000Z'],
    ['/Date(999999999999999)/', '33658-09-27'],
    ['/Date(x)/', '/Date(x)/'],
    ['PT8H', 'PT8H'],
  ])('%s is %s', (text, expected) => expect(String(fromOData(text))).toContain(expected));

  it('of version 2 are written as they were read', () => {
    expect(toOData('2026-02-01', '/Date(1767225600000)/')).toBe('/Date(1769904000000)/');
    expect(toOData('2026-02-01', '2026-01-01')).toBe('2026-02-01');
    expect(toOData(undefined, 'x')).toBe(null);
  });

  it.each([
    ["O'NEILL", 'Edm.String', 4, "'O''NEILL'"],
    ['8d915a87-2fc1-4d54-be92-bc5c8931ab6b', 'Edm.Guid', 2, "guid'8d915a87-2fc1-4d54-be92-bc5c8931ab6b'"],
    ['8d915a87-2fc1-4d54-be92-bc5c8931ab6b', 'Edm.Guid', 4, '8d915a87-2fc1-4d54-be92-bc5c8931ab6b'],
    ['5', 'Edm.Int64', 2, '5L'],
  ] as const)('%s (%s) in version %i is the literal %s', (value, type, version, expected) => {
    expect(toLiteral(value, type, version)).toBe(expected);
  });

  it('that are not compared are left out at any depth', () => {
    expect(withoutFields({ a: 1, b: [{ c: 1, d: 2 }], e: null }, ['a', 'b/c', 'e/f', 'g'])).toEqual({
      b: [{ d: 2 }],
      e: null,
    });
  });
});
