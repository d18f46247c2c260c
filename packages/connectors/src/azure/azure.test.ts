import { readFileSync } from 'node:fs';
import { testConnector } from '@leeway/connector-kit/test-contract.ts';
import { digestBody, type RecordingInput } from '@leeway/connector-kit/testing/recording.ts';
import { runScenario, type Scenario } from '@leeway/connector-kit/testing/scenario.ts';
import { compareAttributes, indexKinds, type Resource } from '@leeway/core';
import { describe, expect, it } from 'vitest';
import { connector as terraform } from '../terraform/index.ts';
import { connector } from './index.ts';

type Row = Record<string, string>;
const file = (name: string) => readFileSync(new URL(`recordings/${name}`, import.meta.url), 'utf8');
const rows: Record<string, Row[]> = JSON.parse(file('rows.json'));
const state = file('state.json');
const secret = 'Tr0ub4dor-and-3';
const subscription = '11111111-2222-3333-4444-555555555555';
const management = 'https://management.azure.com';

const columns = 'id, name, type, kind, location, resourceGroup, subscriptionId, sku, identity, zones, tags, properties';
const ofTypes = (...types: string[]) =>
  `resources | where type in~ (${types.map((type) => `'${type}'`).join(', ')}) | project ${columns} | order by id asc`;
const ofRoles = (type: string) =>
  `authorizationresources | where type =~ 'microsoft.authorization/${type}' | project id, name, type, properties | order by id asc`;
const identities =
  'resources | extend principal = coalesce(tostring(identity.principalId), tostring(properties.principalId)) | where isnotempty(principal) | project id, name, principal | order by id asc';

const networkTypes = [
  'virtualnetworks',
  'networksecuritygroups',
  'routetables',
  'publicipaddresses',
  'loadbalancers',
  'privateendpoints',
];
const queries = {
  networks: ofTypes(...networkTypes.map((type) => `microsoft.network/${type}`)),
  data: ofTypes(
    'microsoft.storage/storageaccounts',
    'microsoft.keyvault/vaults',
    'microsoft.sql/servers',
    'microsoft.sql/servers/databases',
    'microsoft.dbforpostgresql/flexibleservers',
    'microsoft.dbformysql/flexibleservers',
    'microsoft.containerservice/managedclusters',
    'microsoft.containerregistry/registries',
  ),
  operations: ofTypes(
    'microsoft.insights/metricalerts',
    'microsoft.insights/actiongroups',
    'microsoft.recoveryservices/vaults',
    'microsoft.managedidentity/userassignedidentities',
  ),
  definitions: ofRoles('roledefinitions'),
  identities,
  assignments: ofRoles('roleassignments'),
};

/** One page of Resource Graph, as https://learn.microsoft.com/rest/api/azureresourcegraph/resourcegraph/resources/resources has it. */
function graph(
  query: string,
  data: readonly Row[],
  { token, next, status }: { token?: string; next?: string; status?: number } = {},
): RecordingInput {
  const options = { resultFormat: 'objectArray', $top: 1000, ...(token && { $skipToken: token }) };
  const body = JSON.stringify({ subscriptions: [subscription], query, options });
  return {
    request: {
      method: 'POST',
      url: `${management}/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01`,
      bodyDigest: digestBody(body),
    },
    response: {
      ...(status && { status }),
      json: {
        totalRecords: data.length,
        count: data.length,
        resultTruncated: 'false',
        facets: [],
        data: [...data],
        ...(next && { $skipToken: next }),
      },
    },
  };
}

const everything = Object.entries(queries).map(([name, query]) => graph(query, rows[name] ?? []));

const filter = encodeURIComponent("eventTimestamp ge '2026-11-16T08:00:00.000Z'");
const select = encodeURIComponent('caller,eventTimestamp,resourceId,operationName,status,authorization,claims');
const log = `${management}/subscriptions/${subscription}/providers/Microsoft.Insights/eventtypes/management/values?api-version=2015-04-01&$filter=${filter}&$select=${select}`;
const activity: RecordingInput[] = [
  { request: { url: log }, response: { json: { value: [], nextLink: `${log}&$skiptoken=1` } } },
  { request: { url: `${log}&$skiptoken=1` }, response: { json: { value: rows['events'] ?? [] } } },
];

const form = new URLSearchParams({
  grant_type: 'client_credentials',
  client_id: 'reader',
  client_secret: secret,
  scope: `${management}/.default`,
});
const token: RecordingInput = {
  request: {
    method: 'POST',
    url: 'https://login.microsoftonline.com/northwind.example/oauth2/v2.0/token',
    bodyDigest: digestBody(form.toString()),
  },
  response: { json: { token_type: 'Bearer', expires_in: 3599, access_token: 'a-bearer-token' } },
};

const signedIn = {
  subscriptions: { wms: subscription },
  tenant: 'northwind.example',
  client: 'reader',
  clientSecretFrom: 'SECRET',
};
const variables = { SECRET: secret, TOKEN: 'a-bearer-token' };

const whole: Scenario = {
  name: 'a subscription, as an app registration',
  settings: signedIn,
  variables,
  recordings: [token, ...activity, ...everything],
  lists: ['/data', '/value'],
  resources: 20,
};

