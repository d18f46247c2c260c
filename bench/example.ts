import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { Benchmark } from './benchmark.ts';
import { program } from './built.ts';
import { isInstalled, root, run, timed } from './child.ts';
import { information, median, type Result } from './result.ts';

const rounds = 3;
/** The example has drift on purpose. */
const codes = [0, 2];

/** The example estate, as a newcomer scans it: first with nothing there, then again. For information. */
export const example: Benchmark = {
  name: 'example',
  async run({ scratch, say }): Promise<readonly Result[]> {
    const leeway = [...program(say), 'scan'];
    const folders = Array.from({ length: rounds }, (_, round) => join(scratch, `${round}`));
    say('scanning the example estate');
    const scans = folders.map((folder) => {
      copyExample(folder);
      const first = timed(leeway, { cwd: folder, codes }).milliseconds;
      return { first, second: timed(leeway, { cwd: folder, codes }).milliseconds };
    });
    const results = [
      information('first scan of the example estate', median(scans.map(({ first }) => first)) / 1000, 's'),
      information('the next scan of it', median(scans.map(({ second }) => second)) / 1000, 's'),
    ];
    const [folder = ''] = folders;
    const resident = residentBytes(leeway, folder);
    return resident
      ? [...results, information('memory resident during a scan of it', resident / 2 ** 20, 'MiB')]
      : results;
  },
};

function copyExample(folder: string): void {
  cpSync(join(root, 'examples/northwind-distribution'), folder, {
    recursive: true,
    filter: (path) => !path.includes('/.leeway'),
  });
}

/** Most bytes of memory a command has at once, as GNU time counts them; undefined where that is not installed. */
function residentBytes(command: readonly string[], cwd: string): number | undefined {
  if (!isInstalled('/usr/bin/time')) return undefined;
  const { stderr } = run(['/usr/bin/time', '--format=resident %M', ...command], { cwd, codes });
  return 1024 * Number(/resident (\d+)/.exec(stderr)?.[1]);
}
