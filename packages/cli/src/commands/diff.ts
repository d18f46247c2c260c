import type { CommandDefinition } from '../command.ts';
import { deliverReport } from '../deliver.ts';
import { createProgress } from '../progress.ts';

/** `leeway diff A B` */
export const diff: CommandDefinition = {
  declare(command) {
    command
      .argument('<left>', 'environment, snapshot, file, folder or database URL')
      .argument('<right>', 'what to hold against it')
      .option('--as <connector>', 'how to read both sides: kubernetes, terraform, postgresql … (default: guessed)')
      .addHelpText(
        'after',
        '\nNeeds no estate for files, folders and URLs. Exits with 0 when nothing differs, 2 when something does.',
      );
  },
  async run(context) {
    const { settings, io, operands, options } = context;
    const [left = '', right = ''] = operands;
    const connector = options.text('as');
    const progress = createProgress(io.stderr, settings);
    try {
      const { diff: diffTargets } = await context.useCases();
      const report = await diffTargets({
        ...settings.estate,
        left,
        right,
        strict: settings.strict,
        failOn: settings.failOn,
        ...(connector !== undefined && { connector }),
        progress: (event) => progress.report(event),
      });
      progress.clear();
      return await deliverReport(context, report);
    } finally {
      progress.clear();
    }
  },
};
