// Runs a script of this repository under the pinned Node, installing what is missing first.
// Plain JavaScript for Node >= 20.19: it is what a fresh clone starts with.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [script, ...args] = process.argv.slice(2);
const pinnedNode = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');

/** True when node_modules is absent or older than the lock file that describes it. */
function installNeeded() {
  const marker = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(marker) || !existsSync(pinnedNode)) return true;
  const lock = join(root, 'package-lock.json');
  return existsSync(lock) && statSync(lock).mtimeMs > statSync(marker).mtimeMs + 1000;
}

if (installNeeded()) {
  process.stderr.write('leeway: installing dependencies (first run only)\n');
  // Not "npm ci": it refuses a lock file that lacks a package of another platform, which some registries do not serve.
  const npm = spawnSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (npm.status !== 0) {
    process.stderr.write(
      'leeway: "npm install" failed; see the lines above. Node >= 20.19 and npm >= 10 are needed.\n',
    );
    process.exit(1);
  }
}

const child = spawnSync(pinnedNode, ['--disable-warning=ExperimentalWarning', join(root, script), ...args], {
  cwd: root,
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
if (child.signal) process.kill(process.pid, child.signal);
process.exit(child.status ?? 1);
