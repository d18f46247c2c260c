import type { JsonObject, Kind } from '@leeway/core';
import { describe, expect, it } from 'vitest';
import { sealWith } from '../seal.ts';
import { maskSecrets } from './mask-secrets.ts';

const seal = sealWith('a key for tests only');
const marker = 'Tr0ub4dor-and-3';
const kind: Kind = { name: 'test.thing', title: 'thing', layer: 'erp', version: 1 };

function mask(attributes: JsonObject, noise: Kind['noise'] = {}): JsonObject {
  return maskSecrets({ kind: kind.name, key: 'x', attributes }, { ...kind, noise }, seal).attributes;
}

describe('secrets by the name of their field', () => {
  it.each([
    'password',
    'db_password',
    'dbPassword',
    'DB_PASSWORD',
    'PGPASSWORD',
    'DB_PASS',
    'master_password_wo',
    'adminPassword2',
    'secret',
    'client_secret',
    'clientSecret',
    'secret_string',
    'token',
    'auth_token',
    'accessToken',
    'SAS_TOKEN',
    'private_key',
    'private_key_pem',
    'privateKeyOpenssh',
    'api_key',
    'apiKey',
    'API-KEY',
    'primary_access_key',
    'secretAccessKey',
    'secret_key',
    'storage_account_key',
    'primary_connection_string',
    'ConnectionString',
    'passphrase',
    'signing_key',
    'credentials',
    'requirepass',
    'password_hash',
    'passwords',
    'x-vault-token',
  ])('%s is one', (name) => {
    expect(JSON.stringify(mask({ [name]: marker }))).not.toContain(marker);
    expect(mask({ [name]: marker })).toEqual({ [name]: seal(marker) });
  });

  it.each([
    'secretName',
    'secret_name',
    'secret_id',
    'secret_arn',
    'secretRef',
    'token_type',
    'tokenExpiry',
    'token_ttl',
    'password_policy',
    'passwordLength',
    'minimum_password_length',
    'password_last_used',
    'password_wo_version',
    'api_key_id',
    'access_key_id',
    'private_key_path',
    'key',
    'kms_key_id',
    'partition_key',
    'primary_key',
    'public_key',
    'next_token',
    'creation_token',
    'http_tokens',
    'existingSecret',
    'imagePullSecret',
    'tlsSecret',
    'secrets',
    'bypass',
    'compass',
    'user',
    'username',
    'secretary',
    'tokenizer',
    'PWD',
    'credentials_file',
    'connection_string_name',
  ])('%s is none', (name) => {
    expect(mask({ [name]: 'plain-value' })).toEqual({ [name]: 'plain-value' });
  });

  it('seals numbers and the items of lists, and looks into objects', () => {
    expect(mask({ password: 12345, passwords: ['a', 'b'] })).toEqual({
      password: seal('12345'),
      passwords: [seal('a'), seal('b')],
    });
    const reference = { secret: { secretName: 'wms-tls', items: [{ key: 'password', path: 'db' }] } };
    expect(mask(reference)).toEqual(reference);
  });

  it('tells an empty secret from any other', () => {
    expect(mask({ password: '' })).toEqual({ password: { $secret: 'empty' } });
  });

  it('leaves switches, templates and references to secret stores', () => {
    const plain = {
      http_tokens: 'required',
      password: `\${DB_PASSWORD}`,
      token: '{{ .Values.token }}',
      secret: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db',
      api_key: '/run/secrets/api_key',
      auth_token: '<secret>',
      client_secret: 'https://wms.vault.azure.net/secrets/db',
      encryption_key: null,
      automount_token: true,
      tokens: 100,
    };
    expect(mask(plain)).toEqual(plain);
  });

  it('reads name and value pairs', () => {
    const env = [
      { name: 'DB_PASSWORD', value: marker },
      { name: 'LOG_LEVEL', value: 'debug' },
    ];
    expect(mask({ env })).toEqual({ env: [{ name: 'DB_PASSWORD', value: seal(marker) }, env[1]!] });
    expect(JSON.stringify(mask({ Parameters: [{ Key: 'apiToken', Value: marker }] }))).not.toContain(marker);
  });
});

