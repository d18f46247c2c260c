import { hold, type Measure, median } from '../measure.ts';
import { program, time } from '../process.ts';

/** Starting the program. */
export const start: Measure = {
  name: 'start',
  async run({ quick }) {
    const rounds = Array.from({ length: quick ? 11 : 31 }, () => ({
      version: time(process.execPath, [program, '--version']).milliseconds,
      nothing: time(process.execPath, ['-e', '0']).milliseconds,
    }));
    const version = median(rounds.map((round) => round.version));
    const nothing = median(rounds.map((round) => round.nothing));
    return [
      hold({
        name: 'leeway --version',
        measured: version,
        unit: 'ms',
        ratio: version / nothing,
        against: 'node -e 0',
        limit: 1.5,
      }),
    ];
  },
};
