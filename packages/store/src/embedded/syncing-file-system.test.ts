import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, expect, test, vi } from 'vitest';
import { unpackFolder } from './archive.ts';
import { SyncingFileSystem } from './syncing-file-system.ts';
import { loadTemplate } from './template.ts';

const syncs = vi.hoisted(() => ({ count: 0 }));
vi.mock('node:fs', async (original) => {
  const real = await original<typeof import('node:fs')>();
  const fsyncSync = (handle: number): void => {
    syncs.count++;
    real.fsyncSync(handle);
  };
  return { ...real, fsyncSync };
});

const root = mkdtempSync(join(tmpdir(), 'leeway-sync-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('every commit reaches the disk before it is acknowledged', async () => {
  const folder = join(root, 'data');
  unpackFolder(await loadTemplate(root), folder);
  const startParams = [
    '--single',
    '-O',
    '-j',
    '-c',
    'exit_on_error=false',
    '-c',
    'wal_sync_method=fsync',
    '-c',
    'io_method=sync',
  ];
  const pg = await PGlite.create({ dataDir: folder, fs: new SyncingFileSystem(folder), startParams });
  await pg.exec('CREATE TABLE t (a int)');
  for (let row = 0; row < 20; row++) {
    const before = syncs.count;
    await pg.query('INSERT INTO t VALUES ($1)', [row]);
    expect(syncs.count).toBeGreaterThan(before);
  }
  await pg.close();
});
