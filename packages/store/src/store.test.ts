import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { type PostgresServer, startPostgres } from '../../../checks/postgres-server.ts';
import { testChunks } from '../test/chunk-suite.ts';
import { testFindings } from '../test/finding-suite.ts';
import { testGrace, testPruning } from '../test/prune-suite.ts';
import { testDeployments, testPolicyResults, testSizes } from '../test/small-suites.ts';
import { testSnapshots } from '../test/snapshot-suite.ts';
import { openStore, type StoreOptions } from './open.ts';
import type { LeewayStore } from './store.ts';

/** Every test runs on every kind of store, unchanged. */
function testStore(options: () => StoreOptions, isShared: boolean, runs: number): void {
  let opened: LeewayStore | undefined;
  let estates = 0;
  const store = (): LeewayStore => {
    if (!opened) throw new Error('The store is not open');
    return opened;
  };
  const freshEstate = (): string => `estate-${++estates}`;
  beforeAll(async () => {
    const result = await openStore(options());
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    opened = result.value;
  });
  afterAll(() => opened?.close());

  describe('chunks and packs', () => testChunks(store));
  describe('snapshots', () => testSnapshots(store, freshEstate));
  describe('findings', () => testFindings(store, freshEstate, runs));
  describe('policy results', () => testPolicyResults(store));
  describe('deployments', () => testDeployments(store, freshEstate));
  describe('sizes', () => testSizes(store));
  describe('pruning', () => testPruning(store, freshEstate));
  if (isShared) describe('pruning beside others', () => testGrace(store, freshEstate));
}

describe('in memory', () => testStore(() => ({ kind: 'memory' }), false, 200));

describe('embedded', () => {
  const folder = mkdtempSync(join(tmpdir(), 'leeway-store-'));
  // Hooks that come after run last to first: the folder goes when the store is closed.
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  testStore(() => ({ kind: 'embedded', folder: join(folder, '.leeway') }), true, 15);
});

const server = await startPostgres();
describe.skipIf('skipped' in server)('PostgreSQL', () => {
  const { url, stop } = server as PostgresServer;
  afterAll(() => stop());
  testStore(() => ({ kind: 'postgres', url }), true, 25);
});
