import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Benchmark } from './benchmark.ts';
import { program } from './built.ts';
import { root, timed } from './child.ts';
import { figure, held, median, type Result } from './result.ts';

const rounds = 25;

/** What a script pays for asking the version: little more than Node's own start. */
export const startUp: Benchmark = {
  name: 'start-up',
  async run({ say }): Promise<readonly Result[]> {
    const { version } = JSON.parse(readFileSync(join(root, 'packages/cli/package.json'), 'utf8')) as {
      version: string;
    };
    const leeway = [...program(say), '--version'];
    const node = [process.execPath, '-e', '0'];
    const own: number[] = [];
    const bare: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const { milliseconds, stdout } = timed(leeway);
      if (stdout.trim() !== version) throw new Error(`leeway --version said ${stdout}`);
      own.push(milliseconds);
      bare.push(timed(node).milliseconds);
    }
    const against = `node -e 0: ${figure(median(bare))} ms`;
    return [held('leeway --version', median(own), 'ms', median(own) / median(bare), against, { atMost: 1.5 })];
  },
};
