import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { type PostgresServer, startPostgres } from '../../../checks/postgres-server.ts';
import { type LastingOptions, openServerStore } from '../src/open.ts';
import type { ServerStore } from '../src/store.ts';

/** Runs tests of what only a server keeps on both databases, unchanged. `freshEstate` names one that nothing was kept of. */
export async function onBothDatabases(
  tests: (store: () => ServerStore, freshEstate: () => string) => void,
): Promise<void> {
  describe('embedded', () => {
    const folder = mkdtempSync(join(tmpdir(), 'leeway-server-store-'));
    afterAll(() => rmSync(folder, { recursive: true, force: true }));
    open({ kind: 'embedded', folder: join(folder, '.leeway') }, tests);
  });
  const server = await startPostgres();
  describe.skipIf('skipped' in server)('PostgreSQL', () => {
    const { url, stop } = server as PostgresServer;
    afterAll(() => stop());
    open({ kind: 'postgres', url }, tests);
  });
}

function open(options: LastingOptions, tests: Parameters<typeof onBothDatabases>[0]): void {
  let opened: ServerStore | undefined;
  let estates = 0;
  beforeAll(async () => {
    const result = await openServerStore(options);
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    opened = result.value;
  });
  afterAll(() => opened?.close());
  tests(
    () => {
      if (!opened) throw new Error('The store is not open');
      return opened;
    },
    () => `estate-${++estates}`,
  );
}
