import { readdirSync, readFileSync } from 'node:fs';
import { digestHex, type Problem, ProblemError, problem } from '@leeway/core';
import { sql } from 'kysely';
import { migrationsLocation } from './location.ts';
import type { Database, Db } from './sql/database.ts';

export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly text: string;
  /** SHA-256 of the text with unix line ends. */
  readonly checksum: string;
}

/** Any number will do, as long as no other program on the server uses it: "LEEWAY" in ASCII. */
const migrationLock = 0x4c_45_45_57_41_59n;

/** The migrations this program carries, oldest first. Throws on a misnamed file: that is a bug of the build. */
export function readMigrations(folder: URL = migrationsLocation()): readonly Migration[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.sql'));
  return files.sort().map((name, at) => {
    const version = Number(/^(\d{4})_[a-z0-9_]+\.sql$/.exec(name)?.[1]);
    if (version !== at + 1) throw new Error(`Migration ${name} should be number ${at + 1}`);
    const text = readFileSync(new URL(name, folder), 'utf8').replaceAll('\r\n', '\n');
    return { version, name, text, checksum: digestHex(text) };
  });
}

/**
 * Brings the database to the newest schema, all or nothing. Several programs may start at once on one server: one of
 * them migrates, the others wait for it.
 */
export async function migrate(
  { db, label }: Database,
  migrations: readonly Migration[] = readMigrations(),
): Promise<Problem | undefined> {
  try {
    await db.transaction().execute(async (trx) => {
      await sql`SELECT pg_advisory_xact_lock(${migrationLock.toString()}::bigint)`.execute(trx);
      const pending = checkApplied(await readApplied(trx), migrations, label);
      for (const migration of pending) await apply(trx, migration, label);
    });
    return undefined;
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
}

interface Applied {
  readonly version: number;
  readonly checksum: string;
}

/** Creates the schema only where it is missing: checking first lets a role without CREATE use an existing one. */
async function readApplied(trx: Db): Promise<readonly Applied[]> {
  const found = await sql<{ table: string | null }>`SELECT to_regclass('leeway.migration')::text AS table`.execute(trx);
  if (found.rows[0]?.table) {
    return trx.selectFrom('leeway.migration').select(['version', 'checksum']).orderBy('version').execute();
  }
  await sql`CREATE SCHEMA IF NOT EXISTS leeway`.execute(trx);
  await sql`CREATE TABLE leeway.migration (
    version integer PRIMARY KEY,
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
  )`.execute(trx);
  return [];
}

/** The migrations still to run. */
function checkApplied(
  applied: readonly Applied[],
  migrations: readonly Migration[],
  store: string,
): readonly Migration[] {
  const known = migrations.length;
  const found = applied.at(-1)?.version ?? 0;
  if (found > known) throw new ProblemError(problem('LW6007', { store, found, known }));
  for (const { version, checksum } of applied) {
    const migration = migrations[version - 1];
    if (migration?.checksum !== checksum) {
      throw new ProblemError(problem('LW6009', { store, migration: migration?.name ?? version }));
    }
  }
  return migrations.slice(found);
}

async function apply(trx: Db, migration: Migration, store: string): Promise<void> {
  try {
    await sql.raw(migration.text).execute(trx);
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new ProblemError(problem('LW6008', { store, migration: migration.name, reason }));
  }
  const { version, name, checksum } = migration;
  await trx.insertInto('leeway.migration').values({ version, name, checksum }).execute();
}
