import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatNames } from '../packages/cli/src/output/format-names.ts';
import { MemorySink } from '../packages/cli/src/testing/run.ts';
import { type PostgresServer, startPostgres } from './postgres-server.ts';
import { leeway, makeFolder, type Outcome } from './support/leeway.ts';
import { marker, secretVariables } from './support/planted.ts';
import { keyLines, secretEstate, secretFiles } from './support/secret-estate.ts';

/** What must be found nowhere: the marker in clear, in base64 at each of three offsets, in hex; a real private key. */
const traces = [
  marker,
  ...[0, 1, 2].map((offset) =>
    Buffer.from('x'.repeat(offset) + marker)
      .toString('base64')
      .slice(offset === 0 ? 0 : offset + 1, -4),
  ),
  Buffer.from(marker).toString('hex'),
  ...keyLines,
];

function findTrace(text: string): string | undefined {
  const trace = traces.find((each) => text.includes(each));
  if (trace === undefined) return undefined;
  const at = text.indexOf(trace);
  return text.slice(Math.max(0, at - 120), at + 60);
}

function expectNoTrace({ stdout, stderr }: Outcome): void {
  expect(findTrace(stdout)).toBeUndefined();
  expect(findTrace(stderr)).toBeUndefined();
}

const environment = { ...secretVariables, LEEWAY_DEBUG: '1' };
let folder: string;
let scanned: Outcome;

const run = (argv: readonly string[], stderr = new MemorySink()) => leeway(argv, { cwd: folder, environment, stderr });

/** A terminal shows progress, which names sources and environments. */
const terminal = () => Object.assign(new MemorySink(), { isTerminal: true, columns: 100, rows: 40 });

interface SavedReport {
  readonly findings: readonly { readonly fingerprint: string; readonly verdict: string; readonly path?: string }[];
}
let report: SavedReport;

beforeAll(async () => {
  folder = makeFolder(secretEstate);
  scanned = await run(['scan', '--format', 'json', '--verbose'], terminal());
  report = JSON.parse(scanned.stdout) as SavedReport;
  writeFileSync(join(folder, 'saved.json'), scanned.stdout);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a planted secret shows up in no output', () => {
  it('of the scan that read it', () => {
    expect(scanned.code).toBe(2);
    expect(report.findings.length).toBeGreaterThan(40);
    expectNoTrace(scanned);
  });

  it.each(formatNames)('of leeway report --format %s', async (format) => {
    const outcome = await run(['report', 'saved.json', '--format', format, '--show-approved']);
    expect(outcome.code).toBe(2);
    expect(outcome.stdout).not.toBe('');
    expectNoTrace(outcome);
  });

  it.each([
    [['scan', '--strict', '--no-store', '--verbose']],
    [['report', '--format', 'markdown']],
    [['sources', 'check']],
    [['sources', 'check', '--format', 'json', '--source', 'live-database']],
    [['history']],
    [['history', '--snapshots', '--format', 'json']],
    [['validate']],
    [['doctor', '--format', 'json']],
    [['policy', 'list']],
    [['diff', 'alpha', 'beta', '--no-store', '--format', 'json']],
    [['applied', 'alpha']],
  ])('of leeway %j', async (argv) => {
    const outcome = await run(argv);
    expect(outcome.stdout + outcome.stderr).not.toBe('');
    expectNoTrace(outcome);
  });

  it('of leeway explain, for any finding', async () => {
    const sample = report.findings.filter((_, index) => index % 40 === 0);
    for (const { fingerprint } of sample) {
      const outcome = await run(['explain', fingerprint]);
      expect(outcome.code).toBe(0);
      expectNoTrace(outcome);
    }
  });

  it('of leeway approve, which writes the value it allows', async () => {
    const secret = report.findings.find(({ verdict, path }) => verdict === 'drift' && path === '/note');
    const people = ['--owner', 'team-a', '--approver', 'j.doe', '--requester', 'a.n'];
    const terms = ['--reason', 'meant', '--category', 'other', '--expires', '2027-01-01T00:00:00Z'];
    const outcome = await run(['approve', secret?.fingerprint ?? '', ...people, ...terms]);
    expectNoTrace(outcome);
    expect(outcome.stderr).toBe('');
    const written = readFileSync(join(folder, 'approved/other.yaml'), 'utf8');
    expect(findTrace(written)).toBeUndefined();
    rmSync(join(folder, 'approved'), { recursive: true });
  });

  it.each(['app.env', 'app.properties', 'app.yaml', 'app.json', 'app.toml', 'app.ini', 'objects.json', 'raw.tfstate'])(
    'of leeway diff of two files: %s',
    async (name) => {
      for (const format of ['table', 'json']) {
        const outcome = await run(['diff', `alpha/${name}`, `beta/${name}`, '--format', format]);
        expect(outcome.code).toBe(2);
        expectNoTrace(outcome);
      }
    },
  );

  it('of leeway init, whose environment holds a database URL', async () => {
    const fresh = makeFolder(secretFiles('alpha'));
    const outcome = await leeway(['init'], { cwd: fresh, environment });
    expect(outcome.code).toBe(0);
    expectNoTrace(outcome);
    expect(findTrace(readFileSync(join(fresh, 'leeway.yaml'), 'utf8'))).toBeUndefined();
    rmSync(fresh, { recursive: true });
  });
});

