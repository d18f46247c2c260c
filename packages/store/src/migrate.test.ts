import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ok, type Result } from '@leeway/core';
import { sql } from 'kysely';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { type PostgresServer, startPostgres } from '../../../checks/postgres-server.ts';
import { ThreadPool } from './embedded/thread-pool.ts';
import { type Migration, migrate, readMigrations } from './migrate.ts';
import { openPostgres } from './postgres/open-postgres.ts';
import { type Database, embeddedDatabase } from './sql/database.ts';

const root = mkdtempSync(join(tmpdir(), 'leeway-migrate-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

function migration(version: number, text: string): Migration {
  return { version, name: `000${version}_test.sql`, text, checksum: `checksum of ${text}` };
}

const first = migration(1, 'CREATE TABLE leeway.one (a int); INSERT INTO leeway.one VALUES (1);');
const second = migration(2, 'ALTER TABLE leeway.one ADD b int; UPDATE leeway.one SET b = a + 1;');

function testMigrations(open: () => Promise<Result<Database>>): void {
  let database: Database;
  beforeEach(async () => {
    const opened = await open();
    if (!opened.ok) throw new Error(JSON.stringify(opened.problems));
    database = opened.value;
    await sql`DROP SCHEMA IF EXISTS leeway CASCADE`.execute(database.db);
    return () => database.db.destroy();
  });
  const readAll = async () => (await sql`SELECT * FROM leeway.one`.execute(database.db)).rows;

  test('applies what is missing, in order, once', async () => {
    expect(await migrate(database, [first])).toBeUndefined();
    expect(await migrate(database, [first, second])).toBeUndefined();
    expect(await migrate(database, [first, second])).toBeUndefined();
    expect(await readAll()).toEqual([{ a: 1, b: 2 }]);
    const applied = await database.db.selectFrom('leeway.migration').selectAll().orderBy('version').execute();
    expect(applied.map(({ version, checksum }) => [version, checksum])).toEqual([
      [1, first.checksum],
      [2, second.checksum],
    ]);
  });

  test('one that fails is a problem, and nothing of the others stays', async () => {
    await migrate(database, [first]);
    const third = migration(3, 'INSERT INTO leeway.one VALUES (5, 5); SELECT 1 / 0;');
    const found = await migrate(database, [first, second, third]);
    expect(found).toMatchObject({ code: 'LW6008', message: expect.stringContaining('division by zero') });
    expect(await readAll()).toEqual([{ a: 1 }]);
    expect(await migrate(database, [first, second])).toBeUndefined();
  });

  test('refuses a store a newer program wrote', async () => {
    await migrate(database, [first, second]);
    expect(await migrate(database, [first])).toMatchObject({
      code: 'LW6007',
      message: expect.stringContaining('schema 2'),
    });
  });

  test('refuses a store whose migrations had another text', async () => {
    await migrate(database, [first]);
    const found = await migrate(database, [{ ...first, checksum: 'another' }, second]);
    expect(found).toMatchObject({ code: 'LW6009', message: expect.stringContaining('0001_test.sql') });
    expect(await readAll()).toEqual([{ a: 1 }]);
  });

  test('several that start at once migrate once', async () => {
    const found = await Promise.all([1, 2, 3, 4].map(() => migrate(database, [first, second])));
    expect(found).toEqual([undefined, undefined, undefined, undefined]);
    expect(await readAll()).toEqual([{ a: 1, b: 2 }]);
  });
}

describe('embedded', () => {
  testMigrations(async () => {
    const options = { folder: join(root, 'data'), label: 'the test store', statementSeconds: 60 };
    return ok(embeddedDatabase(await ThreadPool.open(options), options.label));
  });
});

const server = await startPostgres();
describe.skipIf('skipped' in server)('PostgreSQL', () => {
  const { url, stop } = server as PostgresServer;
  afterAll(() => stop());
  testMigrations(() => openPostgres(url, 60));

  test('an existing schema serves a role that may not create one, and says what is missing where there is none', async () => {
    const admin = await openPostgres(url, 60);
    if (!admin.ok) throw new Error('no admin');
    await sql`DROP SCHEMA IF EXISTS leeway CASCADE`.execute(admin.value.db);
    await sql`CREATE ROLE limited LOGIN PASSWORD 'hunter2'`.execute(admin.value.db);
    const limited = await openPostgres(url.replace('postgres@', 'limited:hunter2@'), 60);
    if (!limited.ok) throw new Error('no limited role');
    expect(await migrate(limited.value, [first])).toMatchObject({
      code: 'LW6012',
      message: expect.stringContaining('permission'),
    });
    await migrate(admin.value, [first]);
    await sql`GRANT USAGE ON SCHEMA leeway TO limited`.execute(admin.value.db);
    await sql`GRANT SELECT ON leeway.migration TO limited`.execute(admin.value.db);
    expect(await migrate(limited.value, [first])).toBeUndefined();
    await limited.value.db.destroy();
    await admin.value.db.destroy();
  });
});

test('the migrations are numbered without a gap and read the same with other line ends', () => {
  const carried = readMigrations();
  expect(carried.map((one) => one.version)).toEqual(carried.map((_, at) => at + 1));
  const folder = mkdtempSync(join(root, 'files-'));
  const place = pathToFileURL(`${folder}/`);
  writeFileSync(join(folder, '0001_a.sql'), 'SELECT 1;\nSELECT 2;\n');
  const [unix] = readMigrations(place);
  writeFileSync(join(folder, '0001_a.sql'), 'SELECT 1;\r\nSELECT 2;\r\n');
  expect(readMigrations(place)).toEqual([unix]);
  writeFileSync(join(folder, '0003_c.sql'), 'SELECT 3;');
  expect(() => readMigrations(place)).toThrow('0003_c.sql should be number 2');
});