const named: Scenario = {
  name: 'a subscription by its addresses, with a token',
  settings: {
    subscriptions: { wms: subscription },
    tokenFrom: 'TOKEN',
    attribution: 0,
    addresses: { state: 'state.json' },
  },
  variables,
  files: { 'state.json': state },
  recordings: everything,
  lists: ['/data'],
  resources: 20,
};

testConnector('azure', connector, {
  secrets: [secret, 'a-bearer-token'],
  scenarios: [whole, named],
  failures: [
    { name: 'a secret that is not set', settings: signedIn, codes: ['LW3055'] },
    {
      name: 'a secret that is not the one',
      settings: signedIn,
      variables,
      recordings: [{ ...token, response: { status: 400, json: { error: 'unauthorized_client' } } }],
      codes: ['LW3002'],
    },
    {
      name: 'no state with addresses',
      settings: { ...(named.settings as object), addresses: { state: 'none.json' } },
      variables,
      codes: ['LW2001'],
    },
  ],
});

const byName = (resources: readonly Resource[]) =>
  new Map(resources.map((found) => [`${found.kind} ${found.key}`, found]));

describe('what a state keeps and what Azure tells', () => {
  const kinds = indexKinds(terraform.kinds);

  it('are the same', async () => {
    const declared = await runScenario(terraform, {
      name: 'x',
      settings: { state: 'state.json' },
      files: { 'state.json': state },
    });
    const observed = byName((await runScenario(connector, named)).resources);
    const differences = declared.resources.flatMap(({ kind, key, attributes }) => {
      const after = observed.get(`${kind} ${key}`);
      if (!after) return [`- ${kind} ${key}`];
      return compareAttributes(kinds.find(kind), attributes, after.attributes).map(
        ({ path }) => `${kind} ${key}${path}`,
      );
    });
    expect(declared.resources).toHaveLength(7);
    expect(differences).toEqual([]);
  });
});

describe('names', () => {
  it('say group and resource, and who may do what where', async () => {
    const keys = [...byName((await runScenario(connector, whole)).resources).keys()];
    expect(keys).toContain('azurerm_network_security_group rg-wms-prod/nsg-erp-prod');
    expect(keys).toContain('azurerm_subnet rg-wms-prod/vnet-wms-prod/private');
    expect(keys).toContain('azurerm_mssql_database rg-wms-prod/sql-erp-prod/erp');
    expect(keys).toContain('azurerm_role_assignment Reader/rg-wms-prod/id-wms-prod');
    expect(keys).toContain(
      'azurerm_role_assignment Warehouse operator/subscription/dddddddd-0000-0000-0000-000000000001',
    );
    expect(keys.filter((key) => key.includes('master'))).toEqual([]);
  });

  it('come with who changed what, when and how', async () => {
    const found = byName((await runScenario(connector, whole)).resources).get(
      'azurerm_network_security_group rg-wms-prod/nsg-erp-prod',
    );
    expect(found?.origin).toMatchObject({
      actor: 'jan.visser@northwind.example',
      at: '2026-11-22T21:14:05.123Z',
      via: 'the Azure portal',
    });
  });
});

describe('pages', () => {
  const only = { ...(named.settings as object), addresses: undefined, kinds: ['azurerm_route_table'] };
  const query = ofTypes('microsoft.network/routetables');
  const table = (rows['networks'] ?? []).filter(({ name }) => name === 'rt-wms-prod');

  it('are followed to the end', async () => {
    const second = table.map((row) => ({ ...row, name: 'rt-two' }));
    const recordings = [graph(query, table, { next: 'two' }), graph(query, second, { token: 'two' })];
    const run = await runScenario(connector, { name: 'x', settings: only, variables, recordings });
    expect(run.resources.map(({ key }) => key)).toEqual(['rg-wms-prod/rt-wms-prod', 'rg-wms-prod/rt-two']);
    expect(run.complete).toEqual(['azurerm_route_table']);
  });

  it('that are throttled leave their kinds unchecked, and no other', async () => {
    const settings = { ...only, kinds: ['azurerm_route_table', 'azurerm_role_assignment'] };
    const recordings = [graph(query, table, { status: 429 }), ...everything.slice(3)];
    const run = await runScenario(connector, { name: 'x', settings, variables, recordings });
    expect(run.notices.map(({ kind, problem }) => [kind, problem.code])).toEqual([['azurerm_route_table', 'LW3004']]);
    expect(run.complete).toEqual(['azurerm_role_assignment']);
  });
});

describe('settings', () => {
  it.each([
    [{}],
    [{ subscriptions: {}, tokenFrom: 'A' }],
    [{ subscriptions: { a: 'wms' }, tokenFrom: 'A' }],
    [{ subscriptions: { a: subscription } }],
    [{ subscriptions: { a: subscription }, tokenFrom: 'A', managedIdentity: true }],
    [{ subscriptions: { a: subscription }, clientSecretFrom: 'A' }],
  ])('%j are refused', (settings) => expect(connector.settings.safeParse(settings).success).toBe(false));
});
