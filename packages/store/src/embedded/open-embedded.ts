import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { failed, ok, type Problem, ProblemError, problem, type Result } from '@leeway/core';
import type { PostgresPool } from 'kysely';
import { type Database, embeddedDatabase } from '../sql/database.ts';
import { syncFolder, unpackFolder } from './archive.ts';
import { type Lock, takeLock } from './lock.ts';
import { buildTemplate, loadTemplate } from './template.ts';
import { ThreadPool } from './thread-pool.ts';

const dataName = 'db';
/** Folders of a first start that did not finish begin so. */
const unfinishedNames = /^(db\.new|template-)/;

/** Opens the store in `folder`, making it where there is none. It stays locked for this process until it is destroyed. */
export async function openEmbedded(folder: string, statementSeconds: number): Promise<Result<Database>> {
  const place = resolve(folder);
  const label = `the store in ${folder}`;
  let lock: Lock | undefined;
  try {
    prepareFolder(place);
    const taken = await takeLock(place, label);
    if (!taken.ok) return taken;
    lock = taken.value;
    const data = join(place, dataName);
    removeUnfinished(place);
    if (!existsSync(data)) await createData(place, data);
    if (!existsSync(join(data, 'PG_VERSION'))) throw new ProblemError(damaged(label));
    const pool = await ThreadPool.open({ folder: data, label, statementSeconds });
    return ok(embeddedDatabase(releaseAfter(pool, lock), label));
  } catch (error) {
    await lock?.release();
    const found = explainOpening(error, label);
    if (!found) throw error;
    return failed(found);
  }
}

/** What is inside is about production systems: for this user only, and never committed by accident. */
function prepareFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const ignore = join(folder, '.gitignore');
  if (!existsSync(ignore)) writeFileSync(ignore, '*\n');
}

function removeUnfinished(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (unfinishedNames.test(name)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

/** Appears whole under its name or not at all, wherever the process is killed. */
async function createData(folder: string, data: string): Promise<void> {
  const unfinished = join(folder, `${dataName}.new`);
  if (!unpackFolder(await loadTemplate(folder), unfinished)) unpackFolder(await buildTemplate(folder), unfinished);
  renameSync(unfinished, data);
  syncFolder(folder);
}

function releaseAfter(pool: ThreadPool, lock: Lock): PostgresPool {
  return {
    options: pool.options,
    connect: () => pool.connect(),
    end: async () => {
      try {
        await pool.end();
      } finally {
        await lock.release();
      }
    },
  };
}

function damaged(store: string): Problem {
  return problem('LW6004', { store, reason: 'its data folder is incomplete' });
}

/** While opening, a database that stops is one that cannot be read, unless the disk is to blame. */
function explainOpening(error: unknown, store: string): Problem | undefined {
  if (error instanceof ProblemError) {
    const { code, message } = error.problem;
    return code === 'LW6005'
      ? problem('LW6004', { store, reason: message.replace(/^.*?: /, '').replace(/\.$/, '') })
      : error.problem;
  }
  if (!(error instanceof Error && 'syscall' in error && 'code' in error)) return undefined;
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT') return problem('LW6003', { store });
  return problem('LW6006', { store, reason: `${error.code} at ${error.syscall}` });
}
