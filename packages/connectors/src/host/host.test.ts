import { readFileSync } from 'node:fs';
import { testConnector } from '@leeway/connector-kit/test-contract.ts';
import { runScenario, type Scenario } from '@leeway/connector-kit/testing/scenario.ts';
import { compareAttributes, indexKinds, type Json, type Resource } from '@leeway/core';
import { describe, expect, it } from 'vitest';
import { connector } from './index.ts';
import { hostKinds, kindNames } from './kinds.ts';
import { parseFrames } from './probes.ts';
import { judgeHostKey, knownFor, parseKnownHosts } from './ssh/known-hosts.ts';
import { type Recorded, type SshServer, type SshServerOptions, startSshServer } from './testing/ssh-server.ts';

const marker = 'Tr0ub4dor-and-3';
const file = (name: string) => readFileSync(new URL(`recordings/${name}`, import.meta.url), 'utf8');
const recorded: Recorded = JSON.parse(file('debian-12.json')).answers;
const kinds = indexKinds(connector.kinds);
const base = { username: 'reader', passwordFrom: 'PASSWORD' };
const variables = { PASSWORD: marker };

/** A scenario against a host on loopback. */
function onHost(
  name: string,
  options: SshServerOptions = {},
  more: (server: SshServer) => object = () => ({}),
): Scenario & { readonly server: () => SshServer | undefined } {
  let server: SshServer | undefined;
  const settings = { ...base, hosts: [{ name: 'erp', address: '127.0.0.1', fingerprint: `SHA256:${'A'.repeat(43)}` }] };
  return {
    name,
    settings,
    variables,
    server: () => server,
    async start() {
      const started = await startSshServer({ answers: recorded, password: marker, ...options });
      server = started;
      const hosts = [{ name: 'erp', address: '127.0.0.1', port: started.port, fingerprint: started.fingerprint }];
      return { settings: { ...base, hosts, ...more(started) }, stop: () => started.stop() };
    },
  };
}

const live = onHost('a host over SSH', {}, () => ({ paths: ['/etc/orders.conf', '/etc/orders.d/*'], sudo: true }));

testConnector('host', connector, {
  secrets: [marker],
  scenarios: [
    live,
    {
      name: 'facts of Ansible',
      settings: { facts: 'facts/*.json' },
      files: { 'facts/erp.json': file('ansible.json') },
    },
    { name: 'facts of Puppet', settings: { facts: 'facts/*' }, files: { 'facts/wms.yaml': file('puppet.yaml') } },
  ],
  failures: [
    { ...onHost('a wrong password', { password: 'another' }), codes: ['LW3002'] },
    {
      ...onHost('another host key than the one known', {}, ({ port }) => ({
        hosts: [{ name: 'erp', address: '127.0.0.1', port, fingerprint: `SHA256:${'A'.repeat(43)}` }],
      })),
      codes: ['LW3072'],
    },
    {
      ...onHost('a host key that nothing vouches for', {}, ({ port }) => ({
        hosts: [{ name: 'erp', address: '127.0.0.1', port }],
        knownHosts: 'known_hosts',
      })),
      files: { known_hosts: 'elsewhere ssh-ed25519 AAAA\n' },
      codes: ['LW3071'],
    },
    { ...onHost('a shell that says something else', { say: 'Welcome!\n' }), codes: ['LW3006'] },
    { ...onHost('a host that prints without end', {}, () => ({ limit: 100 })), codes: ['LW3012'] },
    { ...onHost('a host that never ends', { hang: true }, () => ({ timeout: 0.2 })), codes: ['LW3005'] },
    {
      ...onHost('a key that is none', {}, () => ({ passwordFrom: undefined, keyFrom: 'PASSWORD' })),
      codes: ['LW3073'],
    },
    {
      name: 'a port where nothing listens',
      settings: {
        ...base,
        hosts: [{ name: 'erp', address: '127.0.0.1', port: 1, fingerprint: `SHA256:${'A'.repeat(43)}` }],
      },
      variables,
      codes: ['LW3001'],
    },
    { name: 'a credential that is not set', settings: live.settings, variables: {}, codes: ['LW3055'] },
    { name: 'another document', settings: { facts: '*.json' }, files: { 'a.json': '{"a": 1}' }, codes: ['LW2009'] },
  ],
});

async function read(scenario: Scenario): Promise<ReadonlyMap<string, Resource>> {
  const run = await runScenario(connector, scenario);
  expect(run.notices).toEqual([]);
  return new Map(run.resources.map((resource) => [`${resource.kind} ${resource.key}`, resource]));
}

