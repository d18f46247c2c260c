import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatNames } from '../packages/cli/src/output/format-names.ts';
import { openStore } from '../packages/store/src/open.ts';
import { type BadFile, badFiles } from './support/bad-files.ts';
import { badServers, type Listening, listen, liveSources } from './support/bad-servers.ts';
import { type Files, leeway, makeFolder, type Outcome, testFolder } from './support/leeway.ts';

interface Told {
  readonly code: string;
  readonly message: string;
  readonly place?: { readonly file?: string; readonly line?: number };
}
interface Reading {
  readonly source: string;
  readonly count: number;
  readonly completeness: readonly { readonly state: string; readonly problems: readonly Told[] }[];
}
interface Report {
  readonly exitCode: number;
  readonly sources: readonly Reading[];
  readonly findings: readonly { readonly verdict: string; readonly source: string; readonly key: string }[];
  readonly problems: readonly Told[];
}

/** A bug, a stack or an unmasked control character is never what a person gets to see. */
function expectCalm({ code, stdout, stderr }: Outcome): void {
  expect([0, 1, 2, 3]).toContain(code);
  expect(stderr + stdout).not.toMatch(/\n\s+at .+:\d+/);
  expect(stderr + stdout).not.toMatch(/LW7004|LW3013|\[object Object\]/);
}

function expectRefused(outcome: Outcome, expected: RegExp): void {
  expectCalm(outcome);
  expect(outcome.stdout + outcome.stderr).toMatch(expected);
  expect(outcome.code).toBe(1);
}

function estateOf(sources: readonly (readonly [id: string, settings: string])[]): string {
  const lines = sources.map(([id, settings]) => `  ${id}: {${settings}}\n`).join('');
  return `estate: bad\nenvironments: {one: {stage: production}}\nsources:\n${lines}`;
}

const good: Files = { 'good.json': '{"port": 443}' };
const goodSource = ['good', 'connector: settings-files, observed: {files: good.json}'] as const;

function readingOf(report: Report, source: string): Reading {
  const found = report.sources.find((each) => each.source === source);
  if (!found) throw new Error(`${source} is not in the report`);
  return found;
}

const toldOf = ({ completeness }: Reading) => completeness.flatMap(({ problems }) => problems);

/** Everything unreadable is told with a code, nothing of it counts as looked at, and the others are read all the same. */
function expectNotChecked(report: Report, source: string, expected: RegExp): readonly Told[] {
  const reading = readingOf(report, source);
  const told = toldOf(reading);
  expect(told.map(({ code }) => code)).toEqual(expect.arrayContaining([expect.stringMatching(expected)]));
  expect(reading.completeness.map(({ state }) => state)).not.toContain('complete');
  expect(report.findings).toContainEqual(expect.objectContaining({ source, verdict: 'not-checked' }));
  return told;
}

async function scanReport(files: Files, environment: Record<string, string> = {}): Promise<[Outcome, Report, string]> {
  const folder = makeFolder(files);
  const outcome = await leeway(['scan', '--no-store', '--format', 'json'], { cwd: folder, environment });
  return [outcome, JSON.parse(outcome.stdout) as Report, folder];
}

