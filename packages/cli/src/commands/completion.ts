import { Argument, type Command } from 'commander';
import type { CommandDefinition } from '../command.ts';
import { writeAll } from '../io.ts';

/** `leeway completion bash|zsh|fish`: made from the command tree, so that it never lags behind. */
export const completion: CommandDefinition = {
  declare(command) {
    command.addArgument(new Argument('<shell>', 'shell to complete in').choices(['bash', 'zsh', 'fish'])).addHelpText(
      'after',
      `
bash: leeway completion bash > ~/.local/share/bash-completion/completions/leeway
zsh:  leeway completion zsh > ~/.zfunc/_leeway   (with ~/.zfunc in fpath)
fish: leeway completion fish > ~/.config/fish/completions/leeway.fish`,
    );
  },
  async run({ io, operands }) {
    const [{ createProgram }, { commandTable }, { describeTree, renderCompletion }] = await Promise.all([
      import('../program.ts'),
      import('./table.ts'),
      import('../completion/render.ts'),
    ]);
    const loaded = new Map(
      await Promise.all(commandTable.map(async ({ name, load }) => [name, await load()] as const)),
    );
    const program: Command = createProgram(commandTable, loaded, { help: () => {}, columns: 80 }, () => {});
    await writeAll(io.stdout, [renderCompletion(operands[0] ?? 'bash', describeTree(program))]);
    return 0;
  },
};
