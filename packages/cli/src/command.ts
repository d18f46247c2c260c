import type { Command } from 'commander';
import type { Io } from './io.ts';
import type { OptionBag, Settings } from './settings.ts';
import type { UseCases } from './use-cases.ts';

/** What a command is given to run with. */
export interface CommandContext {
  readonly io: Io;
  readonly settings: Settings;
  readonly options: OptionBag;
  /** Operands in the order given; an optional one that is missing is ''. */
  readonly operands: readonly string[];
  readonly version: string;
  /** Loads the engine on first use: help and completion never pay for it. */
  readonly useCases: () => Promise<UseCases>;
}

/** Exit codes of PRODUCT.md: 0 nothing above the threshold, 1 error, 2 drift, 3 incomplete. */
export type ExitCode = number;

/** One verb. `declare` only describes arguments and options; `run` calls a use case and renders what it gives. */
export interface CommandDefinition {
  declare(command: Command): void;
  run(context: CommandContext): Promise<ExitCode>;
  /** True where being stopped is how it ends: then that is no interruption. */
  readonly runsUntilStopped?: true;
  /** Verbs below this one: `policy test`. */
  readonly subcommands?: Readonly<Record<string, { readonly summary: string; readonly definition: CommandDefinition }>>;
}