describe('a secret on the command line or in a variable stays there', () => {
  const url = `postgres://leeway:${marker}url@127.0.0.1:1/state`;

  it.each([
    [['scan', '--database', url], {}],
    [['scan'], { LEEWAY_DATABASE_URL: url }],
    [['doctor', '--database', url], {}],
    [['scan', '--database', `postgres://u:${marker}/with/slashes@h/x`], {}],
    [['scan', '--database', `postgres://u:1234/${marker}@127.0.0.1:1/x`], {}],
    [['diff', `postgres://u:${marker}/with@h/x`, 'alpha/schema.sql'], {}],
    [['diff', `postgres://u:1234/${marker}@127.0.0.1:1/x`, 'alpha/schema.sql'], {}],
    [['diff', url, url], {}],
    [['diff', url, url, '--format', 'json'], {}],
    [['diff', `${url}?password=${marker}`, 'alpha/schema.sql'], {}],
    [['diff', `https://u:${marker}@127.0.0.1:1/prometheus`, `https://u:${marker}@127.0.0.1:1/prometheus`], {}],
    [['diff', `tls://u:${marker}@127.0.0.1:1`, 'alpha/portal.pem'], {}],
  ])('leeway %j %j', async (argv, more) => {
    const outcome = await leeway(argv, { cwd: folder, environment: { ...environment, ...more } });
    expect([1, 3]).toContain(outcome.code);
    expectNoTrace(outcome);
  });

  it.each([
    ['password', `observed: {host: h, password: "${marker}"}`],
    ['url', `observed: {url: "postgres://u:${marker}@h/x"}`],
    ['passwordFrom', `observed: {host: h, passwordFrom: {text: "${marker}"}}`],
    ['sslMode', `observed: {url: "postgres://u@h/x?password=${marker}"}`],
    ['broken', `observed: {host: h, password: "${marker}`],
  ])('a secret written into leeway.yaml is refused without being quoted: %s', async (_, source) => {
    const text = `estate: x\nenvironments: {a: {stage: production}}\nsources:\n  db:\n    connector: postgresql\n    ${source}\n`;
    const fresh = makeFolder({ 'leeway.yaml': text });
    for (const argv of [['validate'], ['scan', '--format', 'json', '--no-store']]) {
      const outcome = await leeway(argv, { cwd: fresh, environment });
      expect(outcome.code).toBe(1);
      expectNoTrace(outcome);
    }
    rmSync(fresh, { recursive: true });
  });
});

