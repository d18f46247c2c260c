import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { collect, createReadContext } from '@leeway/connector-kit';
import { testConnector } from '@leeway/connector-kit/test-contract.ts';
import { memoryFiles } from '@leeway/connector-kit/testing/memory-files.ts';
import { RecordingFile } from '@leeway/connector-kit/testing/recording.ts';
import { runScenario, type Scenario, testSeal } from '@leeway/connector-kit/testing/scenario.ts';
import { indexKinds, type Json } from '@leeway/core';
import { describe, expect, it } from 'vitest';
import { connector } from './index.ts';
import { parseKey, signJwt, signRequest } from './sign-in.ts';

const marker = 'Tr0ub4dor-and-3';
const { recordings } = RecordingFile.parse(
  JSON.parse(readFileSync(new URL('recordings/suiteql.json', import.meta.url), 'utf8')),
);
const tba = { consumerKeyFrom: 'CK', consumerSecretFrom: 'CS', tokenFrom: 'TK', tokenSecretFrom: 'TS' };
const variables = { CK: 'ck', CS: marker, TK: 'tk', TS: marker };
const account = { account: '1234567_SB1', url: 'https://netsuite.test' };

const reading: Scenario = {
  name: 'an account',
  settings: {
    ...account,
    tba,
    preferences: 'https://netsuite.test/app/site/hosting/restlet.nl?script=customscript_leeway&deploy=1',
    kinds: [
      'subsidiary',
      'role',
      'rolepermission',
      'script',
      'scriptdeployment',
      'workflow',
      'preferences',
      'slot',
    ].map((name) => `netsuite.${name}`),
    queries: { slot: { sql: 'select scriptid, name from customrecord_slot order by id', key: ['scriptid'] } },
  },
  variables,
  recordings,
  lists: ['/items'],
  resources: 1510,
};

testConnector('netsuite', connector, {
  secrets: [marker],
  scenarios: [reading],
  failures: [
    { name: 'a token that is not set', settings: { ...account, tba }, variables: { CK: 'ck' }, codes: ['LW3055'] },
    {
      name: 'a key that is none',
      settings: { ...account, oauth2: { clientId: 'c', certificateId: 'k', privateKeyFrom: 'KEY' } },
      variables: { KEY: marker },
      codes: ['LW3166'],
    },
  ],
});

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const pemOf = ({ privateKey }: typeof rsa) => privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

describe('signing in with a certificate', () => {
  it.each([
    ['PS256', rsa],
    ['ES256', ec],
  ] as const)('signs with %s', (alg, pair) => {
    const [header = '', payload = '', signature = ''] = signJwt(parseKey(pemOf(pair))!, 'cert-1', {
      iss: 'client',
    }).split('.');
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({ typ: 'JWT', alg, kid: 'cert-1' });
    const key = createPublicKey(pair.publicKey.export({ type: 'spki', format: 'pem' }));
    const options = alg === 'PS256' ? { key, padding: 6, saltLength: 32 } : { key, dsaEncoding: 'ieee-p1363' as const };
    expect(verify('sha256', Buffer.from(`${header}.${payload}`), options, Buffer.from(signature, 'base64url'))).toBe(
      true,
    );
  });

  it('takes keys with line ends written out, and no others', () => {
    expect(parseKey(pemOf(rsa).replaceAll('\n', '\\n'))?.asymmetricKeyType).toBe('rsa');
    expect(parseKey('-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----')).toBeUndefined();
    const { privateKey } = generateKeyPairSync('ed25519');
    expect(parseKey(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())).toBeUndefined();
  });

  it.each([
    [200, undefined],
    [400, 'LW3002'],
  ])('trades the statement for a token: %i', async (status, code) => {
    const asked: string[] = [];
    using context = createReadContext({
      environment: 'test',
      system: 'NetSuite',
      files: memoryFiles({}),
      seal: testSeal,
      variable: () => pemOf(rsa),
      async fetch(input, init) {
        const url = new URL(String(input));
        asked.push(`${url.host}${url.pathname}`);
        if (!url.pathname.endsWith('/token')) {
          expect(new Headers(init?.headers).get('authorization')).toBe('Bearer t-1');
          return Response.json({ items: [], hasMore: false });
        }
        const body = new URLSearchParams(String(init?.body));
        expect(body.get('grant_type')).toBe('client_credentials');
        const [, claims = ''] = (body.get('client_assertion') ?? '').split('.');
        expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
          iss: 'client',
          scope: 'rest_webservices',
          aud: url.href,
        });
        return Response.json({ access_token: 't-1' }, { status });
      },
    });
    const oauth2 = { clientId: 'client', certificateId: 'cert-1', privateKeyFrom: 'KEY' };
    const settings = connector.settings.parse({ account: '1234567_SB1', oauth2, kinds: ['netsuite.role'] });
    const { notices, complete } = await collect(connector, settings, context);
    expect(asked[0]).toBe('1234567-sb1.suitetalk.api.netsuite.com/services/rest/auth/oauth2/v1/token');
    expect(notices.map(({ problem }) => problem.code)).toEqual(code ? [code] : []);
    expect(complete).toEqual(code ? [] : ['netsuite.role']);
  });
});

