import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { formatNames } from '../packages/cli/src/output/format-names.ts';
import { MemorySink } from '../packages/cli/src/testing/run.ts';
import { listen } from './support/bad-servers.ts';
import {
  type Files,
  type LeewayOptions,
  leeway,
  type Outcome,
  testFolder,
  today,
  writeFiles,
} from './support/leeway.ts';

interface Finding {
  readonly fingerprint: string;
  readonly verdict: string;
  readonly severity: string;
  readonly environment: string;
  readonly path: string;
  readonly approval?: { readonly state: string };
}
interface Report {
  readonly findings: readonly Finding[];
  readonly approved: readonly Finding[];
  readonly approvals: readonly { readonly id: string; readonly state: string }[];
  readonly sources: readonly { readonly environment: string; readonly source: string }[];
  readonly exitCode: number;
}

const estate = `estate: shop
environments:
  production: {stage: production, region: eu}
  staging: {stage: staging, region: eu, mirrors: production}
sources:
  orders:
    connector: settings-files
    declared: {files: 'declared/{environment}.json', name: orders}
    observed: {files: 'live/{environment}.json', name: orders}
  warehouse:
    connector: settings-files
    environments: production
    observed: {files: live/warehouse.yaml, name: warehouse}
`;

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
const settings = { replicas: 4, log: 'info' };
const shop: Files = {
  'leeway.yaml': estate,
  'declared/production.json': json(settings),
  'live/production.json': json(settings),
  'declared/staging.json': json(settings),
  'live/staging.json': json(settings),
  'live/warehouse.yaml': 'wave: 15\n',
};

let folder: string;

const run = (argv: readonly string[], options: Partial<LeewayOptions> = {}) =>
  leeway(argv, { cwd: folder, ...options });
const put = (path: string, value: unknown) => writeFiles(folder, { [path]: json(value) });
const summary = ({ findings }: Report) =>
  findings.map(({ verdict, environment, path }) => `${verdict} ${environment} ${path}`);

function git(...args: readonly string[]): string {
  const identity = ['-c', 'user.name=A. Nyman', '-c', 'user.email=a.nyman@example.com', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...identity, ...args], { cwd: folder, encoding: 'utf8', stdio: 'pipe' }).trim();
}

function commit(message: string): string {
  git('add', '-A');
  git('commit', '-qm', message);
  return git('rev-parse', 'HEAD');
}

async function scan(...more: readonly string[]): Promise<Report> {
  const outcome = await run(['scan', '--format', 'json', '--now', today, ...more]);
  const report = JSON.parse(outcome.stdout) as Report;
  expect(outcome.code).toBe(report.exitCode);
  return report;
}

beforeEach(() => {
  folder = testFolder(shop);
  git('init', '-q', '-b', 'main');
  commit('Declare the shop');
});

describe('a first estate', () => {
  const found: Files = {
    'deploy/production/wms.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: wms}\ndata: {A: "1"}\n',
    'deploy/staging/wms.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: wms}\ndata: {A: "2"}\n',
    'infra/production/terraform.tfstate': '{"version":4,"terraform_version":"1.9.0","lineage":"a","resources":[]}',
    'rules/orders.yaml': 'groups: [{name: orders, rules: [{alert: A, expr: up == 0}]}]\n',
    'compose.production.yaml': 'services: {api: {image: "api:1"}}\n',
    'config/production/app.properties': 'a=1\n',
  };

  it('is written from what is there, is valid and finds a difference', async () => {
    folder = testFolder(found);
    const written = await run(['init']);
    expect(written).toMatchObject({ code: 0, stderr: '' });
    const validated = await run(['validate']);
    expect(validated).toMatchObject({ code: 0, stderr: '' });
    expect(validated.stdout).toMatch(/2 environments, 5 sources/);
    expect(await run(['sources', 'check'])).toMatchObject({ code: 0, stderr: '' });
    expect(summary(await scan('--no-store'))).toEqual(['parity staging /data/A']);
    expect(await run(['init'])).toMatchObject({ code: 1, stderr: expect.stringContaining('LW7005') });
  });

  it('that has nothing to read is no clean one', async () => {
    folder = testFolder();
    expect((await run(['init'])).code).toBe(0);
    expect(await run(['scan', '--no-store'])).toMatchObject({ code: 1, stdout: expect.stringContaining('LW3021') });
  });

  it('is missing: every command says what to do', async () => {
    folder = testFolder();
    for (const argv of [['scan'], ['validate'], ['report'], ['history'], ['explain', 'abcd'], ['policy', 'list']]) {
      const outcome = await run(argv);
      expect(outcome.code).toBe(1);
      expect(outcome.stdout + outcome.stderr).toMatch(/LW1001 .*leeway\s+init/s);
    }
  });
});

