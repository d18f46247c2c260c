import process from 'node:process';
import { runCli } from './cli.ts';
import { type Io, streamSink } from './io.ts';

/** Binds a command line to this process: its streams, environment and signals. */
export async function runProcess(version: string): Promise<void> {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      // Asked twice: somebody is in a hurry.
      if (controller.signal.aborted) process.exit(130);
      controller.abort(signal === 'SIGINT' ? 'Ctrl-C' : signal);
    });
  }
  const io: Io = {
    stdout: streamSink(process.stdout),
    stderr: streamSink(process.stderr),
    environment: process.env,
    workingDirectory: process.cwd(),
    now: () => new Date(),
    signal: controller.signal,
  };
  process.exitCode = await runCli(process.argv.slice(2), io, {
    version,
    useCases: async () => (await import('./compose.ts')).composeUseCases(),
  });
}
