import { maskSecrets, sealWith } from '@leeway/connector-kit';
import { testConnector } from '@leeway/connector-kit/test-contract.ts';
import { compareAttributes, type JsonObject } from '@leeway/core';
import { describe, expect, it } from 'vitest';
import { connector } from './index.ts';
import { certificateKind } from './kinds.ts';
import { certificateSettings } from './schema.ts';
import { ellipticKey, issue, makeKeyStore, rsaKey } from './testing/issue.ts';
import { readFilesWith as read } from './testing/read.ts';

const root = issue({ subject: 'Northwind Root', authority: true });
const middle = issue({ subject: 'Northwind Issuing', authority: true, issuer: root });
const names = ['DNS:portal.example', 'DNS:api.example'];
const portal = issue({ subject: 'portal.example', names, issuer: middle, from: '2026-03-01', to: '2026-05-30' });
const renewed = issue({
  subject: 'portal.example',
  names,
  issuer: middle,
  serial: '0b',
  from: '2026-04-01',
  to: '2026-06-30',
});
const elliptic = issue({ subject: 'edi.example', names: ['DNS:edi.example'], key: ellipticKey(), issuer: middle });

const fullChain = portal.pem + middle.pem;

testConnector('certificates in files', connector, {
  secrets: [portal.keyPem.split('\n')[5] ?? '', 'planted-password'],
  scenarios: [
    {
      name: 'PEM with chain and key',
      settings: { files: ['certs/*.pem'], trust: ['ca.pem'], passwordFrom: 'STORE_PASSWORD' },
      variables: { STORE_PASSWORD: 'planted-password' },
      files: {
        'certs/portal.pem': fullChain + portal.keyPem,
        'certs/edi.pem': elliptic.pem + elliptic.keyPem,
        'ca.pem': root.pem,
      },
      resources: 4,
    },
    {
      name: 'PKCS#12',
      settings: { files: ['*.p12'], passwordFrom: 'STORE_PASSWORD' },
      variables: { STORE_PASSWORD: 'planted-password' },
      files: { 'portal.p12': makeKeyStore(portal, [middle, root], 'planted-password') },
      resources: 2,
    },
  ],
  failures: [
    {
      name: 'wrong password',
      settings: { files: ['*.p12'], passwordFrom: 'STORE_PASSWORD' },
      variables: { STORE_PASSWORD: 'guessed' },
      files: { 'portal.p12': makeKeyStore(portal, [], 'planted-password') },
      codes: ['LW2042'],
    },
    {
      name: 'no password',
      settings: { files: ['*.p12'] },
      files: { 'portal.p12': makeKeyStore(portal, [], 'planted-password', { algorithm: '3des' }) },
      codes: ['LW2041'],
    },
  ],
});

