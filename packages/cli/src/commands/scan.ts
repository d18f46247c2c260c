import type { CommandDefinition } from '../command.ts';
import { deliverReport } from '../deliver.ts';
import { collect, parseCount } from '../options.ts';
import { createProgress } from '../progress.ts';

/** `leeway scan [environments...]` */
export const scan: CommandDefinition = {
  declare(command) {
    command
      .argument('[environments...]', 'environments to look at (default: all)')
      .option('--source <id>', 'look at this source only; may be repeated', collect)
      .option(
        '--concurrency <count>',
        'readings at the same time (default: what leeway.yaml says, else 8)',
        parseCount,
      );
  },
  async run(context) {
    const { settings, io, operands, options } = context;
    const progress = createProgress(io.stderr, settings);
    const sources = options.list('source');
    const concurrency = options.text('concurrency');
    try {
      const { scan: scanEstate } = await context.useCases();
      const report = await scanEstate({
        ...settings.estate,
        strict: settings.strict,
        failOn: settings.failOn,
        ...(operands.length > 0 && { environments: operands }),
        ...(sources && { sources }),
        ...(concurrency !== undefined && { concurrency: Number(concurrency) }),
        progress: (event) => progress.report(event),
      });
      progress.clear();
      return await deliverReport(context, report);
    } finally {
      progress.clear();
    }
  },
};
