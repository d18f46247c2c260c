import { InvalidArgumentError, Option } from 'commander';
import type { CommandDefinition } from '../command.ts';
import { parseCount } from '../options.ts';
import { serveUntilStopped } from '../serving.ts';
import type { ServeRole } from '../use-cases.ts';

export const usualPort = '7460';

/** `leeway serve`: the API and the web application, until it is stopped. */
export const serve: CommandDefinition = {
  runsUntilStopped: true,
  declare(command) {
    command
      .option('--port <port>', 'where to listen; 0 takes a free one', parsePort, usualPort)
      .option('--host <address>', 'address to listen at (default: 127.0.0.1, this machine only)')
      .option('--public-url <url>', 'https address people use (default: LEEWAY_PUBLIC_URL)')
      .addOption(new Option('--role <role>', 'answer calls, run jobs, or both').choices(['api', 'worker', 'all']))
      .option('--concurrency <count>', 'jobs at a time (default: 2)', parseCount);
  },
  async run({ settings, io, options, version, useCases }) {
    const { serve: start } = await useCases();
    const publicUrl = options.text('publicUrl') ?? io.environment['LEEWAY_PUBLIC_URL'];
    const role = options.text('role') as ServeRole | undefined;
    const concurrency = options.text('concurrency');
    const request = {
      ...settings.estate,
      port: Number(options.text('port') ?? usualPort),
      host: options.text('host') ?? '127.0.0.1',
      ...(publicUrl !== undefined && { publicUrl }),
      ...(role !== undefined && { role }),
      ...(concurrency !== undefined && { concurrency: Number(concurrency) }),
      version,
      logLevel: settings.verbose ? 'debug' : settings.quiet ? 'error' : 'info',
    };
    const tell = (line: string) => void io.stderr.write(`${line}\n`);
    return serveUntilStopped(io, await start(request, tell), settings.quiet);
  },
};

/** A port of the command line. */
export function parsePort(text: string): string {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) {
    throw new InvalidArgumentError('It takes a port from 0 to 65535.');
  }
  return text;
}
