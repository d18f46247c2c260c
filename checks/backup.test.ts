import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import pg from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startPostgres } from './postgres-server.ts';
import { leeway, testFolder } from './support/leeway.ts';

const estate = {
  'leeway.yaml': `estate: shop
environments:
  production: {stage: production}
sources:
  orders:
    connector: settings-files
    declared: {files: declared.json, name: orders}
    observed: {files: live.json, name: orders}
`,
  'declared.json': '{"wave": 15, "log": "info"}\n',
  'live.json': '{"wave": 45, "log": "info"}\n',
};

/** What is known of the estate: open findings with the time they were first seen, and every event. */
async function known(cwd: string, database?: string): Promise<unknown> {
  const store = database === undefined ? [] : ['--database', database];
  const report = await leeway(['report', '--format', 'json', ...store], { cwd });
  const history = await leeway(['history', '--format', 'json', ...store], { cwd });
  expect([report.code, history.code]).toEqual([2, 0]);
  const { findings, history: seen } = JSON.parse(report.stdout);
  return { findings, seen, history: JSON.parse(history.stdout) };
}

function findTool(name: string): string {
  const debian = existsSync('/usr/lib/postgresql')
    ? readdirSync('/usr/lib/postgresql').sort((a, b) => Number(b) - Number(a))
    : [];
  const folders = [
    ...debian.map((version) => `/usr/lib/postgresql/${version}/bin`),
    ...(process.env['PATH'] ?? '').split(delimiter),
  ];
  const found = folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
  if (found === undefined) throw new Error(`There is no ${name}`);
  return found;
}

describe('Leeway itself is backed up and restored', () => {
  it('embedded: the folder, copied while nothing runs', async () => {
    const cwd = testFolder(estate);
    expect((await leeway(['scan'], { cwd })).code).toBe(2);
    const before = await known(cwd);
    const backup = testFolder();
    cpSync(join(cwd, '.leeway'), backup, { recursive: true });
    rmSync(join(cwd, '.leeway'), { recursive: true });
    cpSync(backup, join(cwd, '.leeway'), { recursive: true });
    expect(await known(cwd)).toEqual(before);
    // The restored store goes on from where it was: the finding is known, not new.
    const again = await leeway(['scan', '--fail-on', 'new'], { cwd });
    expect(again.code).toBe(0);
  });

  it('PostgreSQL: pg_dump of the database into a fresh one', async (context) => {
    const server = await startPostgres();
    if ('skipped' in server) return context.skip(server.skipped);
    onTestFinished(() => server.stop());
    const cwd = testFolder(estate);
    const first = server.url;
    expect((await leeway(['scan', '--database', first], { cwd })).code).toBe(2);
    const before = await known(cwd, first);

    const dump = execFileSync(findTool('pg_dump'), ['--format=custom', first], { maxBuffer: 2 ** 28 });
    const client = new pg.Client({ connectionString: first });
    await client.connect();
    await client.query('CREATE DATABASE restored');
    await client.end();
    const second = first.replace(/postgres$/, 'restored');
    execFileSync(findTool('pg_restore'), ['--exit-on-error', `--dbname=${second}`], { input: dump });

    expect(await known(cwd, second)).toEqual(before);
    expect((await leeway(['scan', '--database', second, '--fail-on', 'new'], { cwd })).code).toBe(0);
  });
});