describe('a difference that is meant', () => {
  const terms = ['--owner', 'team-orders', '--reason', 'a tenth of the load', '--category', 'sizing'];
  const people = ['--requester', 'a.nyman', '--approver', 'j.doe', '--expires', '2026-09-30T23:59[Europe/Brussels]'];

  it('is explained, approved, silent, loud when it moves and loud when its time is over', async () => {
    for (const plane of ['declared', 'live']) put(`${plane}/staging.json`, { ...settings, replicas: 2 });
    const first = await scan();
    expect(summary(first)).toEqual(['parity staging /replicas']);
    const id = first.findings[0]?.fingerprint ?? '';

    const explained = await run(['explain', id.slice(0, 6)]);
    expect(explained.code).toBe(0);
    expect(explained.stdout).toMatch(/replicas to 2 in staging; production sets 4\./);
    expect(explained.stdout).toContain('no approved difference matches');

    const own = await run(['approve', id, ...terms, ...people, '--approver', 'a.nyman', '--at-most-reference']);
    expect(own).toMatchObject({ code: 1, stderr: expect.stringContaining('LW7009') });
    const approved = await run(['approve', id, ...terms, ...people, '--at-most-reference', '--id', 'small-staging']);
    expect(approved).toMatchObject({ code: 0, stderr: '' });
    expect(approved.stdout).toContain('approved/sizing.yaml');

    const silent = await scan();
    expect([silent.exitCode, silent.findings, silent.approved.length]).toEqual([0, [], 1]);
    const shown = await run(['report', '--show-approved']);
    expect(shown.stdout).toContain('No differences');
    expect((await run(['scan', '--show-approved', '--no-store', '--now', today])).stdout).toContain(
      'a tenth of the load',
    );

    for (const plane of ['declared', 'live']) put(`${plane}/staging.json`, { ...settings, replicas: 6 });
    const moved = await scan();
    expect([moved.exitCode, summary(moved)]).toEqual([2, ['parity staging /replicas']]);
    expect(moved.findings[0]?.approval?.state).toBe('broken');

    for (const plane of ['declared', 'live']) put(`${plane}/staging.json`, { ...settings, replicas: 3 });
    const nearly = await run(['scan', '--no-store', '--now', '2026-09-25T08:00:00Z']);
    expect(nearly.code).toBe(0);
    expect(nearly.stdout).toMatch(/small-staging .*\sexpires 2026-09-30 21:59 UTC, in 5 days/s);
    const over = await run(['scan', '--no-store', '--now', '2026-09-30T22:00:00Z']);
    expect(over.code).toBe(2);
    expect(over.stdout).toMatch(/approval small-staging expired|approval expired/i);
  });

  it('is an error when it matches nothing, unless the scan looks at a part only', async () => {
    const record = {
      match: { kind: 'settings.application', key: 'ordres', path: '/log' },
      allow: { equals: 'x' },
      category: 'other',
      reason: 'r',
      owner: 'a',
      approver: 'b',
      expires: '2027-01-01T00:00:00Z',
    };
    writeFiles(folder, { 'approved/typo.json': '', 'approved/typo.yaml': json({ approved: { typo: record } }) });
    const whole = await run(['scan', '--no-store']);
    expect(whole).toMatchObject({ code: 1, stdout: expect.stringContaining('LW4001') });
    expect((await run(['scan', '--no-store', '--source', 'warehouse'])).code).toBe(0);
    expect((await run(['scan', '--no-store', 'production'])).code).toBe(0);
  });
});

