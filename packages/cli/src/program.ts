import { Command } from 'commander';
import type { CommandContext, CommandDefinition, ExitCode } from './command.ts';
import type { CommandEntry } from './commands/table.ts';
import { declareGlobalOptions } from './options.ts';
import { OptionBag } from './settings.ts';

/** A command that was chosen on the command line, ready to run. */
export interface Chosen {
  readonly definition: CommandDefinition;
  readonly options: OptionBag;
  readonly operands: readonly string[];
}

/** How commander's own texts leave the program. */
export interface ProgramText {
  readonly help: (text: string) => void;
  readonly columns: number;
}

const description = 'Holds every environment to what Git declares and to each other, across all layers.';
const exitCodes = `
Exit codes: 0 nothing at or above --fail-on, 1 error, 2 drift, 3 something could not be checked.
A report goes to stdout, all else to stderr.`;

/**
 * The command tree. Only the code of commands named in `loaded` is there; the others are known by name and summary, so
 * that starting one command does not pay for all.
 */
export function createProgram(
  entries: readonly CommandEntry[],
  loaded: ReadonlyMap<string, CommandDefinition>,
  text: ProgramText,
  choose: (chosen: Chosen) => void,
): Command {
  const program = new Command('leeway').description(description).addHelpText('after', exitCodes);
  declareGlobalOptions(program);
  program.option('--version', 'print the version');
  program.configureHelp({ helpWidth: Math.min(text.columns, 120), showGlobalOptions: false });
  program.configureOutput({ writeOut: text.help, writeErr: () => {}, outputError: () => {} });
  program.exitOverride();
  for (const { name, summary } of entries) {
    const command = program.command(name).description(summary);
    command.copyInheritedSettings(program);
    const definition = loaded.get(name);
    if (definition) declareCommand(command, definition, choose);
  }
  return program;
}

function declareCommand(command: Command, definition: CommandDefinition, choose: (chosen: Chosen) => void): void {
  const subcommands = Object.entries(definition.subcommands ?? {});
  for (const [name, { summary, definition: below }] of subcommands) {
    const child = command.command(name).description(summary);
    child.copyInheritedSettings(command);
    declareCommand(child, below, choose);
  }
  definition.declare(command);
  if (subcommands.length === 0) {
    command.action(() => {
      choose({ definition, options: new OptionBag(command.optsWithGlobals()), operands: command.args });
    });
  }
  command.addHelpText('after', '\nOptions that every command takes: leeway --help');
}

/** Runs what was chosen. */
export function runChosen(chosen: Chosen, context: Omit<CommandContext, 'options' | 'operands'>): Promise<ExitCode> {
  return chosen.definition.run({ ...context, options: chosen.options, operands: chosen.operands });
}