describe('files that cannot be read', () => {
  const idOf = (name: string) => name.replaceAll('.', '-');
  let outcome: Outcome;
  let report: Report;
  let folder: string;

  beforeAll(async () => {
    const sourceOf = ({ name, settings }: BadFile) => [idOf(name), settings.replace('FILE', `bad/${name}`)] as const;
    const contents = Object.fromEntries(badFiles.map(({ name, content }) => [`bad/${name}`, content]));
    const estate = estateOf([...badFiles.map(sourceOf), goodSource]);
    [outcome, report, folder] = await scanReport(
      { ...good, ...contents, 'leeway.yaml': estate },
      { P12_PASSWORD: 'right' },
    );
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('make a report that says so', () => {
    expectCalm(outcome);
    expect(outcome.code).toBe(3);
    expect(toldOf(readingOf(report, 'good'))).toEqual([]);
    expect(readingOf(report, 'good').count).toBe(1);
  });

  it.each(badFiles.map(({ name, expected }) => ({ name, expected })))('$name', ({ name, expected }) => {
    const [told] = expectNotChecked(report, idOf(name), expected);
    expect(told?.place?.file).toBe(`bad/${name}`);
  });
});

describe('servers that do not answer as they should', () => {
  const cases = badServers.flatMap(({ name }) => Object.keys(liveSources).map((connector) => `${connector}-${name}`));
  let servers: readonly Listening[];
  let outcome: Outcome;
  let report: Report;
  let folder: string;

  beforeAll(async () => {
    servers = await Promise.all(badServers.map(listen));
    const sources = badServers.flatMap(({ name }, at) =>
      Object.entries(liveSources).map(([connector, settings]) => {
        return [`${connector}-${name}`, `${settings(servers[at]?.port ?? 0)}, deadline: 1s`] as const;
      }),
    );
    const refused = Object.entries(liveSources).map(
      ([connector, settings]) => [`${connector}-refuses`, settings(1)] as const,
    );
    const estate = estateOf([...sources, ...refused, goodSource]);
    [outcome, report, folder] = await scanReport({ ...good, 'leeway.yaml': estate });
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await Promise.all(servers.map(({ stop }) => stop()));
  });

  it('make a report that says so', () => {
    expectCalm(outcome);
    expect(outcome.code).toBe(3);
    expect(readingOf(report, 'good').count).toBe(1);
  });

  it.each([...cases, ...Object.keys(liveSources).map((connector) => `${connector}-refuses`)])('%s', (source) => {
    expectNotChecked(report, source, /^LW30(0[1-7]|1[12]|4[12])$/);
  });
});

describe('an estate that cannot be read', () => {
  const base = 'estate: x\nenvironments: {a: {stage: test}}\n';
  const bomb = `a0: &a0 [x]\n${Array.from({ length: 25 }, (_, at) => `a${at + 1}: &a${at + 1} [*a${at}, *a${at}, *a${at}]`).join('\n')}\n`;

  it.each([
    ['truncated', `${base}sources: {`, /LW2005/],
    ['UTF-16', Buffer.from(`\ufeff${base}`, 'utf16le'), /LW2003/],
    ['Latin-1', Buffer.concat([Buffer.from(base), Buffer.from([0xe9])]), /LW2003/],
    ['NUL', `${base}\0`, /LW2011/],
    ['empty', '', /LW10\d\d/],
    ['deep', `${base}x: ${'['.repeat(2_000)}`, /LW200[57]/],
    ['duplicate keys', `${base}estate: y\n`, /leeway\.yaml:3:1.* LW2006/s],
    ['an alias bomb', base + bomb, /LW2008/],
    ['a list', '- a\n- b\n', /LW10\d\d/],
    ['a number', '42\n', /LW10\d\d/],
    ['hostile keys', `${base}__proto__: {a: 1}\nconstructor: {b: 2}\n"\\e[31mred": 3\n`, /LW10\d\d/],
  ])('%s', async (_, content, expected) => {
    const folder = testFolder({ 'leeway.yaml': content });
    for (const argv of [['validate'], ['scan', '--no-store'], ['policy', 'list']]) {
      expectRefused(await leeway(argv, { cwd: folder }), expected);
    }
  });

  it.each([
    ['sources/a.yaml', 'sources: {', /sources\/a\.yaml:\d/],
    ['environments/a.yaml', 'environments: {a: {stage: 7}}', /environments\/a\.yaml:1:/],
    ['workloads/a.yaml', 'workloads: [1]', /workloads\/a\.yaml:1:/],
    ['approved/a.yaml', 'approved: {a: {match: {}}}', /approved\/a\.yaml:1:/],
    ['policies/a.yaml', 'pack: x\npolicies: [{code: A001, expression: "1 +"}]\n', /policies\/a\.yaml:\d/],
  ])('a part of it: %s', async (file, content, expected) => {
    const folder = testFolder({ 'leeway.yaml': base, [file]: content });
    expectRefused(await leeway(['validate'], { cwd: folder }), expected);
  });

  it('is a folder, a pipe, a link or far too large', async () => {
    const makers: readonly ((path: string) => void)[] = [
      (path) => mkdirSync(path),
      (path) => execFileSync('mkfifo', [path]),
      (path) => symlinkSync('/etc/hostname', path),
      (path) => {
        writeFileSync(path, base);
        truncateSync(path, 2 ** 40);
      },
    ];
    for (const make of makers) {
      const folder = testFolder();
      make(join(folder, 'leeway.yaml'));
      expectRefused(await leeway(['validate'], { cwd: folder }), /LW(1001|1019|200[124])/);
    }
  });
});

describe('paths out of the estate', () => {
  const outside = 'OUTSIDE-the-estate-7f3a';

  it('lead nowhere, whatever names them', async () => {
    const top = testFolder({ 'secret.json': `{"value": "${outside}"}`, 'estate/x.json': '{}' });
    symlinkSync(join(top, 'secret.json'), join(top, 'estate/link.json'));
    symlinkSync(top, join(top, 'estate/folder'));
    execFileSync('mkfifo', [join(top, 'estate/pipe.json')]);
    mkdirSync(join(top, 'estate/directory.json'));
    writeFileSync(join(top, 'estate/huge.json'), '{}');
    truncateSync(join(top, 'estate/huge.json'), 2 ** 40);
    const paths = ['../secret.json', '../*.json', 'a/../../secret.json', `${top}/secret.json`, 'link.json'];
    const more = [
      'folder/secret.json',
      'folder/*.json',
      'pipe.json',
      'directory.json',
      'huge.json',
      'none.json',
      'a\\..\\..\\secret.json',
    ];
    const sources = [...paths, ...more].map((path, at) => {
      return [`s${at}`, `connector: settings-files, observed: {files: ${JSON.stringify(path)}}`] as const;
    });
    writeFileSync(join(top, 'estate/leeway.yaml'), estateOf(sources));
    const outcome = await leeway(['scan', '--no-store', '--format', 'json'], { cwd: join(top, 'estate') });
    expectCalm(outcome);
    expect([1, 3]).toContain(outcome.code);
    expect(outcome.stdout + outcome.stderr).not.toContain(outside);
    const report = JSON.parse(outcome.stdout) as Report;
    for (const [id] of sources) expectNotChecked(report, id, /^LW(1017|1019|200[124])$/);
  });

  it.each([
    ['include: [../part.yaml]'],
    ['policies: {files: [../part.yaml]}'],
    ['policies: {bundles: [{path: ../b.tar.gz, entrypoint: a/b, code: X001, kinds: [a], severity: low, title: x}]}'],
  ])('are refused in leeway.yaml: %s', async (line) => {
    const top = testFolder({ 'part.yaml': `estate: ${outside}\n` });
    mkdirSync(join(top, 'estate'));
    const estate = `estate: x\nenvironments: {a: {stage: test}}\n${line}\n`;
    writeFileSync(join(top, 'estate/leeway.yaml'), estate);
    const outcome = await leeway(['validate'], { cwd: join(top, 'estate') });
    expectRefused(outcome, /LW\d{4}/);
    expect(outcome.stderr).not.toContain(outside);
  });
});

describe('hostile names and values', () => {
  const hostile = [
    '__proto__',
    'constructor',
    '\u001b[2J\u001b[31mred',
    'a\nerror: LW0000 made up',
    '\u202egpj.exe',
    '<script>alert(1)</script>',
    '=HYPERLINK("x")',
    '|`*_[]()~1/~0',
    ']]>',
    'x'.repeat(1_000_000),
  ];
  const document = (value: string) =>
    `{${hostile.map((name) => `${JSON.stringify(name)}: ${JSON.stringify(name + value)}`).join(',')}}`;

  const forbidden: readonly (readonly [what: string, inFormat: string, pattern: RegExp])[] = [
    ['an escape sequence', '', new RegExp(String.fromCharCode(27))],
    ['a change of direction', '', /\u202e/],
    ['a line of its own', '', /^error: LW0000/m],
    ['markup', 'html', /<script>alert\(1\)/],
    ['a formula', 'csv', /(?:^|,|")=HYPERLINK/m],
  ];

  /** What of it stands in the text: told by name, because the text has megabytes. */
  const findForbidden = (text: string, format: string) =>
    forbidden
      .filter(([, only, pattern]) => (only === '' || only === format) && pattern.test(text))
      .map(([what]) => what);

  it.each(formatNames)('come out as text in %s', async (format) => {
    const folder = testFolder({ 'a.json': document('1'), 'b.json': document('2') });
    const outcome = await leeway(['diff', 'a.json', 'b.json', '--format', format], { cwd: folder });
    expectCalm(outcome);
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toBe('');
    expect(findForbidden(outcome.stdout, format)).toEqual([]);
    if (format === 'json') expect((JSON.parse(outcome.stdout) as Report).findings).toHaveLength(hostile.length);
    expect(({} as Record<string, unknown>)['a']).toBeUndefined();
  });

  it('stay names in the store', async () => {
    const files = { 'a.json': document('1'), 'b.json': document('2') };
    const source = 'connector: settings-files, declared: {files: a.json, name: a}, observed: {files: b.json, name: a}';
    const folder = testFolder({ ...files, 'leeway.yaml': estateOf([['files', source]]) });
    const first = await leeway(['scan', '--format', 'json'], { cwd: folder });
    const again = await leeway(['report', '--format', 'json'], { cwd: folder });
    expect([first.code, again.code]).toEqual([2, 2]);
    expect((JSON.parse(again.stdout) as Report).findings).toHaveLength(hostile.length);
    const history = await leeway(['history'], { cwd: folder });
    expect(findForbidden(history.stdout, 'table')).toEqual([]);
  });
});

describe('two files to compare, one of them bad', () => {
  const chosen = badFiles.filter(
    ({ name }) => /^(truncated|utf16|deep|bomb|twice)\./.test(name) && !/sql|p12|der/.test(name),
  );

  it.each(chosen.map(({ name }) => name))('%s', async (name) => {
    const bad = badFiles.find((each) => each.name === name) as BadFile;
    const connector = /connector: ([\w-]+)/.exec(bad.settings)?.[1] ?? '';
    const folder = testFolder({ [name]: bad.content });
    expectRefused(await leeway(['diff', name, name, '--as', connector], { cwd: folder }), /LW2\d{3}/);
    expectCalm(await leeway(['diff', name, name], { cwd: folder }));
  });

  it.each([
    ['truncated', '{"schemaVersion": 1, "fin'],
    ['another shape', '{"schemaVersion": 1}'],
    ['deep', `{"a":${'['.repeat(200_000)}`],
    ['NUL', '\0'.repeat(100)],
  ])('a saved report: %s', async (_, content) => {
    const folder = testFolder({ 'saved.json': content });
    expectRefused(await leeway(['report', 'saved.json'], { cwd: folder }), /LW7015/);
  });

  it('a saved report of a terabyte', async () => {
    const folder = testFolder({ 'saved.json': '{}' });
    truncateSync(join(folder, 'saved.json'), 2 ** 40);
    expectRefused(await leeway(['report', 'saved.json'], { cwd: folder }), /LW2004/);
  });
});

describe('a store that cannot be used', () => {
  const source =
    'connector: settings-files, declared: {files: want.json, name: a}, observed: {files: have.json, name: a}';
  const files: Files = {
    'leeway.yaml': estateOf([['files', source]]),
    'want.json': '{"port": 443}',
    'have.json': '{"port": 80}',
  };

  it('because another process writes to it', async () => {
    const folder = testFolder(files);
    const held = await openStore({ kind: 'embedded', folder: join(folder, '.leeway') });
    if (!held.ok) throw new Error('the store does not open');
    try {
      expectRefused(await leeway(['scan'], { cwd: folder }), new RegExp(`LW6002 .* process\\s+${process.pid} `, 's'));
      expect((await leeway(['scan', '--no-store'], { cwd: folder })).code).toBe(2);
      expect((await leeway(['sources', 'check'], { cwd: folder })).code).toBe(0);
    } finally {
      await held.value.close();
    }
    expect((await leeway(['scan'], { cwd: folder })).code).toBe(2);
  });

  it.each([
    ['a file stands in its place', { '.leeway': 'x' }],
    ['its database is a stub', { '.leeway/db/PG_VERSION': '18' }],
    ['its database is garbage', { '.leeway/db/PG_VERSION': '\xff\xfe', '.leeway/db/global/pg_control': 'x' }],
  ])('because %s', async (_, damage) => {
    const folder = testFolder({ ...files, ...damage });
    expectRefused(await leeway(['scan'], { cwd: folder }), /LW(600[3-6]|7019)/);
    expect((await leeway(['scan', '--no-store'], { cwd: folder })).code).toBe(2);
  });

  it('keeps what it knew when a later scan can read nothing', async () => {
    const folder = testFolder(files);
    const first = await leeway(['scan'], { cwd: folder });
    expect(first.code).toBe(2);
    writeFileSync(join(folder, 'have.json'), '{"port": ');
    const blind = await leeway(['scan', '--format', 'json'], { cwd: folder });
    expect(blind.code).toBe(3);
    const events = JSON.parse((await leeway(['history', '--format', 'json'], { cwd: folder })).stdout).events;
    expect(events.map(({ event }: { event: string }) => event)).not.toContain('resolved');
    const kept = await leeway(['history', '--snapshots', '--format', 'json'], { cwd: folder });
    expect(JSON.parse(kept.stdout).filter(({ plane }: { plane: string }) => plane === 'observed')).toHaveLength(1);
    writeFileSync(join(folder, 'have.json'), '{"port": 443}');
    expect((await leeway(['scan'], { cwd: folder })).code).toBe(0);
  });
});

describe('a small or read-only disk', () => {
  const main = new URL('../packages/cli/src/main.ts', import.meta.url).pathname;
  // A mount namespace of its own: the disk goes with the process, however that ends.
  const mount = 'mount -t tmpfs -o size=$1,mode=700 leeway "$2" && cp -r "$3"/. "$2" && cd "$2" && eval "$4"';
  const rootArgs = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];

  function runOn(size: string, from: string, commands: string): Outcome {
    const disk = mkdtempSync(join(tmpdir(), 'leeway-disk-'));
    const command = commands.replaceAll(
      'leeway ',
      `"${process.execPath}" --disable-warning=ExperimentalWarning "${main}" `,
    );
    const args = ['--mount', ...rootArgs, 'sh', '-c', mount, 'disk', size, disk, from, command];
    const { status, stdout, stderr } = spawnSync('unshare', args, { encoding: 'utf8', timeout: 60_000 });
    rmSync(disk, { recursive: true, force: true });
    return { code: status ?? -1, stdout, stderr };
  }

  const empty = makeFolder();
  afterAll(() => rmSync(empty, { recursive: true, force: true }));
  const canMount = runOn('1m', empty, 'true').code === 0;
  if (!canMount) process.stderr.write('SKIPPED: scans on a full disk: this user may not mount a small one\n');

  const source = 'connector: settings-files, observed: {files: good.json}';
  const files: Files = { ...good, 'leeway.yaml': estateOf([['files', source]]) };

  it.skipIf(!canMount).each([
    ['full', '3m', 'leeway scan', /LW6003/],
    ['read-only', '3m', 'mount -o remount,ro "$2" && leeway scan', /LW(6006|7019)/],
    [
      'full for a report',
      '1m',
      'dd if=/dev/zero of=x bs=1k 2>/dev/null; leeway scan --no-store --output r.html',
      /LW7002/,
    ],
  ])('%s', (_, size, commands, expected) => {
    const outcome = runOn(size, testFolder(files), commands);
    expectRefused(outcome, expected);
  });

  it.skipIf(!canMount)('needs no store with --no-store', () => {
    expect(runOn('3m', testFolder(files), 'mount -o remount,ro "$2" && leeway scan --no-store').code).toBe(0);
  });
});
