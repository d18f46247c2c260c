import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failed, ok, ProblemError, problem } from '@leeway/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commandTable } from './commands/table.ts';
import { clean, northwind } from './output/testing/northwind.ts';
import { MemorySink, run } from './testing/run.ts';
import type { ScanRequest } from './use-cases.ts';

describe('exit codes', () => {
  it.each([
    [{ ...clean, exitCode: 0 as const }, 0],
    [{ ...northwind, exitCode: 2 as const }, 2],
    [northwind, 3],
    [{ ...clean, exitCode: 1 as const }, 1],
  ])('are the report’s (%#)', async (report, code) => {
    expect((await run(['scan'], { useCases: { scan: async () => report } })).code).toBe(code);
  });

  it('are 1 with the problems on stderr where a program reads stdout', async () => {
    const problems = [problem('LW2001', { file: 'leeway.yaml' }), problem('LW2001', { file: 'b.yaml' })];
    const scan = async () => ({ ...clean, problems, exitCode: 1 as const });
    const outcome = await run(['scan', '--format', 'json'], { useCases: { scan } });
    expect(outcome.code).toBe(1);
    expect(JSON.parse(outcome.stdout).problems).toHaveLength(2);
    expect(outcome.stderr.match(/^error: LW2001/gm)).toHaveLength(2);
    expect((await run(['scan'], { useCases: { scan } })).stdout).toContain(
      'error: LW2001 There is no file leeway.yaml.',
    );
  });

  it('are 1 with the problems on stderr where there is no result', async () => {
    const lastReport = async () => failed(problem('LW2001', { file: 'leeway.yaml' }));
    const outcome = await run(['report'], { useCases: { lastReport } });
    expect(outcome).toMatchObject({ code: 1, stdout: '' });
    expect(outcome.stderr).toMatch(/^error: LW2001/);
  });
});

describe('streams', () => {
  it('put the report on stdout and nothing else there', async () => {
    const outcome = await run(['scan', '--format', 'json']);
    expect(JSON.parse(outcome.stdout).schemaVersion).toBe(1);
    expect(outcome.stderr).toBe('');
  });

  it('stop quietly when the reader goes away, with the code of the scan', async () => {
    const stdout = new MemorySink();
    stdout.closeAfter = 10;
    const outcome = await run(['scan'], { stdout });
    expect(outcome.code).toBe(3);
    expect(outcome.stderr).toBe('');
    expect(outcome.stdout.length).toBeLessThan(200);
  });

  it('say nothing with --quiet', async () => {
    expect(await run(['scan', '--quiet'])).toEqual({ code: 3, stdout: '', stderr: '' });
  });
});

describe('colour', () => {
  const esc = String.fromCharCode(27);
  const terminal = (): MemorySink => Object.assign(new MemorySink(), { isTerminal: true, columns: 100 });
  const colours = async (argv: readonly string[], environment: Record<string, string>, stdout = terminal()) =>
    (await run(['scan', ...argv], { environment, stdout })).stdout.includes(esc);

  it('is on at a terminal, and off for NO_COLOR, --no-color, TERM=dumb and pipes', async () => {
    expect(await colours([], {})).toBe(true);
    expect(await colours([], { NO_COLOR: '1' })).toBe(false);
    expect(await colours([], { NO_COLOR: '' })).toBe(true);
    expect(await colours(['--no-color'], {})).toBe(false);
    expect(await colours([], { TERM: 'dumb' })).toBe(false);
    expect(await colours([], {}, new MemorySink())).toBe(false);
    expect(await colours([], { FORCE_COLOR: '1' }, new MemorySink())).toBe(true);
  });
});

describe('wrong use', () => {
  it.each([
    [['scna'], /Unknown command 'scna' \(Did you mean scan\?\)/],
    [['scan', '--formt', 'json'], /Unknown option '--formt' \(Did you mean --format\?\)/],
    [['scan', '--format', 'jsn'], /Allowed choices are table, json/],
    [['scan', '--fail-on', 'huge'], /Allowed choices are new, low/],
    [['scan', '--now', '2026-11-23'], /instant with its zone/],
    [['diff', 'a'], /Missing required argument 'right'/],
    [['diff', 'a', 'b', 'c'], /Too many arguments/],
    [['policy'], /A command is missing/],
    [['policy', 'tset'], /Unknown command 'tset' \(Did you mean test\?\)/],
    [['history', '--limit', '0'], /whole number/],
    [['completion', 'tcsh'], /Allowed choices are bash, zsh, fish/],
  ])('%j is answered with what is meant', async (argv, expected) => {
    const outcome = await run(argv);
    expect(outcome).toMatchObject({ code: 1, stdout: '' });
    expect(outcome.stderr).toMatch(expected);
    expect(outcome.stderr).toMatch(/^error: LW7001 .* Next: Run "leeway.* --help" to see what it takes\.\n$/);
  });

  it('neutralises what was typed', async () => {
    expect((await run(['scan', '--\u001b[31m'])).stderr).not.toContain(String.fromCharCode(27));
  });
});