describe('secrets by their form', () => {
  const digest = (seal(marker) as { $secret: string }).$secret;

  it.each([
    [`postgres://app:${marker}@db.prod:5432/orders`, `postgres://app:<secret:${digest}>@db.prod:5432/orders`],
    [`amqps://:${marker}@mq/vhost`, `amqps://:<secret:${digest}>@mq/vhost`],
    [
      `Server=db;User Id=app;Password=${marker};Encrypt=true`,
      `Server=db;User Id=app;Password=<secret:${digest}>;Encrypt=true`,
    ],
    [
      `host=db user=app password=${marker} sslmode=require`,
      `host=db user=app password=<secret:${digest}> sslmode=require`,
    ],
    [`DB_PASSWORD=${marker}`, `DB_PASSWORD=<secret:${digest}>`],
    [`--admin-password="${marker}" --verbose`, `--admin-password="<secret:${digest}>" --verbose`],
    [`Authorization: Bearer ${marker}`, `Authorization: Bearer <secret:${digest}>`],
    [`https://blob.test/c?sv=2024&sig=${marker}&se=1`, `https://blob.test/c?sv=2024&sig=<secret:${digest}>&se=1`],
    [
      `spring:\n  datasource:\n    password: ${marker}\n    user: app`,
      `spring:\n  datasource:\n    password: <secret:${digest}>\n    user: app`,
    ],
    [`https://hooks.slack.com/services/${marker.replaceAll('-', '')}`, undefined],
  ])('%s', (text, expected) => {
    const { note } = mask({ note: text });
    expect(JSON.stringify(note)).not.toContain(marker);
    expect(note).not.toBe(text);
    if (expected !== undefined) expect(note).toBe(expected);
  });

  it('replaces whole keys and tokens', () => {
    const pem = `-----BEGIN EC PRIVATE KEY-----\n${marker}\n-----END EC PRIVATE KEY-----`;
    const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ3bXMifQ.c2lnbmF0dXJl';
    const found = mask({
      a: `key:\n${pem}\n`,
      b: Buffer.from(pem).toString('base64'),
      c: `t ${jwt}`,
      d: 'AKIAIOSFODNN7EXAMPLE',
      e: `ghp_${'a1'.repeat(18)}`,
    });
    for (const value of Object.values(found)) expect(value).toMatch(/<secret:[\da-f]{16}>/);
    expect(found['a']).toMatch(/^key:\n<secret:/);
  });

  it('looks into JSON written as text and keeps the rest of it', () => {
    const definitions = JSON.stringify([{ name: 'wms', environment: [{ name: 'DB_PASSWORD', value: marker }] }]);
    const { container_definitions: text } = mask({ container_definitions: definitions });
    expect(JSON.parse(String(text))).toEqual([
      { name: 'wms', environment: [{ name: 'DB_PASSWORD', value: seal(marker) }] },
    ]);
    const harmless = '[ {"name": "wms",   "cpu": 256} ]';
    expect(mask({ container_definitions: harmless })).toEqual({ container_definitions: harmless });
  });

  it.each([
    'arn:aws:iam::111122223333:role/wms',
    'registry.test/wms@sha256:0123456789abcdef0123456789abcdef',
    'ops@northwind.test',
    'https://app:8443/path?page=2&size=10',
    'a=b',
    'The token is kept in the vault; ask ops',
    'key=value',
    'x = y',
    'Password policy: at least 12 characters',
    'kube_secret_info{namespace="wms", secret="tls"} == 0',
    'ssh://git@host/repo.git',
    '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----',
    'sum by (token) (rate(requests_total[5m]))',
    'cron(0 12 * * ? *)',
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"secretsmanager:GetSecretValue"}]}',
    'basic authentication required',
    'set -eu\nexport LOG_LEVEL=debug\ntoken_count=5\n',
    'Basic tier',
    'password = var.password_name is set elsewhere'.replace('password = ', ''),
  ])('%s stays as it is', (text) => {
    expect(mask({ note: text })).toEqual({ note: text });
  });
});

describe('declared secrets', () => {
  it('are sealed at the places the kind names, whatever their name', () => {
    const noise = { secret: ['/data/*', '/list/*/pin'] };
    const found = mask({ data: { a: marker, b: '' }, list: [{ pin: 7, name: 'x' }], note: 'kept' }, noise);
    expect(found).toEqual({
      data: { a: seal(marker), b: seal('') },
      list: [{ pin: seal('7'), name: 'x' }],
      note: 'kept',
    });
    expect(mask(found, noise)).toEqual(found);
  });
});
