import { testConnector } from '@leeway/connector-kit/test-contract.ts';
import type { RecordingInput } from '@leeway/connector-kit/testing/recording.ts';
import { runScenario, type Scenario } from '@leeway/connector-kit/testing/scenario.ts';
import { describe, expect, it } from 'vitest';
import { connector } from './index.ts';

const marker = 'planted-marker-4711';
const url = 'https://vault.test:8200';
/** Shapes of the examples in the published API: https://openbao.org/api-docs/ */
const answer = (path: string, data: object): RecordingInput => ({
  request: { url: `${url}/v1/${path}` },
  response: { json: { request_id: 'r', lease_id: '', renewable: false, data } as never },
});
const gone = (path: string): RecordingInput => ({
  request: { url: `${url}/v1/${path}` },
  response: { status: 404, json: { errors: [] } },
});
const config = { default_lease_ttl: 0, max_lease_ttl: 0, force_no_cache: false };
const mount = (type: string, more: object = {}) => ({
  type,
  accessor: `${type}_12ab`,
  uuid: 'u',
  description: '',
  local: false,
  seal_wrap: false,
  options: null,
  config,
  ...more,
});
const time = '2026-01-02T03:04:05.123456789Z';
const metadata = (versions: object, current: number) => ({
  cas_required: false,
  created_time: time,
  current_version: current,
  custom_metadata: { owner: 'wms' },
  delete_version_after: '0s',
  max_versions: 5,
  oldest_version: 0,
  updated_time: time,
  versions,
});

const recordings: readonly RecordingInput[] = [
  answer('sys/mounts', {
    'wms/': mount('kv', { options: { version: '2' } }),
    'old/': mount('kv', { options: { version: '1' } }),
    'pki/': mount('pki'),
    'sys/': mount('system'),
  }),
  answer('sys/auth', { 'approle/': mount('approle'), 'kubernetes/': mount('kubernetes'), 'ldap/': mount('ldap') }),
  answer('sys/policies/acl?list=true', { keys: ['default', 'order-api', 'root'] }),
  answer('sys/policies/acl/default', {
    name: 'default',
    policy: 'path "auth/token/lookup-self" {\n capabilities = ["read"]\n}',
  }),
  answer('sys/policies/acl/order-api', {
    name: 'order-api',
    policy: 'path "wms/data/db/*" { capabilities = ["read"] }',
  }),
  answer('auth/approle/role?list=true', { keys: ['order-api'] }),
  answer('auth/approle/role/order-api', {
    token_policies: ['order-api'],
    token_ttl: 3600,
    role_id: 'made-up',
    bind_secret_id: true,
  }),
  gone('auth/kubernetes/role?list=true'),
  answer('pki/roles?list=true', { keys: ['warehouse'] }),
  answer('pki/roles/warehouse', { allowed_domains: ['wms.example'], allow_any_name: false, max_ttl: 86_400 }),
  answer('wms/metadata/?list=true', { keys: ['db/', 'api key'] }),
  answer('wms/metadata/db/?list=true', { keys: ['password'] }),
  answer('wms/metadata/api%20key', metadata({ 1: { created_time: time, deletion_time: '', destroyed: false } }, 1)),
  answer('wms/metadata/db/password', metadata({ 2: { created_time: time, deletion_time: time, destroyed: false } }, 2)),
];

const live: Scenario = {
  name: 'a server',
  settings: { url, tokenFrom: 'TOKEN', rotationDays: 90 },
  variables: { TOKEN: marker },
  recordings,
  lists: ['/data/keys'],
  resources: 13,
};

testConnector('vault', connector, {
  secrets: [marker],
  scenarios: [live],
  failures: [{ name: 'a token that is not set', settings: { url, tokenFrom: 'NONE' }, codes: ['LW3055'] }],
});

describe('what is read', () => {
  it('holds no identifiers of the server and no values', async () => {
    const { resources } = await runScenario(connector, live);
    const attributes = (kind: string, key: string) =>
      resources.find((found) => found.kind === kind && found.key === key)?.attributes;
    expect(attributes('vault.auth-role', 'approle/order-api')).toEqual({
      token_policies: ['order-api'],
      token_ttl: 3600,
      bind_secret_id: true,
    });
    expect(attributes('vault.secret', 'wms/db/password')).toMatchObject({
      version: 2,
      readable: false,
      customMetadata: { owner: 'wms' },
    });
    expect(attributes('vault.secret', 'wms/api key')).toMatchObject({ readable: true, renewedAt: time });
    expect(JSON.stringify(resources)).not.toMatch(/_12ab|made-up/);
  });

  it('is all but the kind whose path is denied, and the path is told', async () => {
    const path = 'pki/roles/warehouse';
    const denied = recordings.map(
      (recording): RecordingInput =>
        recording.request.url.endsWith(path)
          ? { ...recording, response: { status: 403, json: { errors: ['denied'] } } }
          : recording,
    );
    const run = await runScenario(connector, live, { recordings: denied });
    expect(run.notices).toMatchObject([
      { kind: 'vault.pki-role', problem: { code: 'LW3003', hint: expect.stringContaining(`read on ${path}`) } },
    ]);
    expect(run.complete).toHaveLength(5);
  });

  it('goes no deeper than folders people make', async () => {
    const loop = Array.from({ length: 40 }, (_, depth) =>
      answer(`wms/metadata/${'x/'.repeat(depth)}?list=true`, { keys: ['x/'] }),
    );
    const settings = { url, tokenFrom: 'TOKEN', kinds: ['vault.secret'] };
    const run = await runScenario(connector, { ...live, settings, recordings: [...recordings.slice(0, 2), ...loop] });
    expect(run.notices.map(({ problem }) => problem.code)).toEqual(['LW3006']);
    expect(run.complete).toEqual([]);
  });
});