describe('help', () => {
  it('lists every command and the exit codes', async () => {
    const { code, stdout } = await run(['--help']);
    expect(code).toBe(0);
    for (const { name } of commandTable) expect(stdout).toMatch(new RegExp(`^  ${name}`, 'm'));
    expect(stdout).toContain('Exit codes: 0');
    expect((await run([])).stdout).toBe(stdout);
  });

  it.each(commandTable)('describes $name', async ({ name, summary }) => {
    const { code, stdout, stderr } = await run([name, '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(summary);
    expect((await run(['help', name])).stdout).toBe(stdout);
  });

  it('prints the version', async () => {
    expect(await run(['--version'])).toEqual({ code: 0, stdout: '0.1.0\n', stderr: '' });
  });
});

describe('failures', () => {
  it('name a bug as such, with a stack only when asked', async () => {
    const scan = async () => Promise.reject(new TypeError('x is not a function'));
    const plain = await run(['scan'], { useCases: { scan } });
    expect(plain.code).toBe(1);
    expect(plain.stderr).toMatch(
      /^error: LW7004 This is a bug in Leeway: TypeError: x is not a function Next: Please report it/,
    );
    expect(plain.stderr).not.toMatch(/\n\s+at /);
    expect((await run(['scan'], { useCases: { scan }, environment: { LEEWAY_DEBUG: '1' } })).stderr).toMatch(
      /\n\s+at /,
    );
  });

  it('print a coded problem that was thrown', async () => {
    const scan = async () => Promise.reject(new ProblemError(problem('LW2001', { file: 'x' })));
    expect((await run(['scan'], { useCases: { scan } })).stderr).toMatch(/^error: LW2001 There is no file x\./);
  });

  it('end with 130 after Ctrl-C, whatever the work below made of it', async () => {
    const controller = new AbortController();
    const scan = async () => {
      controller.abort('Ctrl-C');
      return northwind;
    };
    const outcome = await run(['scan'], { useCases: { scan }, signal: controller.signal });
    expect(outcome.code).toBe(130);
    expect(outcome.stderr).toMatch(/LW7003 Stopped by Ctrl-C/);
  });
});

describe('requests', () => {
  const ask = async (argv: readonly string[], environment: Record<string, string> = {}, workingDirectory = '/') => {
    let seen: ScanRequest | undefined;
    const scan = async (request: ScanRequest) => {
      seen = request;
      return clean;
    };
    await run(argv, { useCases: { scan }, environment, workingDirectory });
    return seen;
  };

  it('carry what was asked for, wherever the options stand', async () => {
    const argv = [
      '--strict',
      'scan',
      'production-eu',
      'test',
      '--source',
      'a',
      '--source',
      'b',
      '--fail-on',
      'new',
      '--ref',
      'main',
      '--now',
      '2026-01-01T00:00:00Z',
    ];
    expect(await ask(argv)).toMatchObject({
      environments: ['production-eu', 'test'],
      sources: ['a', 'b'],
      strict: true,
      failOn: 'new',
      ref: 'main',
      now: new Date('2026-01-01T00:00:00Z'),
    });
  });

  it('take the database from the environment unless it is named', async () => {
    expect(await ask(['scan'], { LEEWAY_DATABASE_URL: 'postgres://a' })).toMatchObject({ database: 'postgres://a' });
    expect(await ask(['scan', '--database', 'postgres://b'], { LEEWAY_DATABASE_URL: 'postgres://a' })).toMatchObject({
      database: 'postgres://b',
    });
    expect(await ask(['scan'])).not.toHaveProperty('database');
  });

  it('find the estate upwards, as Git finds its repository', async () => {
    const root = await mkdtemp(join(tmpdir(), 'leeway-cli-'));
    await mkdir(join(root, 'a/b'), { recursive: true });
    await writeFile(join(root, 'leeway.yaml'), '');
    expect(await ask(['scan'], {}, join(root, 'a/b'))).toMatchObject({ directory: root });
    expect(await ask(['scan', '--estate', '../x'], {}, join(root, 'a/b'))).toMatchObject({
      directory: join(root, 'a/x'),
    });
    await rm(root, { recursive: true });
  });
});

describe('--output', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'leeway-output-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  it('writes the file whole, keeps stdout empty and gives the code of the scan', async () => {
    const outcome = await run(['scan', '--format', 'html', '--output', 'report.html'], { workingDirectory: directory });
    expect(outcome).toMatchObject({ code: 3, stdout: '' });
    expect(await readFile(join(directory, 'report.html'), 'utf8')).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
    expect(await readdir(directory)).toEqual(['report.html']);
  });

  it('leaves an earlier file alone and says why when it cannot write', async () => {
    await writeFile(join(directory, 'kept'), 'earlier');
    const outcome = await run(['scan', '--output', 'kept/report.html'], { workingDirectory: directory });
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toMatch(/LW7002 The output cannot be written to .*kept/);
    expect(await readdir(directory)).toEqual(['kept']);
  });
});