describe('declared, applied and live', () => {
  it('are told apart after a deployment was recorded', async () => {
    const first = git('rev-parse', 'HEAD');
    const recorded = await run(['applied', 'production', '--actor', 'pipeline']);
    expect(recorded).toMatchObject({ code: 0, stderr: '' });
    expect(recorded.stdout).toBe(`Recorded ${first} as deployed to production: orders.\n`);

    put('declared/production.json', { ...settings, log: 'warn' });
    put('declared/staging.json', { ...settings, log: 'warn' });
    put('live/staging.json', { ...settings, log: 'warn' });
    const pending = await scan();
    expect([pending.exitCode, summary(pending)]).toEqual([0, ['pending production /log']]);
    expect((await scan('--ref', first, '--source', 'orders')).findings).not.toContainEqual(
      expect.objectContaining({ environment: 'production', verdict: 'pending' }),
    );

    put('live/production.json', { ...settings, log: 'debug' });
    const conflict = await scan();
    expect([conflict.exitCode, summary(conflict)]).toEqual([2, ['conflict production /log']]);

    for (const environment of ['production', 'staging']) put(`declared/${environment}.json`, settings);
    put('live/staging.json', settings);
    expect(summary(await scan())).toEqual(['drift production /log']);
  });

  it('are read at a revision that exists', async () => {
    expect(await run(['scan', '--ref', 'no-such-branch', '--no-store'])).toMatchObject({ code: 1 });
    expect((await run(['validate', '--ref', 'main'])).code).toBe(0);
    expect(await run(['applied', 'production', '--revision', 'no-such-tag'])).toMatchObject({ code: 1, stdout: '' });
    expect((await run(['applied', 'prodution'])).stderr).toMatch(/LW3018 .*"production"/s);
  });
});

describe('a finding over time', () => {
  it('is new once, stays, resolves and reopens under one id', async () => {
    put('live/production.json', { ...settings, log: 'debug' });
    const first = await scan('--fail-on', 'new');
    expect(first.exitCode).toBe(2);
    expect((await scan('--fail-on', 'new')).exitCode).toBe(0);
    put('live/production.json', settings);
    expect((await scan()).exitCode).toBe(0);
    put('live/production.json', { ...settings, log: 'debug' });
    const again = await scan();
    expect(again.findings[0]?.fingerprint).toBe(first.findings[0]?.fingerprint);
    const { stdout } = await run(['history', '--format', 'json']);
    const events = (JSON.parse(stdout).events as { event: string }[]).map(({ event }) => event);
    expect(events).toEqual(['reopened', 'resolved', 'seen']);
    expect((await run(['explain', again.findings[0]?.fingerprint ?? ''])).stdout).toContain('reopened 1×');
  });
});

describe('the gate', () => {
  it.each(['low', 'medium', 'high', 'critical', 'none'])('fails on %s and above', async (level) => {
    put('live/production.json', { ...settings, log: 'debug' });
    const { findings, exitCode } = await scan('--no-store', '--fail-on', level);
    const order = ['low', 'medium', 'high', 'critical', 'none'];
    const worst = Math.max(...findings.map(({ severity }) => order.indexOf(severity)));
    expect(worst).toBeGreaterThan(0);
    expect(exitCode).toBe(worst >= order.indexOf(level) ? 2 : 0);
  });

  it.each([
    [['scan', 'prodution'], /LW3018 .*"production"/s],
    [['scan', '--source', 'order'], /LW3020 .*"orders"/s],
    [['sources', 'check', 'stagin'], /LW3018 .*"staging"/s],
    [['diff', 'production', 'stagin'], /LW3018 .*"staging"/s],
    [['explain', 'ffffffff'], /LW7006/],
    [['explain', 'ff'], /LW7022/],
    [['policy', 'test', 'NET999'], /LW5\d{3} .*NET999/s],
    [['history', '--environment', 'prodution'], /LW3018 .*"production"/s],
    [['scan', 'staging', '--source', 'warehouse', '--no-store'], null],
  ])('answers a name that is not there: %j', async (argv, expected) => {
    const outcome = await run(argv);
    if (!expected) return expect(outcome.code).toBe(0);
    expect(outcome.stdout + outcome.stderr).toMatch(expected);
    expect(outcome.code).toBe(1);
  });

  it('looks only at what was named, and at what that mirrors', async () => {
    const { sources } = await scan('--no-store', 'staging', '--source', 'orders');
    expect([...new Set(sources.map(({ environment }) => environment))]).toEqual(['production', 'staging']);
    expect([...new Set(sources.map(({ source }) => source))]).toEqual(['orders']);
  });
});

