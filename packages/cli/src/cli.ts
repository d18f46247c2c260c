import { ProblemError, problem } from '@leeway/core';
import { CommanderError } from 'commander';
import type { CommandDefinition, ExitCode } from './command.ts';
import { commandTable } from './commands/table.ts';
import { printProblems } from './deliver.ts';
import type { Io } from './io.ts';
import { makeVisible } from './output/text.ts';
import { type Chosen, createProgram, runChosen } from './program.ts';
import { readSettings } from './settings.ts';
import type { UseCases } from './use-cases.ts';

/** What the program is composed of; tests hand in their own. */
export interface CliParts {
  readonly version: string;
  readonly useCases: () => Promise<UseCases>;
}

const interrupted = 130;

/** Runs one command line and gives its exit code. Never throws, never ends the process. `argv` is without node and script. */
export async function runCli(argv: readonly string[], io: Io, parts: CliParts): Promise<ExitCode> {
  try {
    return await parseAndRun(argv, io, parts);
  } catch (error) {
    return describeFailure(error, argv, io);
  }
}

async function parseAndRun(argv: readonly string[], io: Io, parts: CliParts): Promise<ExitCode> {
  let chosen: Chosen | undefined;
  const help = (text: string) => void io.stdout.write(text);
  const program = createProgram(
    commandTable,
    await loadNamed(argv),
    { help, columns: io.stdout.columns || 80 },
    (found) => {
      chosen = found;
    },
  );
  if (argv.length === 0) {
    program.outputHelp();
    return 0;
  }
  if (argv.length === 1 && argv[0] === '--version') {
    io.stdout.write(`${parts.version}\n`);
    return 0;
  }
  program.parse(argv, { from: 'user' });
  if (!chosen) return 1;
  const settings = readSettings(chosen.options, io);
  const exitCode = await runChosen(chosen, { ...parts, io, settings });
  if (!chosen.definition.runsUntilStopped) io.signal.throwIfAborted();
  return exitCode;
}

/** Loads the code of every command the line names: the one that runs, or for `help scan` the one it is about. */
async function loadNamed(argv: readonly string[]): Promise<ReadonlyMap<string, CommandDefinition>> {
  const named = commandTable.filter(({ name }) => argv.includes(name));
  return new Map(await Promise.all(named.map(async ({ name, load }) => [name, await load()] as const)));
}

function describeFailure(error: unknown, argv: readonly string[], io: Io): ExitCode {
  if (error instanceof CommanderError) return describeUsage(error, argv, io);
  if (io.signal.aborted) {
    printProblems(io, [problem('LW7003', { signal: String(io.signal.reason ?? 'Ctrl-C') })]);
    return interrupted;
  }
  if (error instanceof ProblemError) {
    printProblems(io, [error.problem]);
    return 1;
  }
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  printProblems(io, [problem('LW7004', { reason: reason.slice(0, 2_000) })]);
  if (io.environment['LEEWAY_DEBUG'] === '1' && error instanceof Error) {
    io.stderr.write(`${(error.stack ?? '').split('\n').map(makeVisible).join('\n')}\n`);
  }
  return 1;
}

/** Commander throws for help too; its messages already name the nearest command or option. */
function describeUsage(error: CommanderError, argv: readonly string[], io: Io): ExitCode {
  if (error.exitCode === 0) return 0;
  const command = commandTable.find(({ name }) => argv.includes(name))?.name;
  const reason = error.message
    .replace(/^error: /, '')
    .replaceAll(/\s*\n\s*/g, ' ')
    .replace(/^./, (first) => first.toUpperCase());
  const sentence =
    error.code === 'commander.help'
      ? 'A command is missing after this one.'
      : /[.?)]$/.test(reason)
        ? reason
        : `${reason}.`;
  printProblems(io, [problem('LW7001', { reason: sentence, command: command ? `leeway ${command}` : 'leeway' })]);
  return 1;
}