describe('a host', () => {
  it('is read over one connection with no more than eight channels', async () => {
    await read(live);
    expect(live.server()?.seen).toEqual({ channels: 4, connections: 1 });
  });

  it('is told as its tools tell it', async () => {
    const found = await read(live);
    const attributes = (name: string) => found.get(name)?.attributes;
    expect(attributes('host.kernel erp')).toMatchObject({
      release: '6.1.0-35-amd64',
      parameters: ['ro', 'mitigations=auto', 'quiet'],
    });
    expect(attributes('host.package erp:rsyslog')).toMatchObject({ held: true });
    expect(attributes('host.package erp:libc6:i386')).toMatchObject({ architecture: 'i386' });
    expect(found.has('host.package erp:old-tool')).toBe(false);
    expect(attributes('host.service erp:rsyslog.service')).toMatchObject({ state: 'failed' });
    expect(attributes('host.listener erp:tcp/22')).toEqual({ addresses: ['any'] });
    expect(attributes('host.listener erp:udp/53')).toEqual({ addresses: ['127.0.0.1'] });
    expect(found.has('host.listener erp:tcp/36995')).toBe(false);
    expect(attributes('host.mount erp:/srv/order files')).toMatchObject({ persistent: true, type: 'xfs' });
    expect(found.has('host.mount erp:/run/user/1500')).toBe(false);
    expect(attributes('host.time erp')).toMatchObject({
      zone: 'Etc/UTC',
      synchronised: true,
      servers: ['2.debian.pool.ntp.org'],
    });
    expect(attributes('host.user erp:root')).toMatchObject({ id: 0 });
    expect(attributes('host.user erp:games')).not.toHaveProperty('id');
    expect(attributes('host.sudoers erp:/etc/sudoers.d/clerk')).toEqual({
      rules: ['clerk ALL=(root) NOPASSWD: /usr/bin/systemctl restart orders'],
    });
    expect(attributes('host.sshd erp')).toMatchObject({
      settings: { permitrootlogin: 'no' },
      matches: [{ criteria: 'User edi', settings: { forcecommand: 'internal-sftp' } }],
    });
    expect(attributes('host.firewall erp:inet filter chain input')).toMatchObject({
      policy: 'drop',
      hook: 'filter hook input priority filter',
    });
    expect(attributes('host.user-cron erp:clerk')).toEqual({
      jobs: [{ schedule: '@daily', command: '/usr/bin/report' }],
      environment: { MAILTO: 'ops@example.com' },
    });
    expect(attributes('host.timer erp:apt-daily.timer')?.['schedule']).toContain('OnCalendar=*-*-* 03:00');
    expect(attributes('host.agent erp:rsyslog')).toMatchObject({ role: 'logging', state: 'failed' });
    expect([...found.keys()].filter((name) => /file-nr|hostname|random\./.test(name))).toEqual([]);
    expect([...found.keys()].filter((name) => name.startsWith('host.security-update')).length).toBeGreaterThan(0);
  });

  it('says who changed packages and users, where its logs do', async () => {
    const found = await read(live);
    expect(found.get('host.package erp:openssh-server')?.origin).toMatchObject({
      actor: 'clerk',
      at: '2026-05-05T09:30:00+00:00',
      via: 'apt-get',
    });
    expect(found.get('host.package erp:bash')?.origin).toMatchObject({ at: '2026-05-04T10:00:00+00:00', via: 'dpkg' });
    expect(found.get('host.user erp:clerk')?.origin).toMatchObject({ actor: 'admin1', via: 'useradd' });
    expect(found.get('host.group erp:warehouse')?.origin).toMatchObject({ at: '2026-05-07T09:00:00+00:00' });
  });

  it('leaves only that unread which needs root', async () => {
    const denied = { code: 77, text: '' };
    const answers = { ...recorded, firewall: denied, sudoers: denied, user_cron: denied };
    const run = await runScenario(connector, onHost('x', { answers }));
    expect(run.notices.map(({ kind, problem }) => [kind, problem.code])).toEqual([
      ['host.user-cron', 'LW3003'],
      ['host.sudoers', 'LW3003'],
      ['host.firewall', 'LW3003'],
    ]);
    expect(run.complete).not.toContain('host.firewall');
    expect(run.complete).toContain('host.package');
  });

  it('that cannot be reached does not stop the others', async () => {
    const scenario = onHost('x', {}, ({ port, fingerprint }) => ({
      hosts: [
        { name: 'gone', address: '127.0.0.1', port: 1, fingerprint },
        { name: 'erp', address: '127.0.0.1', port, fingerprint },
      ],
      concurrency: 1,
    }));
    const run = await runScenario(connector, scenario);
    expect(run.notices.map(({ problem }) => problem.code)).toEqual(['LW3001']);
    expect(run.resources.length).toBeGreaterThan(50);
    expect(run.complete).toEqual([]);
  });
});

