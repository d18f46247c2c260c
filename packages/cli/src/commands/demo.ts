import type { CommandDefinition } from '../command.ts';
import { deliverReport } from '../deliver.ts';
import { createProgress } from '../progress.ts';

/** `leeway demo`: the example estate, real files read by the real connectors. */
export const demo: CommandDefinition = {
  declare(command) {
    command.option('--once', 'print the report and exit with the code of the scan, as a gate would');
  },
  async run(context) {
    const { settings, io, options } = context;
    const progress = createProgress(io.stderr, settings);
    const { demo: scanExample } = await context.useCases();
    const { directory: _own, ...estate } = settings.estate;
    try {
      const { report, directory } = await scanExample({
        ...estate,
        strict: settings.strict,
        failOn: settings.failOn,
        progress: (event) => progress.report(event),
      });
      progress.clear();
      const exitCode = await deliverReport(context, report);
      if (options.flag('once')) return exitCode;
      if (!settings.quiet) io.stderr.write(describeNext(directory, exitCode));
      return exitCode === 1 ? 1 : 0;
    } finally {
      progress.clear();
    }
  },
};

function describeNext(directory: string, exitCode: number): string {
  return `
This was the example estate in ${directory}; a gate would have ended with exit code ${exitCode}.
Change something there and scan again:
  leeway scan --estate ${directory}
  leeway report --estate ${directory} --format html --output report.html
Then point it at your own: leeway init
`;
}