describe('the same input', () => {
  it.each(formatNames)('makes the same bytes in %s', async (format) => {
    put('live/production.json', { ...settings, log: 'debug', password: 'hunter2-hunter2' });
    const copy = testFolder();
    cpSync(folder, copy, { recursive: true });
    const argv = ['scan', '--no-store', '--format', format, '--now', today];
    const environment = { LEEWAY_SEAL_KEY: 'the same key everywhere' };
    const [left, right] = await Promise.all([run(argv, { environment }), run(argv, { environment, cwd: copy })]);
    expect(left.stdout).not.toBe('');
    expect(right).toEqual(left);
  });
});

describe('two things to compare', () => {
  it('are environments of the estate, also where folders are called like them', async () => {
    put('declared/staging.json', { ...settings, replicas: 2 });
    writeFiles(folder, { 'production/x.json': '{}', 'staging/x.json': '{}' });
    const environments = await run(['diff', 'production', 'staging', '--no-store']);
    expect(environments.code).toBe(2);
    expect(environments.stdout).toContain('replicas');
    expect((await run(['diff', './production', './staging'])).code).toBe(0);
    expect((await run(['diff', 'production', 'production', '--no-store'])).code).toBe(0);
  });

  it('are files, of one format or two', async () => {
    writeFiles(folder, { 'a.yaml': 'log: info\nreplicas: 4\n', 'b.toml': 'replicas = 5\nlog = "info"\n' });
    expect((await run(['diff', 'declared/production.json', 'a.yaml', '--as', 'settings-files'])).code).toBe(0);
    const different = await run(['diff', 'a.yaml', 'b.toml', '--as', 'settings-files']);
    expect(different.code).toBe(2);
    expect(different.stdout).toMatch(/replicas to 5 in b\.toml; a\.yaml sets 4\./);
    expect((await run(['diff', 'a.yaml', 'nowhere.yaml'])).code).toBe(1);
  });

  it('are folders', async () => {
    writeFiles(folder, { 'left/a.env': 'A=1\nB=2\n', 'right/a.env': 'B=2\nA=1\n', 'other/a.env': 'B=2\nA=3\n' });
    expect((await run(['diff', 'left', 'right'])).code).toBe(0);
    expect((await run(['diff', 'left', 'other'])).code).toBe(2);
  });

  it('are snapshots that were kept', async () => {
    await scan();
    put('live/production.json', { ...settings, log: 'debug' });
    const later = await run(['scan', '--now', '2026-06-02T08:00:00Z']);
    expect(later.code).toBe(2);
    const listed = await run(['history', '--snapshots', '--environment', 'production', '--format', 'json']);
    const kept = JSON.parse(listed.stdout) as { id: string; source: string; plane: string; takenAt: string }[];
    const [after, before] = kept.filter(({ source, plane }) => source === 'orders' && plane === 'observed');
    const compared = await run(['diff', before?.id ?? '', after?.id ?? '']);
    expect(compared.code).toBe(2);
    expect(compared.stdout).toContain('/log');
    expect((await run(['diff', before?.id ?? '', before?.id ?? ''])).code).toBe(0);
    expect((await run(['diff', 'f'.repeat(32), before?.id ?? ''])).stdout).toContain('LW3016');
  });
});

