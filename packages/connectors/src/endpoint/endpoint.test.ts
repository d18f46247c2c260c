import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { testConnector } from '@leeway/connector-kit/test-contract.ts';
import { runScenario, type Scenario } from '@leeway/connector-kit/testing/scenario.ts';
import { compareAttributes, indexKinds, type Json, type Resource } from '@leeway/core';
import { afterAll, describe, expect, it } from 'vitest';
import { issue } from '../certificates/testing/issue.ts';
import { type Listening, serveSmtp, serveText, serveTls } from '../certificates/testing/servers.ts';
import { startSshServer } from '../host/testing/ssh-server.ts';
import { connector } from './index.ts';
import { stateOf } from './reach.ts';

const marker = 'Tr0ub4dor-and-3';
const kinds = indexKinds(connector.kinds);
const authority = issue({ subject: 'Northwind Root', authority: true });
const certificate = issue({ subject: 'portal', names: ['DNS:portal.test'], issuer: authority });
const stranger = issue({ subject: 'stranger', names: ['DNS:stranger.test'] });
const stops: (() => Promise<void>)[] = [];
afterAll(() => Promise.all(stops.map((stop) => stop())));

async function serve(server: Server | ReturnType<typeof createSecureServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

async function keep(listening: Promise<Listening>): Promise<string> {
  const { address, stop } = await listening;
  stops.push(stop);
  return address;
}

/** A portal: a page, a redirect with a state in it, a page that asks who one is. */
const portal: RequestListener = (request, response) => {
  const answers: Readonly<Record<string, [number, Record<string, string | string[]>]>> = {
    '/': [
      200,
      {
        'strict-transport-security': 'max-age=31536000',
        'content-security-policy': `script-src 'nonce-${Math.random()}'`,
        'set-cookie': [`b=${marker}; Path=/; Secure; HttpOnly; SameSite=Lax`, `a=${marker}`],
        date: 'now',
      },
    ],
    '/login': [302, { location: `https://id.test/authorize?state=${marker}#${marker}` }],
    '/reports': [401, { 'www-authenticate': 'Basic realm="reports", Bearer error="x"' }],
    '/as2': [405, { allow: 'POST, OPTIONS', 'as2-version': '1.2' }],
  };
  const [status, headers] = answers[request.url ?? ''] ?? [404, {}];
  response.writeHead(status, headers).end('x'.repeat(100_000));
};

const { keyPem: key, pem: cert } = certificate;
const secure = await serve(createSecureServer({ key, cert }, portal));
const plain = await serve(createServer(portal));
const strange = await serve(createSecureServer({ key: stranger.keyPem, cert: stranger.pem }, portal));
const mail = await keep(serveSmtp(certificate));
const poorMail = await keep(serveSmtp(undefined));
const tls = await keep(serveTls(certificate, [authority]));
const silent = await keep(serveText(() => undefined));
const chatty = await keep(serveText((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')));
const closing = await keep(serveText((socket) => socket.destroy()));
const ssh = await startSshServer({});
stops.push(ssh.stop);

const trust = { trust: 'ca.pem' };
const files = { 'ca.pem': authority.pem };
const at = (name: string, url: string, more: object = {}) => ({ name, url, ...more });
const known = { servername: 'portal.test' };

const everything = [
  at('portal', `https://127.0.0.1:${secure}/`, known),
  at('login', `http://127.0.0.1:${plain}/login`),
  at('reports', `https://127.0.0.1:${secure}/reports`, { ...known, method: 'HEAD' }),
  at('partner', `http://127.0.0.1:${plain}/as2`, { as2: true, method: 'OPTIONS' }),
  at('mail', `smtp://${mail}`, known),
  at('port', `tcp://127.0.0.1:${plain}`),
  at('ldaps', `tls://${tls}`, known),
  at('sftp', `sftp://127.0.0.1:${ssh.port}`),
];

const alone = (name: string, url: string, codes: readonly ('LW3001' | 'LW3005')[], timeout = 5) => ({
  name,
  settings: { endpoints: [url], timeout },
  codes,
});

testConnector('endpoint', connector, {
  secrets: [marker],
  scenarios: [
    {
      name: 'endpoints of every kind',
      settings: { endpoints: everything, ...trust },
      files,
      resources: 8,
    },
    { name: 'an address alone', settings: { endpoints: [`http://127.0.0.1:${plain}/`] }, resources: 1 },
  ],
  failures: [
    alone('nobody there', 'http://127.0.0.1:1/', ['LW3001']),
    alone('one that never answers', `smtp://${silent}`, ['LW3005'], 0.2),
    alone('one that hangs up', `ssh://${closing}`, ['LW3001']),
    alone('a web server where mail is expected', `smtp://${chatty}`, ['LW3001']),
    alone('a web server where SSH is expected', `ssh://${chatty}`, ['LW3001']),
    alone('a mail server where the web is expected', `http://${poorMail}`, ['LW3001']),
    alone('clear text where TLS is expected', `https://127.0.0.1:${plain}/`, ['LW3001']),
    { name: 'no file of authorities', settings: { endpoints: ['tcp://a.test:1'], trust: 'x.pem' }, codes: ['LW2001'] },
    {
      name: 'a file without authorities',
      settings: { endpoints: ['tcp://a.test:1'], ...trust },
      files: { 'ca.pem': 'nothing' },
      codes: ['LW2009'],
    },
  ],
});

async function read(scenario: Omit<Scenario, 'name'>): Promise<ReadonlyMap<string, Resource>> {
  const run = await runScenario(connector, { name: 'x', ...scenario });
  expect(run.notices).toEqual([]);
  return new Map(run.resources.map((resource) => [`${resource.kind} ${resource.key}`, resource]));
}

const readAll = (endpoints: readonly object[]) => read({ settings: { endpoints, ...trust, timeout: 2 }, files });
const answerOf = (found: ReadonlyMap<string, Resource>, name: string) => found.get(name)?.attributes['answer'];

describe('what endpoints show', () => {
  it('is what decides over browsers and partners, without what is new in each answer', async () => {
    const found = await readAll(everything);
    expect(answerOf(found, 'endpoint.http portal')).toMatchObject({
      status: 200,
      headers: { 'strict-transport-security': 'max-age=31536000', 'content-security-policy': "script-src 'nonce'" },
      cookies: [
        { name: 'a', secure: false, httpOnly: false, sameSite: 'unset' },
        { name: 'b', secure: true, httpOnly: true, sameSite: 'lax' },
      ],
      tls: { trusted: true, nameMatches: true, issuer: 'CN=Northwind Root' },
    });
    expect(answerOf(found, 'endpoint.http login')).toMatchObject({
      status: 302,
      location: 'https://id.test/authorize',
    });
    expect(answerOf(found, 'endpoint.http reports')).toMatchObject({
      status: 401,
      authentication: ['basic', 'bearer'],
    });
    expect(answerOf(found, 'endpoint.as2 partner')).toMatchObject({ allow: ['OPTIONS', 'POST'], status: 405 });
    expect(answerOf(found, 'endpoint.tcp ldaps')).toMatchObject({ tls: { trusted: true } });
    expect(answerOf(found, 'endpoint.tcp port')).toEqual({});
  });

  it('is what a mail server offers', async () => {
    const found = await readAll([everything[4] ?? {}, at('poor', `smtp://${poorMail}`), everything[0] ?? {}]);
    expect(answerOf(found, 'endpoint.smtp mail')).toMatchObject({
      banner: 'mail.example greets you',
      starttls: true,
      tls: { trusted: true },
    });
  });

  it('is the key of each type, and what is offered beside it', async () => {
    const { hostKeys, ciphers, keyExchange } = Object(answerOf(await readAll(everything), 'endpoint.ssh sftp'));
    expect(hostKeys).toEqual({ 'ecdsa-256': ssh.fingerprint });
    expect(ciphers).toContain('aes256-ctr');
    expect(keyExchange.some((name: string) => name.startsWith('ext-info'))).toBe(false);
  });

  it('is told of bad certificates as of good ones', async () => {
    const found = await readAll([at('odd', `https://127.0.0.1:${strange}/`, known)]);
    expect(answerOf(found, 'endpoint.http odd')).toMatchObject({
      status: 200,
      tls: { trusted: false, trustProblem: 'DEPTH_ZERO_SELF_SIGNED_CERT', nameMatches: false },
    });
  });
});

describe('an endpoint that does not answer', () => {
  const others = [everything[5] ?? {}];
  it.each([
    ['refused', 'tcp://127.0.0.1:1'],
    ['no answer', `smtp://${silent}`],
    ['hangs up', `smtp://${closing}`],
    ['another protocol', `smtp://${chatty}`],
    ['another protocol', `https://127.0.0.1:${plain}/`],
  ])('is told as %s where another one does', async (state, url) => {
    const settings = { endpoints: [...others, at('it', url)], timeout: 0.3 };
    const run = await runScenario(connector, { name: 'x', settings });
    const found = run.resources.find(({ key: name }) => name === 'it');
    expect(found?.attributes['reachable']).toBe(state);
    expect(found?.attributes).not.toHaveProperty('answer');
    expect(run.notices).toEqual([]);
  });

  it('differs in one thing from one that does', () => {
    const kind = kinds.find('endpoint.http');
    const answers = { address: 'a:1', reachable: 'yes', answer: { status: 200, headers: {} } };
    const found = compareAttributes(kind, answers, { address: 'a:1', reachable: 'refused' });
    expect(found.map(({ path }) => path)).toEqual(['/reachable']);
  });

  it('leaves only its own kind unread where the fault may be ours', () => {
    expect(stateOf(Object.assign(new Error('x'), { code: 'EAI_AGAIN' }), false)).toBeUndefined();
    expect(stateOf(new Error('x'), false)).toBeUndefined();
    expect(stateOf(Object.assign(new Error('x'), { code: 'ENOTFOUND' }), false)).toBe('unknown host');
  });
});

describe('settings', () => {
  it.each([
    [{}],
    [{ endpoints: [] }],
    [{ endpoints: ['portal.test'] }],
    [{ endpoints: ['ftp://portal.test'] }],
    [{ endpoints: ['https://u:p@portal.test/'] }],
    [{ endpoints: [{ url: 'tcp://a.test:1', as2: true }] }],
  ])('%j are refused', (settings) => expect(connector.settings.safeParse(settings).success).toBe(false));

  it('know the usual ports and IPv6', () => {
    const { endpoints } = connector.settings.parse({ endpoints: ['sftp://a.test', 'https://[::1]:8443/x?y=1'] });
    expect(endpoints).toMatchObject([
      { port: 22, host: 'a.test' },
      { port: 8443, host: '::1', path: '/x?y=1' },
    ]);
  });

  it('are found for addresses alone', () => {
    expect(connector.standalone?.({ url: 'sftp://a.test' })?.confidence).toBe(0.9);
    expect(connector.standalone?.({ url: 'https://a.test/' })?.confidence).toBe(0.1);
    expect(connector.standalone?.({ url: 'postgres://a.test' })).toBeUndefined();
    expect(connector.standalone?.({ paths: ['a'] })).toBeUndefined();
  });
});

describe('words', () => {
  const said = (kindName: string, path: string, before: Json | undefined, after: Json | undefined) => {
    const kind = kinds.find(kindName);
    return kind.describe?.({ kind, name: 'x', path, before, after })?.actual;
  };
  it.each<[string, string, Json | undefined, Json | undefined, string]>([
    ['endpoint.http', '/answer/status', 200, 503, 'answers 503'],
    ['endpoint.http', '/answer/location', 'a', 'b', 'leads to b'],
    ['endpoint.http', '/answer/headers/x-frame-options', 'DENY', undefined, 'sends no x-frame-options'],
    ['endpoint.tcp', '/reachable', 'yes', 'refused', 'refuses connections'],
    ['endpoint.tcp', '/answer/tls/trusted', true, false, 'shows a certificate nobody trusts'],
    ['endpoint.smtp', '/answer/starttls', true, false, 'offers no TLS'],
    ['endpoint.ssh', '/answer/hostKeys/rsa', 'a', undefined, 'shows no rsa key'],
  ])('%s%s', (kind, path, before, after, words) => expect(said(kind, path, before, after)).toBe(words));
});
