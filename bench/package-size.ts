import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Benchmark } from './benchmark.ts';
import { program } from './built.ts';
import { isInstalled, root, run } from './child.ts';
import { information, type Result } from './result.ts';

/** What installing the published package takes of a disk. For information. */
export const packageSize: Benchmark = {
  name: 'package-size',
  async run({ quick, scratch, say }): Promise<readonly Result[]> {
    program(say);
    run(['npm', 'pack', '--silent', '--pack-destination', scratch], { cwd: join(root, 'packages/cli') });
    const packed = readdirSync(scratch).find((file) => file.endsWith('.tgz')) ?? '';
    const size = information('the packed package', statSync(join(scratch, packed)).size / 2 ** 20, 'MiB');
    // Installing asks the registry for every dependency: too slow and too fragile for a build.
    if (quick || !isInstalled('npm')) return [size];
    const folder = join(scratch, 'installed');
    mkdirSync(folder);
    say('installing it in an empty folder');
    run(['npm', 'init', '--yes'], { cwd: folder });
    const install = ['npm', 'install', '--omit=optional', '--no-audit', '--no-fund', '--loglevel=error'];
    run([...install, join(scratch, packed)], { cwd: folder });
    return [size, information('installed, with its dependencies', bytesBelow(folder) / 2 ** 20, 'MiB')];
  },
};

function bytesBelow(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
