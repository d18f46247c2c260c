import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { digestHex, ProblemError } from '@leeway/core';
import { shippedTemplatesLocation, sourceRootLocation } from '../location.ts';
import { migrate, readMigrations } from '../migrate.ts';
import { embeddedDatabase } from '../sql/database.ts';
import { packFolder } from './archive.ts';
import { ThreadPool } from './thread-pool.ts';

const statementSeconds = 120;

/** File name of the template this program can use: another PGlite or other migrations need another one. */
export function templateName(): string {
  const pglite = new URL('../package.json', import.meta.resolve('@electric-sql/pglite'));
  const { version } = JSON.parse(readFileSync(pglite, 'utf8')) as { version: string };
  const checksums = readMigrations().map((migration) => migration.checksum);
  return `store-${digestHex([version, ...checksums].join('\n'), 16)}.template`;
}

/**
 * A fresh data folder with all migrations applied, packed. initdb takes seconds; unpacking this takes a quarter of one.
 * Shipped with the published bundle, else made once and cached. `scratch` is a folder to work in.
 */
export async function loadTemplate(scratch: string): Promise<Uint8Array> {
  const name = templateName();
  const shipped = shippedTemplatesLocation();
  const cached = join(cacheFolder(), name);
  const found = (shipped && readIfThere(fileURLToPath(new URL(name, shipped)))) ?? readIfThere(cached);
  if (found) return found;
  const made = await buildTemplate(scratch);
  keep(cached, made);
  return made;
}

/** Runs initdb and the migrations in a folder under `scratch`; used by the build, and on a first start without one. */
export async function buildTemplate(scratch: string): Promise<Uint8Array> {
  const folder = mkdtempSync(join(scratch, 'template-'));
  try {
    const label = 'the new embedded store';
    const pool = await ThreadPool.open({ folder, label, statementSeconds });
    const database = embeddedDatabase(pool, label);
    const found = await migrate(database);
    await database.db.destroy();
    if (found) throw new ProblemError(found);
    return packFolder(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function cacheFolder(): string {
  const source = sourceRootLocation();
  if (source) return fileURLToPath(new URL('node_modules/.cache/leeway/', source));
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'leeway');
}

function readIfThere(file: string): Uint8Array | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** A cache that cannot be written costs time, nothing else. */
function keep(file: string, bytes: Uint8Array): void {
  const unfinished = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(unfinished, bytes);
    renameSync(unfinished, file);
  } catch {
    rmSync(unfinished, { force: true });
  }
}
