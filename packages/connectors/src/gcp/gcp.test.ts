import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { testConnector } from '@leeway/connector-kit/test-contract.ts';
import { digestBody, type RecordingInput } from '@leeway/connector-kit/testing/recording.ts';
import { runScenario, type Scenario } from '@leeway/connector-kit/testing/scenario.ts';
import { compareAttributes, indexKinds, type Resource } from '@leeway/core';
import { describe, expect, it } from 'vitest';
import { connector as terraform } from '../terraform/index.ts';
import { connector } from './index.ts';
import { signInToGoogle } from './sign-in.ts';

type Asset = Record<string, string>;
const file = (name: string) => readFileSync(new URL(`recordings/${name}`, import.meta.url), 'utf8');
const assets: Record<string, Asset[]> = JSON.parse(file('assets.json'));
const state = file('state.json');
const secret = 'Tr0ub4dor-and-3';
const scope = 'projects/northwind-prod';

const types = {
  networks: ['Firewall', 'Network', 'Subnetwork', 'Route', 'ForwardingRule'].map(
    (name) => `compute.googleapis.com/${name}`,
  ),
  data: [
    'storage.googleapis.com/Bucket',
    'sqladmin.googleapis.com/Instance',
    'cloudkms.googleapis.com/CryptoKey',
    'secretmanager.googleapis.com/Secret',
    'artifactregistry.googleapis.com/Repository',
    'pubsub.googleapis.com/Topic',
    'pubsub.googleapis.com/Subscription',
  ],
  runtime: [
    'container.googleapis.com/Cluster',
    'container.googleapis.com/NodePool',
    'monitoring.googleapis.com/AlertPolicy',
  ],
  identity: ['ServiceAccount', 'ServiceAccountKey', 'Role'].map((name) => `iam.googleapis.com/${name}`),
  grants: [
    ...['Project', 'Folder', 'Organization'].map((name) => `cloudresourcemanager.googleapis.com/${name}`),
    'storage.googleapis.com/Bucket',
  ],
};

/** One page of Cloud Asset Inventory, as https://cloud.google.com/asset-inventory/docs/reference/rest/v1/assets/list has it. */
function page(
  name: keyof typeof types,
  found: readonly Asset[],
  { token, next, status }: { token?: string; next?: string; status?: number } = {},
): RecordingInput {
  const query = new URLSearchParams({ contentType: name === 'grants' ? 'IAM_POLICY' : 'RESOURCE', pageSize: '1000' });
  for (const type of types[name]) query.append('assetTypes', type);
  if (token) query.set('pageToken', token);
  return {
    request: { url: `https://cloudasset.googleapis.com/v1/${scope}/assets?${query}` },
    response: {
      ...(status && { status }),
      json: {
        readTime: '2026-11-23T08:00:00Z',
        ...(found.length > 0 && { assets: [...found] }),
        ...(next && { nextPageToken: next }),
      },
    },
  };
}

const everything = (['networks', 'data', 'runtime', 'identity', 'grants'] as const).map((name) =>
  page(name, assets[name] ?? []),
);

const logQuery = {
  resourceNames: [scope],
  filter: 'logName:"cloudaudit.googleapis.com%2Factivity" AND timestamp>="2026-11-16T08:00:00.000Z"',
  orderBy: 'timestamp desc',
  pageSize: 1000,
};
const log: RecordingInput = {
  request: {
    method: 'POST',
    url: 'https://logging.googleapis.com/v2/entries:list',
    bodyDigest: digestBody(JSON.stringify(logQuery)),
  },
  response: { json: { entries: assets['entries'] ?? [] } },
};

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const key = JSON.stringify({
  type: 'service_account',
  client_email: 'leeway@northwind-prod.iam.gserviceaccount.com',
  private_key_id: 'k1',
  private_key: privateKey,
});

/** What is asked of Google for a token at the instant tests run at; RS256 signs the same way twice. */
async function askedToken(): Promise<RecordingInput> {
  const asked: string[] = [];
  const context = {
    variable: () => key,
    now: () => new Date('2026-11-23T08:00:00Z'),
    fetch: async (_: unknown, init?: RequestInit) => {
      asked.push(String(init?.body));
      return Response.json({ access_token: 'a-bearer-token' });
    },
  };
  await signInToGoogle(connector.settings.parse({ scope, keyFrom: 'KEY' }), context as never);
  return {
    request: { method: 'POST', url: 'https://oauth2.googleapis.com/token', bodyDigest: digestBody(asked[0]) },
    response: { json: { access_token: 'a-bearer-token', expires_in: 3599, token_type: 'Bearer' } },
  };
}
const token = await askedToken();

