import { collect, type ReadContext } from '@leeway/connector-kit';
import { testConnector } from '@leeway/connector-kit/test-contract.ts';
import { memoryFiles } from '@leeway/connector-kit/testing/memory-files.ts';
import { ProblemError, problem } from '@leeway/core';
import { afterAll, describe, expect, it } from 'vitest';
import { connector } from './index.ts';
import { certificateSettings, parseAddress } from './schema.ts';
import { ellipticKey, issue } from './testing/issue.ts';
import { servePostgresql, serveSmtp, serveText, serveTls } from './testing/servers.ts';

const root = issue({ subject: 'Northwind Root', authority: true });
const middle = issue({ subject: 'Northwind Issuing', authority: true, issuer: root });
const names = ['DNS:portal.example', 'IP:127.0.0.1'];
const key = ellipticKey();
const portal = issue({ subject: 'portal.example', names, issuer: middle, key });
const expired = issue({ subject: 'old.example', names, issuer: middle, key, from: '2020-01-01', to: '2020-04-01' });
const lonely = issue({ subject: 'lonely.example', names: ['DNS:lonely.example'], key });

const listening = {
  portal: await serveTls(portal, [middle], { minVersion: 'TLSv1.2' }),
  expired: await serveTls(expired, [middle], { maxVersion: 'TLSv1.2' }),
  lonely: await serveTls(lonely, []),
  noChain: await serveTls(portal, []),
  old: await serveTls(portal, [middle], { minVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' }),
  smtp: await serveSmtp(portal),
  smtpPlain: await serveSmtp(undefined),
  postgresql: await servePostgresql(portal),
  postgresqlPlain: await servePostgresql(undefined),
  http: await serveText((socket) => socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))),
  silent: await serveText(() => undefined),
  hangsUp: await serveText((socket) => socket.destroy()),
  chatty: await serveText((socket) => socket.write('220-'.repeat(100_000))),
};
const closed = await serveText(() => undefined);
await closed.stop();

afterAll(async () => {
  await Promise.all(Object.values(listening).map((server) => server.stop()));
});

function contextOf(signal = new AbortController().signal): ReadContext {
  return {
    environment: 'test',
    files: memoryFiles({ 'ca.pem': root.pem }),
    fetch: () => Promise.reject(new Error('endpoints are not read over HTTP')),
    guard: (transport) => transport,
    signal,
    now: () => new Date('2026-04-01T00:00:00Z'),
    seal: () => 'sealed',
    variable: () => undefined,
  };
}

async function read(endpoints: readonly unknown[], given: object = {}, signal?: AbortSignal) {
  const settings = certificateSettings.parse({ endpoints, trust: ['ca.pem'], ...given });
  const { resources, notices, complete } = await collect(connector, settings, contextOf(signal));
  const of = (kind: string) => resources.find((each) => each.kind === kind)?.attributes;
  return { endpoint: of('tls.endpoint'), certificate: of('tls.certificate'), resources, notices, complete };
}

testConnector('certificates of TLS endpoints', connector, {
  scenarios: [
    {
      name: 'two endpoints',
      settings: {
        endpoints: [
          { address: listening.portal.address, name: 'portal', servername: 'portal.example' },
          listening.lonely.address,
        ],
        trust: ['ca.pem'],
      },
      files: { 'ca.pem': root.pem },
      resources: 4,
    },
  ],
  failures: [
    { name: 'nothing listens', settings: { endpoints: [closed.address] }, codes: ['LW3001'] },
    { name: 'plain HTTP', settings: { endpoints: [listening.http.address] }, codes: ['LW3041'] },
    { name: 'accepts and hangs up', settings: { endpoints: [listening.hangsUp.address] }, codes: ['LW3011'] },
    {
      name: 'accepts and never answers',
      settings: { endpoints: [listening.silent.address], timeout: 0.2 },
      codes: ['LW3005'],
    },
    { name: 'no such host', settings: { endpoints: ['no-such-host.invalid:443'] }, codes: ['LW3001'] },
    {
      name: 'no STARTTLS',
      settings: { endpoints: [{ address: listening.smtpPlain.address, starttls: 'smtp' }] },
      codes: ['LW3042'],
    },
    {
      name: 'TLS switched off in PostgreSQL',
      settings: { endpoints: [{ address: listening.postgresqlPlain.address, starttls: 'postgresql' }] },
      codes: ['LW3042'],
    },
    {
      name: 'a greeting without end',
      settings: { endpoints: [{ address: listening.chatty.address, starttls: 'smtp' }] },
      codes: ['LW3042'],
    },
    {
      name: 'a silent greeting',
      settings: { endpoints: [{ address: listening.silent.address, starttls: 'smtp' }], timeout: 0.2 },
      codes: ['LW3005'],
    },
  ],
});