describe('interrupting', () => {
  it('leaves nothing half-written, and the next scan is as the first', async () => {
    const controller = new AbortController();
    const { port, stop } = await listen({ name: 'interrupts', talk: () => controller.abort('Ctrl-C') });
    onTestFinished(stop);
    const slow = `  slow: {connector: prometheus, environments: production, observed: {url: 'http://127.0.0.1:${port}'}}\n`;
    writeFileSync(join(folder, 'leeway.yaml'), estate + slow);
    put('live/production.json', { ...settings, log: 'debug' });
    const interrupted = await run(['scan', '--output', 'report.html', '--format', 'html'], {
      signal: controller.signal,
    });
    expect(interrupted).toMatchObject({ code: 130, stdout: '', stderr: expect.stringContaining('LW7003') });
    expect(readdirSync(folder).filter((name) => name.includes('report'))).toEqual([]);
    writeFileSync(join(folder, 'leeway.yaml'), estate);
    expect(JSON.parse((await run(['history', '--format', 'json'])).stdout)).toEqual({ scans: [], events: [] });
    expect((await scan('--fail-on', 'new')).exitCode).toBe(2);
  });
});

describe('policies of one’s own', () => {
  const policy = (limit: number) => `pack: shop
title: Rules of the shop
policies:
  - code: SHOP001
    title: Orders are logged in full
    severity: high
    kinds: [settings.application]
    where: resource.?replicas.orValue(0.0) > 0.0
    expression: resource.replicas >= ${limit}.0
    message: "There are too few replicas"
    path: /replicas
    remediation: Raise them.
    tests:
      pass: [{attributes: {replicas: 4}}]
      fail: [{attributes: {replicas: 1}}]
`;

  it('are tested beside their expression and judged in a scan', async () => {
    writeFiles(folder, { 'policies/shop.yaml': policy(9) });
    const failing = await run(['policy', 'test']);
    expect(failing.code).toBe(1);
    expect(failing.stdout).toMatch(/✕ SHOP001 .*1 failed/s);
    expect(summary(await scan('--no-store'))).toContain('policy production /replicas');
    writeFiles(folder, { 'policies/shop.yaml': policy(3) });
    expect(await run(['policy', 'test', 'SHOP001'])).toMatchObject({ code: 0, stderr: '' });
    expect((await run(['policy', 'list'])).stdout).toContain('SHOP001');
    expect((await scan('--no-store')).exitCode).toBe(0);
  });
});

describe('the outside', () => {
  const main = new URL('../packages/cli/src/main.ts', import.meta.url).pathname;
  const shell = (command: string): Outcome => {
    const node = `"${process.execPath}" --disable-warning=ExperimentalWarning "${main}"`;
    const { status, stdout, stderr } = spawnSync(
      'bash',
      ['-c', `set -o pipefail; ${command.replaceAll('leeway ', `${node} `)}`],
      {
        cwd: folder,
        encoding: 'utf8',
        timeout: 30_000,
      },
    );
    return { code: status ?? -1, stdout, stderr };
  };

  it('may stop reading in the middle', async () => {
    expect(shell('leeway policy list | head -n 1; leeway --help | true')).toMatchObject({ stderr: '' });
    const stdout = Object.assign(new MemorySink(), { closeAfter: 5 });
    put('live/production.json', { ...settings, log: 'debug' });
    expect(await run(['scan', '--no-store'], { stdout })).toMatchObject({ code: 2, stderr: '' });
  });

  it('gets completion that its shell accepts', () => {
    expect(shell('leeway completion bash > c.bash && bash -n c.bash')).toMatchObject({ code: 0, stderr: '' });
    expect(readFileSync(join(folder, 'c.bash'), 'utf8')).toContain('--fail-on');
  });

  it('finds a report file whole or as it was', async () => {
    writeFileSync(join(folder, 'report.json'), 'the old one');
    const lost = await run(['scan', '--no-store', '--output', 'nowhere/report.json']);
    expect(lost).toMatchObject({ code: 1, stderr: expect.stringContaining('LW7002') });
    const kept = await run(['scan', '--no-store', '--output', 'report.json', '--format', 'json']);
    expect(kept).toMatchObject({ code: 0, stdout: '' });
    expect(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')).exitCode).toBe(0);
    expect(readdirSync(folder).filter((name) => name.includes('.tmp'))).toEqual([]);
    expect((await run(['report', 'report.json', '--format', 'markdown'])).code).toBe(0);
    rmSync(join(folder, 'report.json'));
  });
});
