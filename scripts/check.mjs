// Format, lint, types and tests, of everything or of one path: `npm run check packages/core`.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const paths = process.argv.slice(2);

const steps = [
  ['format and lint', 'node_modules/@biomejs/biome/bin/biome', ['check', ...(paths.length ? paths : ['.'])]],
  ['types', 'node_modules/typescript/bin/tsc', ['-p', '.']],
  ['types of the web application', 'node_modules/typescript/bin/tsc', ['-p', 'packages/web']],
  ['tests', 'node_modules/vitest/vitest.mjs', ['run', ...paths]],
];

let failed = 0;
for (const [name, script, args] of steps) {
  process.stdout.write(`— ${name}\n`);
  const { status } = spawnSync(process.execPath, [join(root, script), ...args], { cwd: root, stdio: 'inherit' });
  if (status !== 0) failed++;
}
process.stdout.write(failed ? `${failed} of ${steps.length} checks failed\n` : 'All checks passed\n');
process.exit(failed ? 1 : 0);
