import type { CommandDefinition } from '../command.ts';
import { deliverText, withResult } from '../deliver.ts';

/** `leeway init`: asks nothing, overwrites nothing. */
export const init: CommandDefinition = {
  declare(command) {
    command.option('--name <name>', 'name of the estate (default: the folder’s)');
  },
  async run({ settings, io, options, useCases }) {
    const name = options.text('name');
    const { init: initEstate } = await useCases();
    const result = await initEstate({
      ...settings.estate,
      environment: io.environment,
      ...(name !== undefined && { name }),
    });
    return withResult(io, result, async (estate) => {
      if (settings.quiet) return 0;
      await deliverText(io, [
        `Wrote ${estate.file}.`,
        ...estate.found.map((line) => `  ${line}`),
        '',
        'Next:',
        ...estate.nextSteps.map((step, index) => `  ${index + 1}. ${step}`),
      ]);
      return 0;
    });
  },
};