describe('an endpoint', () => {
  it('that is in order is trusted, under its name, and refuses old protocols', async () => {
    const { address } = listening.portal;
    const { endpoint, certificate, complete } = await read([{ address, name: 'portal', servername: 'portal.example' }]);
    expect(endpoint).toEqual({
      address,
      servername: 'portal.example',
      protocol: 'TLSv1.3',
      cipher: 'TLS_AES_256_GCM_SHA384',
      legacy: { TLSv1: 'refused', 'TLSv1.1': 'refused' },
      trusted: true,
      nameMatches: true,
    });
    expect(certificate).toMatchObject({
      subject: 'CN=portal.example',
      chain: { intermediates: ['CN=Northwind Issuing'], root: 'CN=Northwind Root', complete: true },
    });
    expect(complete).toEqual(['tls.certificate', 'tls.endpoint']);
  });

  it('shows the same certificate as the file it was set up from', async () => {
    const settings = certificateSettings.parse({ files: ['portal.pem'], trust: ['ca.pem'], key: '<portal>.pem' });
    const files = memoryFiles({ 'ca.pem': root.pem, 'portal.pem': portal.pem + middle.pem });
    const declared = await collect(connector, settings, { ...contextOf(), files });
    const observed = await read([{ address: listening.portal.address, name: 'portal' }]);
    const certificate = declared.resources.find((each) => each.kind === 'tls.certificate');
    expect(certificate).toMatchObject({ key: 'portal', attributes: observed.certificate });
  });

  it('with an expired certificate is not trusted, and says why', async () => {
    const { endpoint, certificate, notices } = await read([listening.expired.address]);
    expect(endpoint).toMatchObject({
      trusted: false,
      trustProblem: 'CERT_HAS_EXPIRED',
      nameMatches: true,
      protocol: 'TLSv1.2',
    });
    expect(certificate).toMatchObject({ notAfter: '2020-04-01T00:00:00Z' });
    expect(notices).toEqual([]);
  });

  it('with another name and a certificate of its own making says both', async () => {
    const { endpoint, certificate } = await read([listening.lonely.address]);
    expect(endpoint).toMatchObject({ trusted: false, trustProblem: 'DEPTH_ZERO_SELF_SIGNED_CERT', nameMatches: false });
    expect(certificate).toMatchObject({ selfSigned: true });
  });

  it('that leaves out its intermediate has an incomplete chain', async () => {
    const { endpoint, certificate } = await read([listening.noChain.address]);
    expect(endpoint).toMatchObject({ trusted: false, trustProblem: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
    expect(certificate).toMatchObject({ chain: { intermediates: [], complete: false } });
  });

  it('that still accepts retired protocols is found out', async () => {
    const { endpoint } = await read([listening.old.address]);
    expect(endpoint).toMatchObject({ protocol: 'TLSv1.3', legacy: { TLSv1: 'accepted', 'TLSv1.1': 'accepted' } });
  });

  it('is not asked for retired protocols when settings say so, and says that', async () => {
    const { endpoint } = await read([listening.old.address], { legacy: false });
    expect(endpoint).toMatchObject({ legacy: { TLSv1: 'not checked', 'TLSv1.1': 'not checked' } });
  });

  it.each(['smtp', 'postgresql'] as const)('switches to TLS in %s', async (starttls) => {
    const { endpoint, certificate, notices } = await read([{ address: listening[starttls].address, starttls }]);
    expect(notices).toEqual([]);
    expect(endpoint).toMatchObject({ starttls, protocol: 'TLSv1.3', nameMatches: true });
    expect(certificate).toMatchObject({ subject: 'CN=portal.example' });
  });

  it('that fails leaves the others readable, and nothing complete', async () => {
    const { resources, notices, complete } = await read([closed.address, listening.portal.address]);
    expect(resources.map(({ kind }) => kind)).toEqual(['tls.endpoint', 'tls.certificate']);
    expect(notices.map(({ problem: found }) => found.code)).toEqual(['LW3001']);
    expect(complete).toEqual([]);
  });

  it('that hangs ends when the source is cancelled', async () => {
    const canceller = new AbortController();
    const reading = read([listening.silent.address], { timeout: 60 }, canceller.signal);
    canceller.abort(new ProblemError(problem('LW3010', { system: 'Certificates' })));
    expect((await reading).notices.map(({ problem: found }) => found.code)).toEqual(['LW3010']);
  });
});

describe('checking endpoints', () => {
  it('has a line for each', async () => {
    const settings = certificateSettings.parse({
      files: ['nowhere/*'],
      endpoints: [listening.portal.address, closed.address],
    });
    const lines = await connector.check(settings, contextOf());
    expect(lines.map(({ ok, problem: found }) => [ok, found?.code])).toEqual([
      [false, 'LW2001'],
      [true, undefined],
      [false, 'LW3001'],
    ]);
  });
});

describe('addresses', () => {
  it.each([
    ['portal.example', { host: 'portal.example', port: 443 }],
    ['portal.example:8443', { host: 'portal.example', port: 8443 }],
    ['[::1]:8443', { host: '::1', port: 8443 }],
    ['tls://portal.example:8443/', { host: 'portal.example', port: 8443 }],
    ['user:secret@portal.example', undefined],
    ['portal.example:99999', undefined],
    ['portal.example/path', undefined],
    ['', undefined],
  ])('%s', (text, expected) => {
    expect(parseAddress(text)).toEqual(expected);
  });
});

describe('standing alone', () => {
  it.each([
    [{ url: 'tls://portal.example:8443' }, 1],
    [{ url: 'postgres://localhost/orders' }, undefined],
    [{ paths: ['portal.pem'], head: '-----BEGIN CERTIFICATE-----' }, 0.95],
    [{ paths: ['portal.p12'], head: '0\u0082' }, 0.8],
    [{ paths: ['deploy.yaml'], head: 'kind: Service' }, 0.05],
    [{}, undefined],
  ])('%j', (target, confidence) => {
    expect(connector.standalone?.(target)?.confidence).toBe(confidence);
  });
});