describe('secrets still compare', () => {
  it.each([
    ['app.env', ['/DB_PASSWORD', '/SMTP_PASS', '/DATABASE_URL', '/SLACK'], ['/API_TOKEN']],
    ['app.yaml', ['/smtp/password', '/users[name=edi]/apiKey', '/tls/privateKey', '/inline'], []],
    ['app.json', ['/api/clientSecret', '/cache'], []],
    ['objects.json', ['/data/key', '/data/extra'], ['/data/shared']],
    ['raw.tfstate', ['/password', '/remark', '/secret_string'], []],
    ['schema.sql', ['/options/password', '/body'], []],
  ])('in %s: %j differ, %j do not', async (name, different, equal) => {
    const { stdout } = await run(['diff', `alpha/${name}`, `beta/${name}`, '--format', 'json']);
    const paths = (JSON.parse(stdout) as SavedReport).findings.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(different));
    expect(paths.filter((path) => equal.includes(path ?? ''))).toEqual([]);
  });

  it('between the planes of an environment', () => {
    const drifted = report.findings.filter(({ verdict }) => verdict === 'drift').map(({ path }) => path);
    expect(drifted).toEqual(expect.arrayContaining(['/password', '/note', '/private_key_pem']));
  });
});

/** Everything in a database's schema `leeway` as text: bytes decompressed where they are packs, else in Latin-1. */
async function dumpTables(query: (sql: string) => Promise<readonly Record<string, unknown>[]>): Promise<string> {
  const tables = await query("SELECT tablename FROM pg_tables WHERE schemaname = 'leeway'");
  const parts: string[] = [];
  for (const { tablename } of tables) {
    for (const row of await query(`SELECT * FROM leeway."${tablename}"`)) {
      parts.push(...Object.values(row).map((value) => describeValue(value)));
    }
  }
  return parts.join('\n');
}

const zstdMagic = 0xfd2fb528;

function describeValue(value: unknown): string {
  if (!(value instanceof Uint8Array)) return JSON.stringify(value);
  const bytes = Buffer.from(value);
  const isPacked = bytes.length > 4 && bytes.readUInt32LE(0) === zstdMagic;
  return isPacked ? zstdDecompressSync(bytes).toString('utf8') : bytes.toString('latin1');
}

describe('the store holds no secret', () => {
  it('in any byte of any file in .leeway', () => {
    const state = join(folder, '.leeway');
    const files = readdirSync(state, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.length).toBeGreaterThan(100);
    for (const file of files) {
      const text = readFileSync(join(file.parentPath, file.name), 'latin1');
      expect(findTrace(text), file.name).toBeUndefined();
    }
  });

  it('in any row or pack of its tables', async () => {
    const database = await PGlite.create({ dataDir: join(folder, '.leeway/db') });
    try {
      const dump = await dumpTables(async (sql) => (await database.query<Record<string, unknown>>(sql)).rows);
      // Unpacked it is readable: this is what the resources look like.
      expect(dump).toContain('"kind":"core/Secret"');
      expect(findTrace(dump)).toBeUndefined();
    } finally {
      await database.close();
    }
  });
});

describe('a PostgreSQL store holds no secret', async () => {
  const server = await startPostgres();
  if ('skipped' in server) return;
  const { url, stop }: PostgresServer = server;
  afterAll(stop);

  it('in its tables, nor does it get the password of its own URL', async () => {
    const withPassword = url.replace(/\/\/[^@]*@/, `//postgres:${marker}url@`);
    const outcome = await leeway(['scan', '--format', 'json', '--database', withPassword], {
      cwd: folder,
      environment,
    });
    expect(outcome.code).toBe(2);
    expectNoTrace(outcome);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const dump = await dumpTables(async (sql) => (await client.query<Record<string, unknown>>(sql)).rows);
    await client.end();
    expect(dump).toContain('"kind":"core/Secret"');
    expect(findTrace(dump)).toBeUndefined();
  });
});