describe('a certificate', () => {
  it('tells names, issuer, key, validity and usage', async () => {
    const { certificates } = await read({ 'portal.pem': fullChain + root.pem });
    expect(certificates['portal.pem']).toMatchObject({
      subject: 'CN=portal.example',
      issuer: 'CN=Northwind Issuing',
      names: ['DNS:api.example', 'DNS:portal.example'],
      notBefore: '2026-03-01T00:00:00Z',
      notAfter: '2026-05-30T00:00:00Z',
      validDays: 90,
      key: { algorithm: 'rsa', bits: 2048 },
      signatureAlgorithm: 'sha256WithRSA',
      keyUsage: ['digitalSignature', 'keyEncipherment'],
      purposes: ['serverAuth'],
      authority: false,
      selfSigned: false,
      chain: { intermediates: ['CN=Northwind Issuing'], root: 'CN=Northwind Root', complete: true },
    });
  });

  it('may have an elliptic key', async () => {
    const { certificates, files } = await read({ 'edi.pem': elliptic.pem + elliptic.keyPem });
    expect(certificates['edi.pem']).toMatchObject({ key: { algorithm: 'ec', curve: 'prime256v1', bits: 256 } });
    expect(files['edi.pem']).toMatchObject({ privateKeys: [{ algorithm: 'ec', encrypted: false, matches: true }] });
  });

  it('is the same whether written as PEM, DER or in a key store, with or without the root', async () => {
    const store = makeKeyStore(portal, [middle, root], 'p');
    const { certificates, codes } = await read(
      { 'a.pem': fullChain, 'b.p12': store, 'c.pem': root.pem + middle.pem + portal.pem, 'ca/root.pem': root.pem },
      { files: ['?.*'], trust: ['ca/*'], passwordFrom: 'P' },
      { P: 'p' },
    );
    expect(codes).toEqual([]);
    expect(certificates['b.p12']).toEqual(certificates['a.pem']);
    expect(certificates['c.pem']).toEqual(certificates['a.pem']);
    const single = await read({ 'a.der': elliptic.der, 'a.pem': elliptic.pem });
    expect(single.certificates['a.der']).toEqual(single.certificates['a.pem']);
  });

  it('whose chain ends nowhere is incomplete', async () => {
    const { certificates } = await read({ 'portal.pem': fullChain });
    expect(certificates['portal.pem']?.['chain']).toEqual({ intermediates: ['CN=Northwind Issuing'], complete: false });
  });

  it('that only claims an issuer by name is not chained to it', async () => {
    const impostor = issue({ subject: 'Northwind Issuing', authority: true, key: rsaKey('impostor') });
    const { certificates } = await read(
      { 'portal.pem': portal.pem, 'ca.pem': impostor.pem },
      { files: 'portal.pem', trust: 'ca.pem' },
    );
    expect(certificates['portal.pem']?.['chain']).toMatchObject({ complete: false });
  });
});

describe('comparing certificates', () => {
  const pair = async () => {
    const { certificates } = await read({ 'a.pem': portal.pem, 'b.pem': renewed.pem });
    return [certificates['a.pem'], certificates['b.pem']] as [JsonObject, JsonObject];
  };

  it('notices a replaced one within an environment, once', async () => {
    const differences = compareAttributes(certificateKind, ...(await pair()));
    expect(differences.map(({ path }) => path)).toEqual(['/fingerprint']);
  });

  it('does not mind between environments what never agrees there', async () => {
    const [left, right] = await pair();
    expect(compareAttributes(certificateKind, left, { ...right, validDays: 90 }, { acrossEnvironments: true })).toEqual(
      [],
    );
    const { certificates } = await read({ 'a.pem': issue({ subject: 'portal.example', names }).pem });
    const paths = compareAttributes(certificateKind, left, certificates['a.pem']!, { acrossEnvironments: true });
    expect(paths.map(({ path }) => path)).toEqual(expect.arrayContaining(['/issuer', '/selfSigned', '/validDays']));
  });

  it('says which certificate it is', async () => {
    const [before, after] = await pair();
    const change = { kind: certificateKind, name: 'portal', path: '/fingerprint', before: 'a', after: 'b' };
    expect(certificateKind.describe?.({ ...change, beforeResource: before, afterResource: after })).toEqual({
      actual: 'is the certificate with serial 0b, valid until 2026-06-30',
      expected: 'has the certificate with serial 0a01, valid until 2026-05-30',
    });
  });
});