describe('token-based authentication', () => {
  it('signs as RFC 5849 says', () => {
    const secrets = { realm: '123456', consumerKey: 'ck', consumerSecret: 'c s', token: 'tk', tokenSecret: "t's" };
    const request = {
      method: 'post',
      url: 'https://netsuite.test/a%20b?limit=2&offset=0',
      timestamp: 1_700_000_000,
      nonce: 'n',
    };
    // HMAC-SHA256 of the base string by openssl, as an independent witness.
    expect(signRequest(secrets, request)).toBe(
      'OAuth realm="123456", oauth_consumer_key="ck", oauth_nonce="n", oauth_signature_method="HMAC-SHA256", ' +
        'oauth_timestamp="1700000000", oauth_token="tk", oauth_version="1.0", oauth_signature="PH74EB3rUtb5qgSRyqldGRSTICT5DaZ4oOPWBp0YYFs%3D"',
    );
  });
});

describe('what is read', () => {
  it('leaves links out and shows script ids as keys', async () => {
    const { resources } = await runScenario(connector, reading);
    expect(resources.find(({ kind }) => kind === 'netsuite.scriptdeployment')).toMatchObject({
      key: 'customdeploy_edi_import',
      attributes: { isdeployed: 'T', loglevel: 'ERROR' },
    });
    expect(resources.every(({ attributes }) => !('links' in attributes))).toBe(true);
    expect(resources.find(({ key }) => key === 'companypreferences')?.attributes).toMatchObject({
      dateformat: 'DD.MM.YYYY',
    });
  });

  it('says that a role may not see a record, which SuiteQL answers as if it did not exist', async () => {
    const [first, ...others] = recordings;
    const refused = { ...first!, response: { status: 400, json: { title: 'Invalid search type: subsidiary' } } };
    const run = await runScenario(connector, { ...reading, recordings: [refused, ...others] });
    expect(run.notices).toMatchObject([{ kind: 'netsuite.subsidiary', problem: { code: 'LW3003' } }]);
    expect(run.complete).toHaveLength(7);
  });

  it('gives up on pages without end', async () => {
    const [first] = recordings;
    const endless = { ...first!, response: { json: { items: [], hasMore: true } } };
    const settings = { ...account, tba, kinds: ['netsuite.subsidiary'] };
    const run = await runScenario(connector, { name: 'x', settings, variables, recordings: [endless] });
    expect(run.notices).toMatchObject([{ problem: { code: 'LW3006' } }]);
  });
});

describe('words', () => {
  const kinds = indexKinds(connector.kinds);
  it.each<[string, string, Json, Json, string]>([
    ['scriptdeployment', '/isdeployed', 'T', 'F', 'is switched off / has it in use'],
    ['workflow', '/isinactive', 'T', 'F', 'is in use / has it switched off'],
    ['rolepermission', '/permlevel', '1', '4', 'has level full / has view'],
    ['subsidiary', '/currency', 'EUR', 'USD', 'has currency USD / has EUR'],
  ])('of %s %s', (name, path, before, after, words) => {
    const kind = kinds.find(`netsuite.${name}`);
    const said = kind.describe?.({ kind, name: 'x', path, before, after });
    expect(`${said?.actual} / ${said?.expected}`).toBe(words);
  });
});

describe('settings', () => {
  it.each([
    account,
    { ...account, tba, oauth2: { clientId: 'c', certificateId: 'k', privateKeyFrom: 'K' } },
    { ...account, tba, queries: { x: { sql: 'delete from item', key: ['id'] } } },
    { ...account, tba, account: 'https://x' },
  ])('%j are refused', (settings) => expect(connector.settings.safeParse(settings).success).toBe(false));
});