describe('commands', () => {
  it('report prints a saved report in another form', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'leeway-saved-'));
    await run(['scan', '--format', 'json', '--output', 'saved.json'], { workingDirectory: directory });
    const table = await run(['report', 'saved.json'], { workingDirectory: directory });
    expect(table).toEqual(await run(['scan']));
    await writeFile(join(directory, 'broken.json'), '{"schemaVersion":1,"mode":"scan"}');
    expect((await run(['report', 'broken.json'], { workingDirectory: directory })).stderr).toMatch(
      /LW7015 .*broken.json is not a report/,
    );
    await writeFile(join(directory, 'none.json'), '{');
    expect((await run(['report', 'none.json'], { workingDirectory: directory })).stderr).toMatch(/it is not JSON/);
    expect((await run(['report', 'absent.json'], { workingDirectory: directory })).stderr).toMatch(/LW2001/);
    await rm(directory, { recursive: true });
  });

  it('demo serves the example until it is stopped, unless it is asked to act as a gate', async () => {
    expect((await run(['demo', '--once'])).code).toBe(3);
    const stop = new AbortController();
    let closed = false;
    const serve = async () => {
      stop.abort('SIGTERM');
      const close = async () => {
        closed = true;
      };
      return ok({ url: 'http://127.0.0.1:7460', listensAt: 'http://127.0.0.1:7460', close });
    };
    const { code, stderr } = await run(['demo'], { useCases: { serve }, signal: stop.signal });
    expect({ code, closed }).toEqual({ code: 0, closed: true });
    expect(stderr).toContain('leeway scan --estate /examples/northwind');
    expect(stderr).toContain('Leeway serves http://127.0.0.1:7460');
  });

  it('explain tells sentence, sides, trace, events and advice', async () => {
    const { stdout, code } = await run(['explain', '9599']);
    expect(code).toBe(0);
    for (const text of [
      'lets 0.0.0.0/0 reach port 5432',
      'infra/eu/security.tf:41',
      'the live side moved',
      'j.wouters',
      'It was seen.',
      'Close the rule',
    ]) {
      expect(stdout.replaceAll(/\s+/g, ' ')).toContain(text);
    }
  });

  it('approve hands on what was typed and shows what was written', async () => {
    let asked: unknown;
    const approve = async (request: { approval: unknown }) => {
      asked = request.approval;
      return ok({
        id: 'x',
        file: 'approved/sizing.yaml',
        line: 3,
        constraint: 'at most 4',
        expires: 'e',
        text: 'x:\n  owner: a\n',
      });
    };
    const argv = [
      'approve',
      '9599',
      '--reason',
      'r',
      '--owner',
      'o',
      '--approver',
      'a',
      '--expires',
      'e',
      '--category',
      'sizing',
      '--at-most-reference',
      '--one-of',
      '1',
      '--one-of',
      '2',
    ];
    const { stdout } = await run(argv, { useCases: { approve } });
    expect(asked).toEqual({
      reason: 'r',
      owner: 'o',
      approver: 'a',
      expires: 'e',
      category: 'sizing',
      atMost: 'reference',
      oneOf: ['1', '2'],
    });
    expect(stdout).toContain('approved/sizing.yaml:3');
  });

  it('sources check ends with 3 when something may not be read', async () => {
    const lines = [
      {
        what: 'roles',
        ok: false,
        problem: problem('LW3003', { system: 'AWS', what: 'roles', permission: 'iam:ListRoles' }),
      },
    ];
    const checkSources = async () =>
      ok([{ environment: 'e', source: 's', plane: 'observed', connector: 'aws', lines }]);
    const outcome = await run(['sources', 'check'], { useCases: { checkSources } });
    expect(outcome.code).toBe(3);
    expect(outcome.stdout).toContain('✕ roles: LW3003');
    expect((await run(['sources', 'check'])).code).toBe(0);
  });

  it('policy test fails when a test does', async () => {
    const place = { file: 'p.yaml' };
    const policies = [
      {
        code: 'NET001',
        title: 't',
        pack: 'p',
        place,
        ok: false,
        tests: [{ name: 'pass 1', ok: false, reason: 'it failed' }],
      },
    ];
    const testPolicies = async () => ok({ ok: false, policies, passed: 1, failed: 1 });
    const outcome = await run(['policy', 'test'], { useCases: { testPolicies } });
    expect(outcome.code).toBe(1);
    expect(outcome.stdout).toContain('pass 1: it failed');
  });

  it.each([
    ['validate'],
    ['policy', 'list'],
    ['connectors'],
    ['doctor'],
    ['history'],
    ['applied', 'test'],
    ['init'],
    ['report'],
  ])('%s %s runs', async (...argv) => {
    const outcome = await run(argv.filter(Boolean));
    expect(outcome.stderr).toBe('');
    expect(outcome.stdout).not.toBe('');
  });
});