describe('files', () => {
  it('that are trust stores have a resource for each authority, whatever their order', async () => {
    const other = issue({ subject: 'Other Root', authority: true });
    const renewedRoot = issue({
      subject: 'Northwind Root',
      authority: true,
      key: rsaKey('renewed root'),
      to: '2040-01-01',
    });
    const one = await read({ 'trust.pem': root.pem + other.pem + renewedRoot.pem });
    const two = await read({ 'trust.pem': renewedRoot.pem + other.pem + root.pem });
    expect(Object.keys(one.certificates).sort()).toEqual([
      'trust.pem#CN=Northwind Root',
      'trust.pem#CN=Northwind Root (2)',
      'trust.pem#CN=Other Root',
    ]);
    expect(two.certificates).toEqual(one.certificates);
    expect(one.files['trust.pem']).toEqual({ format: 'pem', certificates: 3 });
  });

  it('tell the order of a chain, and keys apart from certificates', async () => {
    const { files } = await read({
      'a/tls.crt': fullChain,
      'a/tls.key': portal.keyPem,
      'b/tls.crt': middle.pem + portal.pem,
      'b/tls.key': renewed.keyPem.replace(
        renewed.keyPem,
        rsaKey('stranger').export({ type: 'pkcs1', format: 'pem' }).toString(),
      ),
    });
    expect(files['a/tls.crt']).toEqual({ format: 'pem', certificates: 2, ordered: true });
    expect(files['b/tls.crt']).toMatchObject({ ordered: false });
    expect(files['a/tls.key']).toMatchObject({
      certificates: 0,
      privateKeys: [{ algorithm: 'rsa', bits: 2048, matches: true }],
    });
    expect(files['b/tls.key']).toMatchObject({ privateKeys: [{ matches: false }] });
  });

  it('with a key under a password say so; with the password, whose it is', async () => {
    const locked = portal.key
      .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'open' })
      .toString();
    const file = { 'portal.pem': portal.pem + locked };
    expect((await read(file)).files['portal.pem']).toMatchObject({ privateKeys: [{ encrypted: true }] });
    const opened = await read(file, { passwordFrom: 'P' }, { P: 'open' });
    expect(opened.files['portal.pem']).toMatchObject({ privateKeys: [{ encrypted: true, matches: true }] });
    expect((await read(file, { passwordFrom: 'P' }, { P: 'wrong' })).codes).toEqual(['LW2042']);
  });

  it('take their key from a pattern, and only the kinds asked for', async () => {
    const given = { key: 'certs/*/<portal>.pem', kinds: ['tls.certificate'] };
    const { certificates, files, complete } = await read({ 'certs/prod/portal.pem': portal.pem }, given);
    expect(Object.keys(certificates)).toEqual(['portal']);
    expect(files).toEqual({});
    expect(complete).toEqual(['tls.certificate']);
  });

  it('of requests alone hold no certificate, and say so', async () => {
    const { files, complete } = await read({
      'a.csr': '-----BEGIN CERTIFICATE REQUEST-----\nMIIB\n-----END CERTIFICATE REQUEST-----\n',
    });
    expect(files).toEqual({ 'a.csr': { format: 'pem', certificates: 0 } });
    expect(complete).toEqual(['tls.certificate', 'tls.file']);
  });

  it('of trusted authorities must exist', async () => {
    const { codes, complete } = await read({ 'portal.pem': portal.pem }, { trust: 'nowhere/*.pem' });
    expect(codes).toEqual(['LW2001']);
    expect(complete).toEqual([]);
  });

  it('that open without a password need none', async () => {
    const { certificates, codes } = await read({ 'trust.p12': makeKeyStore(portal, [], '') });
    expect(codes).toEqual([]);
    expect(certificates['trust.p12']).toMatchObject({ subject: 'CN=portal.example' });
  });
});

describe('masking', () => {
  it('finds no secret in what is read, and changes nothing of it', async () => {
    const settings = certificateSettings.parse({ files: ['**'] });
    const { certificates, files } = await read({ 'a.pem': fullChain + portal.keyPem }, settings);
    for (const [name, found] of [
      ['tls.certificate', certificates],
      ['tls.file', files],
    ] as const) {
      const kind = connector.kinds.find((each) => each.name === name)!;
      const resource = { kind: name, key: 'a.pem', attributes: found['a.pem']! };
      expect(maskSecrets(resource, kind, sealWith('a key for tests only'))).toEqual(resource);
    }
  });
});
