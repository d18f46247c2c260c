import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repositoryRoot = join(dirname(fileURLToPath(import.meta.url)), '..');

const skipped = new Set(['node_modules', 'dist', 'examples', '.leeway']);

/** Absolute paths of the TypeScript files below a folder of the repository, sorted. */
export function sourceFiles(folder: string): readonly string[] {
  const found: string[] = [];
  const visit = (path: string) => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      if (entry.isDirectory() && !skipped.has(entry.name)) visit(join(path, entry.name));
      else if (/\.tsx?$/.test(entry.name)) found.push(join(path, entry.name));
    }
  };
  visit(join(repositoryRoot, folder));
  return found.sort();
}
