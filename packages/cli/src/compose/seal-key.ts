import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { failed, ok, problem, type Result } from '@leeway/core';
import type { EstateRequest } from '../use-cases.ts';

const shortestKey = 16;

/**
 * The key secrets are sealed with: `LEEWAY_SEAL_KEY`, else `.leeway/seal.key`, made on first use and readable by its owner
 * alone. Digests of two scans compare only under one key, so a team that scans from several machines shares it by the
 * variable. A run that keeps nothing makes no file: where there is no key, one for the run is all it needs.
 * Problems: LW7018, LW7019.
 */
export async function loadSealKey(
  folder: string,
  { variable, keep }: Pick<EstateRequest, 'variable' | 'keep'>,
): Promise<Result<string>> {
  const given = variable('LEEWAY_SEAL_KEY');
  if (given !== undefined)
    return given.length < shortestKey ? failed(problem('LW7018', { length: shortestKey })) : ok(given);
  const path = join(folder, 'seal.key');
  const known = await readKey(path);
  if (known !== undefined) return ok(known);
  const key = randomBytes(32).toString('hex');
  if (!keep) return ok(key);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    // Exclusive: of two processes that start at once, one makes the key and the other reads it.
    const file = await open(path, 'wx', 0o600);
    await file.writeFile(`${key}\n`);
    await file.sync();
    await file.close();
    return ok(key);
  } catch {
    const made = await readKey(path);
    return made === undefined ? failed(problem('LW7019', { path })) : ok(made);
  }
}

async function readKey(path: string): Promise<string | undefined> {
  try {
    const key = (await readFile(path, 'utf8')).trim();
    return key.length >= shortestKey ? key : undefined;
  } catch {
    return undefined;
  }
}
