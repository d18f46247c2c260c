import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { PGlite } from '@electric-sql/pglite';
import { isSource, templateFolder } from './location.ts';

/** An empty database as initdb leaves it, packed: unpacking it takes a fraction of the seconds that initdb takes. */
export const templateName: string = templateNameOf(
  readFileSync(new URL('../package.json', import.meta.resolve('@electric-sql/pglite')), 'utf8'),
);

const gzip = 'application/x-gzip';

function templateNameOf(manifest: string): string {
  const { version } = JSON.parse(manifest) as { version: string };
  return `postgresql-${version}.template`;
}

/** The packed database, shipped or cached; undefined where there is none. */
export function loadTemplate(): Blob | undefined {
  try {
    return new Blob([readFileSync(new URL(templateName, templateFolder()))], { type: gzip });
  } catch {
    return undefined;
  }
}

/** Packs an empty database; the build ships it beside the bundle under {@link templateName}. */
export async function packTemplate(database: PGlite): Promise<Uint8Array> {
  const dump = await database.dumpDataDir('gzip');
  return new Uint8Array(await dump.arrayBuffer());
}

/** From source, keeps the database for the next start. Failing to is no fault: the next start takes longer, that is all. */
export async function keepTemplate(database: PGlite): Promise<void> {
  if (!isSource) return;
  const bytes = await packTemplate(database);
  try {
    const folder = templateFolder();
    mkdirSync(folder, { recursive: true });
    const draft = new URL(`${templateName}.${process.pid}`, folder);
    writeFileSync(draft, bytes);
    renameSync(draft, new URL(templateName, folder));
  } catch {
    // A read-only checkout or a full disk.
  }
}
