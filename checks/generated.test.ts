import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { generatedFiles } from '../scripts/generated-files.ts';
import { repositoryRoot } from './source-files.ts';

test('what is generated is up to date (npm run generate)', async () => {
  for (const [path, text] of await generatedFiles(repositoryRoot)) {
    expect(readFileSync(join(repositoryRoot, path), 'utf8'), path).toBe(text);
  }
});