const variables = { KEY: key, TOKEN: 'a-bearer-token' };
const whole: Scenario = {
  name: 'a project, by the key of a service account',
  settings: { scope, keyFrom: 'KEY' },
  variables,
  recordings: [token, log, ...everything],
  lists: ['/assets', '/entries'],
  resources: 22,
};
const named: Scenario = {
  name: 'a project by its addresses, with a token',
  settings: { scope, tokenFrom: 'TOKEN', attribution: 0, addresses: { state: 'state.json' } },
  variables,
  files: { 'state.json': state },
  recordings: everything,
  lists: ['/assets'],
  resources: 19,
};

testConnector('gcp', connector, {
  secrets: [secret, 'a-bearer-token', privateKey.split('\n')[1] ?? ''],
  scenarios: [whole, named],
  failures: [
    { name: 'a key that is not set', settings: { scope, keyFrom: 'KEY' }, codes: ['LW3055'] },
    {
      name: 'a key that is none',
      settings: { scope, keyFrom: 'KEY' },
      variables: { KEY: '{"type":"authorized_user"}' },
      codes: ['LW3061'],
    },
    {
      name: 'a key that is not signed with',
      settings: { scope, keyFrom: 'KEY' },
      variables: { KEY: JSON.stringify({ type: 'service_account', client_email: 'a', private_key: 'b' }) },
      codes: ['LW3061'],
    },
    {
      name: 'a key that was deleted',
      settings: whole.settings,
      variables,
      recordings: [{ ...token, response: { status: 400, json: { error: 'invalid_grant' } } }],
      codes: ['LW3002'],
    },
  ],
});

const byName = (resources: readonly Resource[]) =>
  new Map(resources.map((found) => [`${found.kind} ${found.key}`, found]));

describe('what a state keeps and what Google tells', () => {
  const kinds = indexKinds(terraform.kinds);

  it('are the same', async () => {
    const declared = await runScenario(terraform, {
      name: 'x',
      settings: { state: 'state.json' },
      files: { 'state.json': state },
    });
    const observed = byName((await runScenario(connector, named)).resources);
    const differences = declared.resources.flatMap(({ kind, key: address, attributes }) => {
      const after = observed.get(`${kind} ${address}`);
      if (!after) return [`- ${kind} ${address}`];
      return compareAttributes(kinds.find(kind), attributes, after.attributes).map(({ path }) => `${address}${path}`);
    });
    expect(declared.resources).toHaveLength(9);
    expect(differences).toEqual([]);
  });
});

describe('names', () => {
  it('mean the same in every project', async () => {
    const keys = [...byName((await runScenario(connector, whole)).resources).keys()];
    expect(keys).toContain('google_compute_subnetwork europe-west4/private');
    expect(keys).toContain('google_kms_crypto_key data/erp');
    expect(keys).toContain('google_container_node_pool analytics/default');
    expect(keys).toContain('google_monitoring_alert_policy Orders stuck');
    expect(keys).toContain('google_service_account_key wms-api');
    expect(keys).toContain('google_project_iam_member roles/cloudsql.client/user:jan.visser@northwind.example');
  });

  it('come with who changed what, when and how', async () => {
    const found = byName((await runScenario(connector, whole)).resources);
    expect(found.get('google_compute_firewall erp-db')?.origin).toMatchObject({
      actor: 'jan.visser@northwind.example',
      at: '2026-11-22T21:14:05.123Z',
      via: 'the Google Cloud console',
    });
    const grant = found.get('google_project_iam_member roles/cloudsql.client/user:jan.visser@northwind.example');
    expect(grant?.origin).toMatchObject({ actor: 'ci@northwind.example', via: 'gcloud' });
  });
});

describe('pages', () => {
  const settings = { scope, tokenFrom: 'TOKEN', attribution: 0 };

  it('are followed to the end, an empty one included', async () => {
    const [first = {}, second = {}] = assets['networks'] ?? [];
    const recordings = [
      page('networks', [first], { next: 'two' }),
      page('networks', [second], { token: 'two', next: 'three' }),
      page('networks', [], { token: 'three' }),
      ...everything.slice(1),
    ];
    const run = await runScenario(connector, { name: 'x', settings: settings, variables, recordings });
    expect(run.notices).toEqual([]);
    expect(run.resources.filter(({ kind }) => kind.startsWith('google_compute'))).toHaveLength(2);
  });

  it('that are throttled leave their kinds unchecked, and no other', async () => {
    const recordings = [page('networks', [], { status: 429 }), ...everything.slice(1)];
    const run = await runScenario(connector, { name: 'x', settings: settings, variables, recordings });
    expect(new Set(run.notices.map(({ problem }) => problem.code))).toEqual(new Set(['LW3004']));
    expect(run.complete).toContain('google_storage_bucket');
    expect(run.complete.filter((kind) => kind.startsWith('google_compute'))).toEqual([]);
  });
});

describe('settings', () => {
  it.each([
    [{}],
    [{ scope, tokenFrom: 'A', keyFrom: 'B' }],
    [{ scope }],
    [{ scope: 'northwind-prod', tokenFrom: 'A' }],
  ])('%j are refused', (settings) => expect(connector.settings.safeParse(settings).success).toBe(false));
});
