import type { CommandContext, CommandDefinition } from '../command.ts';
import { deliverReport } from '../deliver.ts';
import { createProgress } from '../progress.ts';
import { serveUntilStopped } from '../serving.ts';
import { parsePort, usualPort } from './serve.ts';

/** `leeway demo`: the example estate, real files read by the real connectors, and the server over it. */
export const demo: CommandDefinition = {
  runsUntilStopped: true,
  declare(command) {
    command
      .option('--once', 'print the report and exit with the code of the scan, as a gate would')
      .option('--port <port>', 'where the server listens; 0 takes a free one', parsePort, usualPort);
  },
  async run(context) {
    const { settings, io, options } = context;
    const { exitCode, directory } = await scanExample(context);
    io.signal.throwIfAborted();
    if (options.flag('once')) return exitCode;
    if (!settings.quiet) io.stderr.write(describeNext(directory, exitCode));
    return exitCode === 1 ? 1 : serveExample(context, directory);
  },
};

async function scanExample(context: CommandContext) {
  const { settings, io } = context;
  const progress = createProgress(io.stderr, settings);
  const { demo: scan } = await context.useCases();
  const { directory: _own, ...estate } = settings.estate;
  try {
    const { report, directory } = await scan({
      ...estate,
      strict: settings.strict,
      failOn: settings.failOn,
      progress: (event) => progress.report(event),
    });
    progress.clear();
    return { exitCode: await deliverReport(context, report), directory };
  } finally {
    progress.clear();
  }
}

async function serveExample({ settings, io, options, version, useCases }: CommandContext, directory: string) {
  const { serve: start } = await useCases();
  const request = {
    ...settings.estate,
    directory,
    port: Number(options.text('port') ?? usualPort),
    host: '127.0.0.1',
    version,
    logLevel: settings.verbose ? 'debug' : 'error',
  };
  const started = await start(request, (line) => void io.stderr.write(`${line}\n`));
  return serveUntilStopped(io, started, settings.quiet);
}

function describeNext(directory: string, exitCode: number): string {
  return `
This was the example estate in ${directory}; a gate would have ended with exit code ${exitCode}.
Change something there and scan again:
  leeway scan --estate ${directory}
  leeway report --estate ${directory} --format html --output report.html
Then point it at your own: leeway init

`;
}
