import type { Result } from './result.ts';

export interface BenchmarkOptions {
  /** Sizes for a build machine: the same limits, checked in minutes. */
  readonly quick: boolean;
  /** A folder that is removed afterwards. */
  readonly scratch: string;
  /** Tells a person what is going on. */
  readonly say: (text: string) => void;
}

export interface Benchmark {
  /** What the command line names it by. */
  readonly name: string;
  run(options: BenchmarkOptions): Promise<readonly Result[]>;
}
