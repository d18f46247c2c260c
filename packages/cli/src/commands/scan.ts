import type { CommandDefinition } from '../command.ts';
import { deliverReport } from '../deliver.ts';
import { collect } from '../options.ts';
import { createProgress } from '../progress.ts';

/** `leeway scan [environments...]` */
export const scan: CommandDefinition = {
  declare(command) {
    command
      .argument('[environments...]', 'environments to look at (default: all)')
      .option('--source <id>', 'look at this source only; may be repeated', collect);
  },
  async run(context) {
    const { settings, io, operands, options } = context;
    const progress = createProgress(io.stderr, settings);
    const sources = options.list('source');
    try {
      const { scan: scanEstate } = await context.useCases();
      const report = await scanEstate({
        ...settings.estate,
        strict: settings.strict,
        failOn: settings.failOn,
        ...(operands.length > 0 && { environments: operands }),
        ...(sources && { sources }),
        progress: (event) => progress.report(event),
      });
      progress.clear();
      return await deliverReport(context, report);
    } finally {
      progress.clear();
    }
  },
};
