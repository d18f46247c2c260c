import type { Benchmark } from './benchmark.ts';
import { runChild } from './child.ts';
import { readingSeconds } from './reading.ts';
import { figure, held, median, type Result } from './result.ts';

interface Reply {
  readonly seconds: readonly number[];
  readonly differences: number;
}

const rounds = 15;

/** Comparing two snapshots of which one in a thousand resources differs: the cost follows the changes, not the estate. */
export const comparing: Benchmark = {
  name: 'comparing',
  async run({ quick, scratch, say }): Promise<readonly Result[]> {
    const count = quick ? 100_000 : 1_000_000;
    const changes = count / 1000;
    say(`reading ${figure(count)} resources twice, then ${figure(2 * count)} twice`);
    const reading = readingSeconds(scratch, count, 1);
    const one = compare(count, changes);
    const two = compare(2 * count, changes);
    const what = `${changes} changes in ${figure(count)} resources`;
    return [
      held(
        `compare two snapshots, ${what}`,
        1000 * one,
        'ms',
        one / reading,
        `reading one of them: ${figure(reading)} s`,
        { atMost: 1 / 50 },
      ),
      held(
        `the same ${changes} changes in ${figure(2 * count)} resources`,
        1000 * two,
        'ms',
        two / one,
        `in ${figure(count)}: ${figure(1000 * one)} ms`,
        { atMost: 1.3 },
      ),
    ];
  },
};

function compare(count: number, changes: number): number {
  const { seconds, differences } = runChild<Reply>('compare-snapshots.ts', { count, changes, rounds });
  if (differences !== changes) throw new Error(`${changes} changes were made, ${differences} found`);
  return median(seconds);
}
