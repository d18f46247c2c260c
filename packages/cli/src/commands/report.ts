import { resolve } from 'node:path';
import type { CommandDefinition } from '../command.ts';
import { deliverReport, withResult } from '../deliver.ts';

/** `leeway report [file]` */
export const report: CommandDefinition = {
  declare(command) {
    command.argument('[file]', 'report saved with --format json (default: the last scan of this estate)');
  },
  async run(context) {
    const { settings, io, operands, useCases } = context;
    const file = operands[0];
    if (file) {
      const { readSavedReport } = await import('../saved-report.ts');
      return withResult(io, await readSavedReport(resolve(io.workingDirectory, file)), (saved) =>
        deliverReport(context, saved),
      );
    }
    const { lastReport } = await useCases();
    return withResult(io, await lastReport(settings.estate), (last) => deliverReport(context, last));
  },
};