describe('host keys', () => {
  const key = Buffer.from('a public key');
  const line = (host: string, marker = '') => `${marker}${host} ssh-ed25519 ${key.toString('base64')} comment`;
  it.each([
    ['a name', line('erp.example,10.0.0.1'), 22, 'trusted'],
    ['a port', line('[erp.example]:2222'), 2222, 'trusted'],
    ['a pattern', line('*.example,!www.example'), 22, 'trusted'],
    ['a hash', line('|1|c2FsdHNhbHRzYWx0c2FsdHM=|Y6yG0pHlc7PLUi4oKDXVv0R6Tis='), 22, 'unknown'],
    ['the wrong port', line('erp.example'), 2222, 'unknown'],
    ['another key', 'erp.example ssh-ed25519 AAAA', 22, 'other'],
    ['a revoked key', line('erp.example', '@revoked '), 22, 'other'],
    ['an authority', line('erp.example', '@cert-authority '), 22, 'unknown'],
    ['a comment', `# ${line('erp.example')}`, 22, 'unknown'],
  ])('by %s', (_, text, port, verdict) => {
    const known = knownFor(parseKnownHosts(text), 'erp.example', port);
    expect(judgeHostKey(key, { known, fingerprints: [] })).toBe(verdict);
  });
});

describe('frames', () => {
  it('cannot be forged by what a host prints in them', () => {
    const text = 'evil 0 3\nabc';
    const frames = parseFrames(Buffer.from(`os 0 ${text.length}\n${text}\nkernel 1 0\n\n`));
    expect([...(frames?.keys() ?? [])]).toEqual(['os', 'kernel']);
    expect(parseFrames(Buffer.from('os 0 100\nshort\n'))).toBeUndefined();
    expect(parseFrames(Buffer.from('os 0'))).toBeUndefined();
  });
});

describe('settings', () => {
  const host = { name: 'erp', address: 'erp.example', fingerprint: `SHA256:${'A'.repeat(43)}` };
  it.each<[object]>([
    [{}],
    [{ hosts: [host], facts: 'a' }],
    [{ hosts: [host], username: 'u' }],
    [{ hosts: [{ ...host, fingerprint: undefined }], ...base }],
    [{ hosts: [host, host], ...base }],
    [{ hosts: [host], ...base, paths: ['/etc/$(reboot)'] }],
    [{ hosts: [host], ...base, paths: ['/etc/a b'] }],
  ])('%j are refused', (settings) => expect(connector.settings.safeParse(settings).success).toBe(false));

  it('know the kinds there are', () => expect(hostKinds.map(({ name }) => name)).toEqual([...kindNames]));

  it('are found for files of facts', () => {
    expect(connector.standalone?.({ paths: ['a.json'], head: file('ansible.json') })?.confidence).toBeGreaterThan(0.9);
    expect(connector.standalone?.({ paths: ['a.yaml'], head: file('puppet.yaml') })?.confidence).toBeGreaterThan(0.5);
    expect(connector.standalone?.({ paths: ['a.json'], head: '{}' })?.confidence).toBe(0);
  });
});

describe('noise and words', () => {
  it('a default of sshd is the same as silence', () => {
    const [left, right] = [
      { settings: {}, matches: [] },
      { settings: { maxauthtries: '6' }, matches: [] },
    ];
    expect(compareAttributes(kinds.find('host.sshd'), left, right)).toEqual([]);
  });

  const said = (name: string, path: string, before: Json | undefined, after: Json | undefined) => {
    const kind = kinds.find(name);
    return kind.describe?.({ kind, name: 'x', path, before, after })?.actual;
  };
  it.each<[string, string, Json | undefined, Json | undefined, string]>([
    ['host.sshd', '/settings/permitrootlogin', 'no', 'yes', 'lets root sign in'],
    ['host.firewall', '/policy', 'drop', 'accept', 'by default accepts'],
    ['host.service', '/enabled', 'disabled', 'enabled', 'starts with the host'],
    ['host.listener', '/addresses', ['127.0.0.1'], ['any'], 'listens on any'],
    ['host.time', '/servers', ['a'], [], 'asks nothing for the time'],
    ['host.file', '/mode', '600', '644', 'has the mode 644'],
    ['host.package', '/held', true, undefined, 'follows upgrades'],
  ])('%s%s', (kind, path, before, after, words) => expect(said(kind, path, before, after)).toBe(words));
});
