import { hold, type Measure } from '../measure.ts';
import { runChild } from '../process.ts';

/** Evaluating policies in their worker, parsing left out. */
export const policies: Measure = {
  name: 'policies',
  async run({ quick }) {
    const { evaluations, milliseconds } = runChild<{ evaluations: number; milliseconds: number }>('policies.ts', [
      quick ? 20_000 : 100_000,
    ]);
    const microseconds = (milliseconds * 1000) / evaluations;
    return [
      hold({
        name: `one of ${evaluations.toLocaleString('en')} policy evaluations`,
        measured: microseconds,
        unit: 'µs',
        ratio: microseconds,
        against: '1 µs',
        limit: 1,
      }),
    ];
  },
};
