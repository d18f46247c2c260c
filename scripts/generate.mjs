// Writes what is derived from code: docs/errors.md, the schemas and docs/connectors. Tests hold each equal to its source.
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generatedFiles } from './generated-files.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
for (const [path, text] of await generatedFiles(root)) {
  await writeFile(join(root, path), text);
  process.stdout.write(`${path}\n`);
}
