import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makePacks } from '../../test/make.ts';
import { openStore } from '../open.ts';
import type { LeewayStore } from '../store.ts';
import { openEmbedded } from './open-embedded.ts';

const root = mkdtempSync(join(tmpdir(), 'leeway-embedded-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function open(folder: string): Promise<LeewayStore> {
  const opened = await openStore({ kind: 'embedded', folder });
  if (!opened.ok) throw new Error(JSON.stringify(opened.problems));
  return opened.value;
}

async function problemOf(folder: string) {
  const opened = await openStore({ kind: 'embedded', folder });
  if (opened.ok) throw new Error('It opened');
  return opened.problems[0]!;
}

const first = join(root, 'first');
beforeAll(async () => (await open(first)).close());

/** A store nobody has open, copied from the first one. */
function makeStore(name: string): string {
  const folder = join(root, name);
  cpSync(first, folder, { recursive: true });
  return folder;
}

test('is for this user only, ignored by Git, and leaves no lock or unfinished folder', () => {
  expect(statSync(first).mode & 0o777).toBe(0o700);
  expect(readFileSync(join(first, '.gitignore'), 'utf8')).toBe('*\n');
  expect(readdirSync(first).sort()).toEqual(['.gitignore', 'db']);
});

test('what an earlier start left unfinished is cleared away', async () => {
  const folder = join(root, 'unfinished');
  mkdirSync(join(folder, 'db.new', 'base'), { recursive: true });
  mkdirSync(join(folder, 'template-abc'));
  await (await open(folder)).close();
  expect(readdirSync(folder).sort()).toEqual(['.gitignore', 'db']);
});

let damaged = 0;
test.each([
  ['PG_VERSION', (file: string) => rmSync(file)],
  ['PG_VERSION', (file: string) => writeFileSync(file, '11\n')],
  ['global/pg_control', (file: string) => rmSync(file)],
  ['global/pg_control', (file: string) => writeFileSync(file, Buffer.alloc(8192, 7))],
  ['global/pg_filenode.map', (file: string) => truncateSync(file, 3)],
])('a damaged data folder is a problem, and it is not locked after it: %s', async (name, damage) => {
  const folder = makeStore(`damaged-${++damaged}`);
  damage(join(folder, 'db', name));
  for (let attempt = 0; attempt < 2; attempt++) {
    const found = await problemOf(folder);
    expect(found.code).toBe('LW6004');
    expect(found.message).toContain('cannot be opened: ');
  }
});

test('a place that cannot be a folder is a problem', async () => {
  const file = join(root, 'a-file');
  writeFileSync(file, '');
  expect((await problemOf(file)).code).toBe('LW6006');
  expect((await problemOf(join(file, '.leeway'))).code).toBe('LW6006');
});

test('a statement past its deadline is stopped, and the store goes on with everything it had', async () => {
  const opened = await openEmbedded(makeStore('slow'), 1);
  if (!opened.ok) throw new Error('It did not open');
  const { db } = opened.value;
  await sql`CREATE TABLE kept AS SELECT 7 AS value`.execute(db);
  const endless = sql`SELECT count(*) FROM generate_series(1, 1000000000)`.execute(db);
  await expect(endless).rejects.toMatchObject({ problem: { code: 'LW6011' } });
  expect((await sql`SELECT value FROM kept`.execute(db)).rows).toEqual([{ value: 7 }]);
  await db.destroy();
});

test('a database that panics is a problem, not a hang or a silent success', async () => {
  const folder = makeStore('panic');
  const store = await open(folder);
  const packs = makePacks(1, 100);
  await store.chunks.putPacks(packs);
  const log = join(folder, 'db', 'pg_wal');
  renameSync(log, `${log}-away`);
  const problems: unknown[] = [];
  // Segments that are open go on taking records; the first one that is not there ends it.
  while (problems.length === 0)
    await store.chunks.putPacks(makePacks(4, 1_000_000)).catch((error) => problems.push(error));
  expect(problems).toMatchObject([{ problem: { code: 'LW6005' } }]);
  renameSync(`${log}-away`, log);
  expect(await store.chunks.getPacks(packs.map((pack) => pack.id))).toEqual(packs);
  await store.close();
});

test('values of every type come back as from PostgreSQL', async () => {
  const opened = await openEmbedded(makeStore('types'), 60);
  if (!opened.ok) throw new Error('It did not open');
  const { db } = opened.value;
  const { rows } = await sql`SELECT 9007199254740991::bigint AS safe, 9007199254740993::bigint AS large, true AS yes,
    '2026-01-02 03:04:05.678+02'::timestamptz AS time, '\\x00ff'::bytea AS bytes, '{"a": [1]}'::json AS json,
    1.5::float8 AS float, 1.50::numeric AS numeric, NULL::int AS nothing`.execute(db);
  expect(rows).toEqual([
    {
      ...{ safe: 9007199254740991, large: 9007199254740993n, yes: true, time: '2026-01-02T01:04:05.678Z' },
      ...{ bytes: new Uint8Array([0, 255]), json: { a: [1] }, float: 1.5, numeric: '1.50', nothing: null },
    },
  ]);
  await db.destroy();
});
