import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** A file system of 90 MB in a mount namespace of its own: it goes with the process, however that ends. */
const mountAndRun = 'mount -t tmpfs -o size=90m,mode=700 leeway "$1" && exec "$2" "$3" "$1"';
const rootArgs = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];

function runOnSmallDisk(disk: string, script: string) {
  const shell = ['sh', '-c', mountAndRun, 'small-disk', disk, process.execPath, script];
  return spawnSync('unshare', ['--mount', ...rootArgs, ...shell], { encoding: 'utf8', timeout: 60_000 });
}

const canMount = (() => {
  const disk = mkdtempSync(join(tmpdir(), 'leeway-disk-'));
  const { status } = runOnSmallDisk(disk, '--version');
  rmSync(disk, { recursive: true, force: true });
  if (status !== 0) process.stderr.write('SKIPPED: tests on a full disk: this user may not mount a small one\n');
  return status === 0;
})();

test.skipIf(!canMount)('a full or read-only disk gives a coded problem and keeps everything acknowledged', () => {
  const disk = mkdtempSync(join(tmpdir(), 'leeway-disk-'));
  const script = new URL('../test/full-disk.ts', import.meta.url).pathname;
  const { stdout, stderr } = runOnSmallDisk(disk, script);
  rmSync(disk, { recursive: true, force: true });
  expect(stderr).toBe('');
  const happened = JSON.parse(stdout);
  expect(happened).toMatchObject({ whenFull: 'LW6003', afterFreeing: true, afterReopening: true });
  expect(happened.acknowledged).toBeGreaterThan(2);
  expect(happened).toMatchObject({ createdWhenFull: 'LW6003', openedReadOnly: 'LW6006' });
});
