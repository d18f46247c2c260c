import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Result } from '@leeway/core';
import { afterAll, beforeAll, describe } from 'vitest';
import { type PostgresServer, startPostgres } from '../../../checks/postgres-server.ts';
import { openEmbedded } from '../src/embedded/open-embedded.ts';
import { migrate } from '../src/migrate.ts';
import { openPostgres } from '../src/postgres/open-postgres.ts';
import type { Database } from '../src/sql/database.ts';
import { sqlStore } from '../src/sql-store.ts';
import type { ServerStore } from '../src/store.ts';

type Tests = (store: () => ServerStore, freshEstate: () => string, database: () => Database) => void;

/**
 * Runs tests of what only a server keeps on both databases, unchanged. `freshEstate` names one that nothing was kept of;
 * `database` is what lies below, for tests that go around the store.
 */
export async function onBothDatabases(tests: Tests): Promise<void> {
  describe('embedded', () => {
    const folder = mkdtempSync(join(tmpdir(), 'leeway-server-store-'));
    afterAll(() => rmSync(folder, { recursive: true, force: true }));
    open(() => openEmbedded(join(folder, '.leeway'), 60), tests);
  });
  const server = await startPostgres();
  describe.skipIf('skipped' in server)('PostgreSQL', () => {
    const { url, stop } = server as PostgresServer;
    afterAll(() => stop());
    open(() => openPostgres(url, 60), tests);
  });
}

function open(openDatabase: () => Promise<Result<Database>>, tests: Tests): void {
  let opened: { readonly database: Database; readonly store: ServerStore } | undefined;
  let estates = 0;
  const present = () => {
    if (!opened) throw new Error('The store is not open');
    return opened;
  };
  beforeAll(async () => {
    const result = await openDatabase();
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    const found = await migrate(result.value);
    if (found) throw new Error(JSON.stringify(found));
    opened = { database: result.value, store: sqlStore(result.value) };
  });
  afterAll(() => opened?.store.close());
  tests(
    () => present().store,
    () => `estate-${++estates}`,
    () => present().database,
  );
}
