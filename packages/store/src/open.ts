import { failed, ok, ProblemError, type Result } from '@leeway/core';
import { memoryStore } from './memory/memory-store.ts';
import type { Database } from './sql/database.ts';
import type { LeewayStore, ServerStore } from './store.ts';

/** Where the store is. `statementSeconds`: a statement that runs longer is stopped; 600 where not given. */
export type StoreOptions =
  | { readonly kind: 'embedded'; readonly folder: string; readonly statementSeconds?: number }
  | { readonly kind: 'postgres'; readonly url: string; readonly statementSeconds?: number }
  | { readonly kind: 'memory' };

/** Where a store is that outlives the process. */
export type LastingOptions = Exclude<StoreOptions, { readonly kind: 'memory' }>;

const defaultStatementSeconds = 600;

/**
 * Opens a store, creates it where there is none and brings it to the newest schema. What is expected to go wrong comes
 * back as problems LW6001 to LW6013; the store's own methods throw them as {@link ProblemError}.
 */
export async function openStore(options: StoreOptions): Promise<Result<LeewayStore>> {
  return options.kind === 'memory' ? ok(memoryStore()) : openServerStore(options);
}

/** The same with what a server keeps besides. */
export async function openServerStore(options: LastingOptions): Promise<Result<ServerStore>> {
  const opened = await openDatabase(options, options.statementSeconds ?? defaultStatementSeconds);
  if (!opened.ok) return opened;
  return migrateOpened(opened.value);
}

/** The code for SQL is loaded where there is some: what needs no store that lasts starts without it. */
async function openDatabase(options: LastingOptions, statementSeconds: number): Promise<Result<Database>> {
  if (options.kind === 'postgres') {
    const { openPostgres } = await import('./postgres/open-postgres.ts');
    return openPostgres(options.url, statementSeconds);
  }
  const { openEmbedded } = await import('./embedded/open-embedded.ts');
  return openEmbedded(options.folder, statementSeconds);
}

/** Lets go of a database that cannot be used: its lock must not outlive the attempt. */
async function migrateOpened(database: Database): Promise<Result<ServerStore>> {
  try {
    const [{ migrate }, { sqlStore }] = await Promise.all([import('./migrate.ts'), import('./sql-store.ts')]);
    const found = await migrate(database);
    if (!found) return ok(sqlStore(database));
    await closeQuietly(database);
    return failed(found);
  } catch (error) {
    await closeQuietly(database);
    throw error;
  }
}

/** The problem that led here is the one to report. */
async function closeQuietly({ db }: Database): Promise<void> {
  try {
    await db.destroy();
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
  }
}
